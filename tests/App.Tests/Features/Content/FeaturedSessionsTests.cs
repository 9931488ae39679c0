using App.Features.Content.Pages;
using App.Features.Schedule.Contracts;
using App.Tests.Features.Schedule;

namespace App.Tests.Features.Content;

public sealed class FeaturedSessionsTests
{
    static readonly DateTimeOffset Start = new(2027, 5, 1, 9, 0, 0, TimeSpan.Zero);

    static ConferenceSchedule Schedule(int sessions)
    {
        var house = new House();
        house.Import(Samples.Json([.. Enumerable.Range(1, sessions).Select(n => Samples.Event($"aaaaaaaa-0000-4000-8000-{n:000000000000}", $"Session {n}", $"2027-05-01T{9 + n % 10:00}:{n / 10 * 5:00}:00+01:00", "00:05"))]));
        var all = house.State.Sessions.Values.ToArray();
        foreach (var s in all) house.Append(new SessionDescribed(s.Id, s.Slug, s.Details with { Featured = true }, s.Source, s.Hand, Samples.Now));
        return house.Schedule;
    }

    [Fact]
    public void Nothing_that_is_over_or_more_than_a_week_away()
    {
        var schedule = Schedule(2);
        FeaturedSessions.Of(schedule, [], Start.AddDays(-8)).ShouldBeEmpty();
        FeaturedSessions.Of(schedule, [], Start.AddDays(-6)).Count.ShouldBe(2);
        FeaturedSessions.Of(schedule, [], Start.AddDays(1)).ShouldBeEmpty();
    }

    [Fact]
    public void What_content_names_is_shown_long_before() => FeaturedSessions.Of(Schedule(2), [Schedule(2).Sessions[0]], Start.AddDays(-60)).ShouldHaveSingleItem();

    /// <summary>plaza.md row 5 showed the first three for ever.</summary>
    [Fact]
    public void Each_has_its_turn_as_long_as_the_others()
    {
        var schedule = Schedule(7);
        var shown = Enumerable.Range(0, 70).SelectMany(hour => FeaturedSessions.Of(schedule, [], Start.AddDays(-6).AddHours(hour))).GroupBy(s => s.Title).ToDictionary(g => g.Key, g => g.Count());
        shown.Count.ShouldBe(7);
        shown.Values.Distinct().ShouldBe([30]);
    }

    [Fact]
    public void What_is_next_is_ones_own_first_and_else_what_is_on()
    {
        var schedule = Schedule(5);
        var saved = schedule.Sessions.First(s => s.Title == "Session 4");
        var (theirs, next) = UpNext.Of(schedule, new HashSet<Guid> { saved.Id }, Start.AddDays(-3));
        (theirs, next.ShouldHaveSingleItem().Session.Title).ShouldBe((true, "Session 4"));
        UpNext.Of(schedule, new HashSet<Guid>(), Start.AddDays(-3)).Sessions.ShouldBeEmpty();
        var during = UpNext.Of(schedule, new HashSet<Guid>(), new(2027, 5, 1, 9, 2, 0, TimeSpan.Zero));
        (during.IsTheirs, during.Sessions[0].Session.Title).ShouldBe((false, "Session 1"));
        during.Sessions[0].IsOn.ShouldBeTrue();
    }

    [Fact]
    public void What_moved_is_ones_own_first_and_else_of_the_day_that_is_on()
    {
        var (house, late) = (new House(), Start.AddDays(-1));
        house.Import(Samples.Json(Samples.Event(), Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "Wicks", "2027-05-01T12:00:00+01:00"), Samples.Event("aaaaaaaa-0000-4000-8000-000000000003", "Moths", "2027-05-02T12:00:00+01:00")));
        void Move(string title, DateTimeOffset at) { var s = house.Session(title); house.Append(new SessionMoved(Samples.ConferenceId, s.Id, [.. s.Slots.Select(t => new SessionSlot(t.Id, null, t.Start, t.End))], s.Slots, ByHand: true, at)); }
        Move("How lamps were lit", late);
        Move("Wicks", Start.AddDays(-30));
        Move("Moths", late);
        var (schedule, none, during) = (house.Schedule, new HashSet<Guid>(), new DateTimeOffset(2027, 5, 1, 8, 0, 0, TimeSpan.Zero));
        var today = MovedSessions.Of(schedule, none, during);
        (today.IsTheirs, today.Sessions.ShouldHaveSingleItem().Session.Title, today.Sessions[0].From.Room!.Name).ShouldBe((false, "How lamps were lit", "Quay"), "Wicks moved long ago, Moths are tomorrow's");
        var theirs = MovedSessions.Of(schedule, new HashSet<Guid> { house.Session("Moths").Id }, late);
        (theirs.IsTheirs, theirs.Sessions.ShouldHaveSingleItem().Session.Title).ShouldBe((true, "Moths"));
        MovedSessions.Of(schedule, none, late).Sessions.ShouldBeEmpty("nothing is on yet");
    }

    [Theory]
    [InlineData("2027-03-01T10:00", 12)]
    [InlineData("2027-03-12T23:30", 1)]
    [InlineData("2027-03-13T00:30", 0)]
    [InlineData("2027-03-13T20:00", -1)]
    [InlineData("2027-03-13T23:00", null)]
    public void Days_are_counted_by_the_venues_calendar(string now, int? days) =>
        Countdown.Days(DateTimeOffset.Parse("2027-03-13T19:00+01:00", null), DateTimeOffset.Parse("2027-03-13T22:30+01:00", null), DateTimeOffset.Parse(now + "+01:00", null)).ShouldBe(days);
}
