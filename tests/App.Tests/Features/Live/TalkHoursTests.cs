using App.Features.Live;
using App.Features.Live.Contracts;
using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Tests.Features.Schedule;

namespace App.Tests.Features.Live;

public sealed class TalkHoursTests
{
    static readonly DateTimeOffset Starts = new(2027, 5, 1, 9, 0, 0, TimeSpan.Zero), Ends = Starts.AddMinutes(45);
    static readonly QuestionRule Rule = new(QuestionMode.AtOnce, 15, 60);

    static ConferenceSchedule Schedule(params object[] more)
    {
        var house = new House();
        house.Import(Samples.Json(Samples.Event()));
        house.Append(more);
        return house.Schedule;
    }

    static TalkHours Questions(DateTimeOffset now, QuestionRule rule, ConferenceSchedule? schedule = null) => TalkHours.OfQuestions(rule, schedule ?? Schedule(), (schedule ?? Schedule()).Sessions[0], now);
    static TalkHours Feedback(DateTimeOffset now, FeedbackFrom from = FeedbackFrom.Attendees) => TalkHours.OfFeedback(from, Schedule(), Schedule().Sessions[0], now);

    [Fact]
    public void Questions_open_some_minutes_before_and_close_some_after()
    {
        Questions(Starts.AddMinutes(-16), Rule).ShouldBe(new(false, Starts.AddMinutes(-15), null));
        Questions(Starts.AddMinutes(-15), Rule).ShouldBe(new(true, null, Ends.AddMinutes(60)));
        Questions(Ends.AddMinutes(60), Rule).ShouldBe(new(false, null, null));
    }

    [Fact]
    public void Without_minutes_they_are_open_from_the_day_the_session_is_known() => Questions(Starts.AddDays(-90), Rule with { MinutesBefore = null }).IsOpen.ShouldBeTrue();

    [Fact]
    public void Nobody_asks_where_questions_are_off() => Questions(Starts, Rule with { Mode = QuestionMode.Off }).ShouldBe(default);

    [Fact]
    public void Times_that_are_not_public_open_nothing()
    {
        var schedule = Schedule(new ScheduleShown(ScheduleVisibility.Titles, Samples.Now));
        Questions(Starts, Rule, schedule).ShouldBe(default);
        TalkHours.OfFeedback(FeedbackFrom.Everybody, schedule, schedule.Sessions[0], Ends).IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void How_it_was_is_asked_from_the_middle_on_for_a_week()
    {
        Feedback(Starts.AddMinutes(22)).Opens.ShouldBe(Starts.AddMinutes(22.5));
        Feedback(Starts.AddMinutes(23)).IsOpen.ShouldBeTrue();
        Feedback(Ends.AddDays(7).AddSeconds(-1)).IsOpen.ShouldBeTrue();
        Feedback(Ends.AddDays(7)).IsOpen.ShouldBeFalse();
        Feedback(Ends, FeedbackFrom.Nobody).IsOpen.ShouldBeFalse();
    }
}
