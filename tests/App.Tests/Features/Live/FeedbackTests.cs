using System.Net;
using App.Features.Live.Contracts;
using App.Features.Live.Feedback;
using App.Features.Registration.Contracts;
using App.Infrastructure;
using App.Tests.Support;

namespace App.Tests.Features.Live;

/// <summary>How people found a session, through HTTP.</summary>
public sealed class FeedbackTests(TalkHall hall) : IClassFixture<TalkHall>, IAsyncLifetime
{
    Talk talk = null!;
    string Office => $"/office/events/{hall.Show.EventId}/schedule/feedback";

    public async Task InitializeAsync()
    {
        talk = await hall.Talk();
        hall.At(TalkHall.Ends);
        await hall.Rule(QuestionMode.Off, FeedbackFrom.Everybody);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    async Task Say(Browser browser, int stars, string comment = "")
    {
        var answer = await browser.PostForm(talk.Feedback, ("stars", $"{stars}"), ("comment", comment));
        answer.Status.ShouldBe(HttpStatusCode.SeeOther, answer.Text);
    }

    async Task<FeedbackFigures> Figures() => (await FeedbackFigures.Of(hall.Show.EventId, hall.App.Db, default)).GetValueOrDefault(talk.Session.Id) ?? new(talk.Session.Id, [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]);

    static GiveFeedback Given(int stars, string comment = "", bool attendee = true) => new(Guid.Empty, Guid.Empty, TalkHall.IdOf("Ada"), attendee, null, stars, comment);
    static string? Refusal(GiveFeedback command, bool open = true, FeedbackFrom from = FeedbackFrom.Attendees) => Should.Throw<Refused>(() => GiveFeedbackHandler.Decide(command, Guid.Empty, open, from, GivenFeedback.Empty, TalkHall.Ends).ToList()).Key;

    [Fact]
    public void Stars_are_one_to_five_words_a_thousand_and_only_who_may_says_so()
    {
        (Refusal(Given(0)), Refusal(Given(6)), Refusal(Given(5, new string('x', 1001))), Refusal(Given(5), open: false), Refusal(Given(5, attendee: false))).ShouldBe(("feedback.no-stars", "feedback.no-stars", "feedback.long", "feedback.closed", "feedback.sign-in-first"));
        GiveFeedbackHandler.Decide(Given(4), Guid.Empty, true, FeedbackFrom.Attendees, new(Guid.Empty, 4), TalkHall.Ends).ShouldBeEmpty("the same again");
    }

    [Fact]
    public async Task Each_attendee_counts_once_and_may_change_their_mind()
    {
        using var ada = hall.Attendee("Ada");
        using var bo = hall.Attendee("Bo");
        await Say(ada, 5, "Bright");
        await Say(ada, 2, "On second thoughts");
        await Say(bo, 4);
        (await Figures()).Spread.ShouldBe([0, 1, 0, 1, 0]);
        var page = await ada.Get(talk.Feedback);
        (page.Text.Contains("On second thoughts", StringComparison.Ordinal), page.Text.Contains("Change it", StringComparison.Ordinal), page.Html.Contains("id=\"stars-2\" value=\"2\" required checked", StringComparison.Ordinal)).ShouldBe((true, true, true));
        (await bo.Get(talk.Feedback)).Text.ShouldNotContain("On second thoughts");
    }

    [Fact]
    public async Task A_device_counts_once_where_that_is_allowed_and_becomes_the_persons_when_they_sign_in()
    {
        using var device = hall.App.Browser();
        await Say(device, 3);
        await Say(device, 4);
        (await Figures()).Spread.ShouldBe([0, 0, 0, 1, 0]);
        device.Headers["X-Attendee"] = $"{TalkHall.IdOf("Cy")}|Cy|cy@example.org|";
        (await device.Get(talk.Feedback)).Text.ShouldContain("Change it");
        await Say(device, 5);
        (await Figures()).Spread.ShouldBe([0, 0, 0, 0, 1]);
        await hall.Rule(QuestionMode.Off, FeedbackFrom.Attendees);
        using var other = hall.App.Browser();
        (await other.Get(talk.Feedback)).Text.ShouldContain("Sign in to say how it was");
        (await other.PostForm(talk.Feedback, ("stars", "1"))).Status.ShouldBe(HttpStatusCode.BadRequest, "there was no form to press");
        (await Figures()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task However_many_devices_somebody_has_they_do_not_outvote_who_is_signed_in_and_a_network_has_only_so_many()
    {
        using var ada = hall.Attendee("Ada");
        await Say(ada, 5);
        for (var i = 0; i < 3; i++)
        {
            using var stuffer = hall.Rival.Browser();
            await Say(stuffer, 1);
        }
        using var fourth = hall.Rival.Browser();
        var refused = await fourth.PostForm(talk.Feedback, ("stars", "1"), ("comment", "Dim"));
        (refused.Status, refused.Text.Contains("from your network", StringComparison.Ordinal), refused.Html.Contains("Dim", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true, true));
        await Say(ada, 4);
        (await hall.Office.Get($"{Office}?session={talk.Session.Id}")).Text.ShouldContain("4.0 of 5 stars, from 1 person; 1.0 from 3 devices where nobody was signed in.");
        var kept = await hall.App.Db.QueryFirst<string>("select string_agg(l::text, '') from allowances l", default);
        kept.ShouldNotBeNull();
        (kept.Contains("127.0.0.1", StringComparison.Ordinal), kept.Contains("::1", StringComparison.Ordinal)).ShouldBe((false, false));
        hall.App.Clock.Now += FeedbackAllowance.Window;
        await Say(fourth, 1);
    }

    [Fact]
    public async Task Pressed_ten_times_at_once_it_is_kept_once()
    {
        using var ada = hall.Attendee("Ada");
        await ada.Get(talk.Feedback);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ada.PostForm(talk.Feedback, ("stars", "5"), ("comment", "Bright"))));
        answers.ShouldAllBe(a => a.Status == HttpStatusCode.SeeOther);
        (await Figures()).Spread.ShouldBe([0, 0, 0, 0, 1]);
    }

    [Fact]
    public async Task The_session_asks_for_it_from_its_middle_on()
    {
        using var ada = hall.Attendee("Ada");
        (await ada.Get(talk.Path)).Text.ShouldContain("Say how it was");
        hall.At(TalkHall.Starts);
        await Eventually.Is(async () => !(await ada.Get(talk.Path)).Text.Contains("Say how it was", StringComparison.Ordinal));
        (await ada.Get(talk.Feedback)).Text.ShouldContain("from Sat 1 May, 10:22 on");
        hall.At(TalkHall.Ends.AddDays(8));
        (await ada.Get(talk.Feedback)).Text.ShouldContain("closed at the moment");
        await hall.Rule(QuestionMode.Off);
        (await ada.Get(talk.Feedback)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_office_reads_what_was_said_but_not_by_whom()
    {
        using var ada = hall.Attendee("Ada Quillfeather");
        using var bo = hall.Attendee("Bo");
        await Say(ada, 5, "=HYPERLINK(\"x\") \"Bright\"");
        await Say(bo, 2);
        var all = await hall.Office.Get(Office);
        (all.Text.Contains(talk.Session.Title, StringComparison.Ordinal), all.Text.Contains("3.5", StringComparison.Ordinal)).ShouldBe((true, true));
        var one = await hall.Office.Get($"{Office}?session={talk.Session.Id}");
        (one.Text.Contains("3.5 of 5 stars, from 2 people", StringComparison.Ordinal), one.Text.Contains("\"Bright\"", StringComparison.Ordinal), one.Html.Contains("Quillfeather", StringComparison.Ordinal)).ShouldBe((true, true, false));
        var file = await hall.Office.Get(Office + "?handler=export");
        (file.Header("Content-Type"), file.Html.Contains("\"'=HYPERLINK(\"\"x\"\") \"\"Bright\"\"\"", StringComparison.Ordinal), file.Html.Contains("Quillfeather", StringComparison.Ordinal)).ShouldBe(("text/csv; charset=utf-8", true, false));
        (await hall.Office.Get($"{Office}?session={Guid.NewGuid()}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Words_go_with_who_deletes_themselves_and_the_stars_stay_a_number()
    {
        using var ada = hall.Attendee("Dee");
        await Say(ada, 5, "Bright");
        await hall.Tell(new AttendeeErased(hall.Show.EventId, TalkHall.IdOf("Dee"), hall.App.Clock.Now));
        (await Figures()).Count.ShouldBe(1);
        (await hall.App.Db.QueryFirst<string>("select coalesce(person::text, '') || coalesce(data ->> 'comment', '') from doc_feedback where session_id = $1", default, talk.Session.Id)).ShouldBe("");
    }
}
