using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Mine;

namespace App.Tests.Features.Schedule.Mine;

public sealed class MyScheduleViewTests
{
    static readonly Guid Me = Guid.Parse("0190de30-0000-7000-8000-0000000000d1"), Device = Guid.Parse("0190de30-0000-7000-8000-0000000000d2");
    readonly House house = new();
    MySchedule mine = MySchedule.Empty;

    static string Event(int n, string title, string time, string duration = "00:45") => Samples.Event($"aaaaaaaa-0000-4000-8000-0000000000{n:00}", title, $"2027-05-01T{time}:00+01:00", duration);

    void Import(params string[] events) => house.Import(Samples.Json(events));
    ScheduleSession Session(string title) => house.Schedule.Sessions.Concat(house.Schedule.Cancelled).Single(s => s.Title == title);
    void Save(string title) => mine = SaveSessionHandler.Decide(new(Samples.ConferenceId, Me, Session(title).Id), Session(title), mine, Samples.Now).Aggregate(mine, MySchedule.Evolve);
    void See(string title) => mine = SeeSessionNewsHandler.Decide(new(Samples.ConferenceId, Me, Session(title).Id), Session(title), mine, Samples.Now).Aggregate(mine, MySchedule.Evolve);
    MyScheduleView View() => MyScheduleView.Of(mine, house.Schedule, _ => PlaceState.None);
    MyEntry Entry(string title) => View().Days.SelectMany(d => d.Entries).Single(e => e.Session.Title == title);

    [Fact]
    public void Saved_sessions_stand_by_day_and_time()
    {
        Import(Event(10, "Late", "17:00"), Event(11, "Early", "09:00"), Event(12, "Other", "10:00"));
        Save("Late");
        Save("Early");
        View().Days.Single().Entries.Select(e => e.Session.Title).ShouldBe(["Early", "Late"]);
        (View().Count, View().Clashes, View().News).ShouldBe((2, 0, 0));
    }

    [Fact]
    public void Two_at_the_same_time_are_said_on_both_and_one_after_the_other_is_not()
    {
        Import(Event(10, "One", "10:00"), Event(11, "Two", "10:30"), Event(12, "Three", "11:15"));
        foreach (var title in new[] { "One", "Two", "Three" }) Save(title);
        Entry("One").Clashes.ShouldBe(["Two"]);
        Entry("Two").Clashes.ShouldBe(["One"]);
        Entry("Three").Clashes.ShouldBeEmpty("it begins when the other ends");
    }

    [Fact]
    public void A_move_is_news_until_it_was_read()
    {
        Import(Event(10, "Lamps", "10:00"));
        Save("Lamps");
        Import(Event(10, "Lamps", "12:00"));
        (Entry("Lamps").News, Entry("Lamps").Before!.Start).ShouldBe((SessionNews.Moved, new DateTimeOffset(2027, 5, 1, 9, 0, 0, TimeSpan.Zero)));
        See("Lamps");
        Entry("Lamps").News.ShouldBe(SessionNews.None);
    }

    [Fact]
    public void Another_room_is_news_too()
    {
        Import(Event(10, "Lamps", "10:00"));
        Save("Lamps");
        house.Import(Samples.Json(Event(10, "Lamps", "10:00")).Replace("Quay", "Loft", StringComparison.Ordinal).Replace("11111111-1111", "22222222-2222", StringComparison.Ordinal));
        Entry("Lamps").News.ShouldBe(SessionNews.RoomChanged);
    }

    [Fact]
    public void What_was_cancelled_stays_until_it_was_read_and_clashes_with_nothing()
    {
        Import(Event(10, "Off", "10:00"), Event(11, "On", "10:00"));
        Save("Off");
        Save("On");
        house.Import(Samples.Read(Samples.Json(Event(11, "On", "10:00"))), force: true);
        (Entry("Off").News, Entry("On").Clashes.Count).ShouldBe((SessionNews.Cancelled, 0));
        See("Off");
        View().Days.SelectMany(d => d.Entries).Select(e => e.Session.Title).ShouldBe(["On"]);
    }

    [Fact]
    public void Before_times_are_public_there_are_titles_only()
    {
        Import(Event(10, "Lamps", "10:00"));
        Save("Lamps");
        house.Append(new ScheduleShown(ScheduleVisibility.Titles, Samples.Now));
        (View().Days.Single().Date, Entry("Lamps").Slot, Entry("Lamps").News).ShouldBe((null, null, SessionNews.None));
    }

    [Fact]
    public void Who_saved_before_times_were_public_hears_of_moves_made_after_that_only()
    {
        Import(Event(10, "Lamps", "10:00"));
        house.Append(new ScheduleShown(ScheduleVisibility.Titles, Samples.Now));
        Save("Lamps");
        mine.Saved.Values.Single().Seen.ShouldBeEmpty("nobody has told them a time");
        Import(Event(10, "Lamps", "11:00"));
        house.Append(new ScheduleShown(ScheduleVisibility.Times, Samples.Now));
        Entry("Lamps").News.ShouldBe(SessionNews.None);
        Import(Event(10, "Lamps", "12:00"));
        (Entry("Lamps").News, Entry("Lamps").Before!.Start).ShouldBe((SessionNews.Moved, new DateTimeOffset(2027, 5, 1, 10, 0, 0, TimeSpan.Zero)));
        See("Lamps");
        Entry("Lamps").News.ShouldBe(SessionNews.None);
    }

    [Fact]
    public void A_script_that_saves_everything_stops_somewhere()
    {
        Import(Event(10, "Lamps", "10:00"));
        mine = Enumerable.Range(0, MySchedule.Most).Aggregate(mine, (s, n) => MySchedule.Evolve(s, new SessionSaved(Samples.ConferenceId, Me, new Guid(n, 0, 0, new byte[8]), [], Samples.Now)));
        Should.Throw<App.Infrastructure.Refused>(() => SaveSessionHandler.Decide(new(Samples.ConferenceId, Me, Session("Lamps").Id), Session("Lamps"), mine, Samples.Now).ToArray()).Key.ShouldBe("my-schedule.full");
    }

    [Fact]
    public void Signing_in_takes_what_the_device_has_and_leaves_it_empty_and_twice_is_once()
    {
        Guid[] ids = [.. Enumerable.Range(0, 3).Select(n => new Guid(n, 0, 0, new byte[8]))];
        MySchedule Saved(Guid person, params Guid[] sessions) => sessions.Aggregate(MySchedule.Empty, (s, id) => MySchedule.Evolve(s, new SessionSaved(Samples.ConferenceId, person, id, [], Samples.Now)));
        var signedIn = new AttendeeSignedIn(Samples.ConferenceId, Me, Device, Samples.Now);
        var (device, account) = (Saved(Device, ids[0], ids[1]), Saved(Me, ids[1], ids[2]));
        var (taken, left) = MergeSavedHandler.Decide(signedIn, Device, device, account, Samples.Now);
        (account, device) = (taken.Aggregate(account, MySchedule.Evolve), left.Aggregate(device, MySchedule.Evolve));
        account.Saved.Keys.Order().ShouldBe(ids);
        device.Saved.ShouldBeEmpty();
        MergeSavedHandler.Decide(signedIn, Device, device, account, Samples.Now).Taken.ShouldBeEmpty();
    }
}
