using System.Net;
using App.Features.Live;
using App.Features.Live.Contracts;
using App.Features.Live.Questions;
using App.Features.Registration.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;
using App.Tests.Support;

namespace App.Tests.Features.Live;

/// <summary>Questions in a session, through HTTP.</summary>
public sealed class QuestionsTests(TalkHall hall) : IClassFixture<TalkHall>, IAsyncLifetime
{
    Talk talk = null!;

    public async Task InitializeAsync()
    {
        talk = await hall.Talk();
        hall.At(TalkHall.Starts);
        await hall.Rule(QuestionMode.AtOnce, FeedbackFrom.Everybody);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    async Task<Guid> Ask(Browser browser, string text, string form = "1", bool anonymous = false)
    {
        var answer = await browser.PostForm(talk.Questions, ("text", text), ("form", form), ("anonymous", anonymous ? "true" : "false"));
        answer.Status.ShouldBe(HttpStatusCode.SeeOther, answer.Text);
        return Guid.Parse(answer.Location![(answer.Location!.IndexOf("#q-", StringComparison.Ordinal) + 3)..]);
    }

    static Task<WebPage> Vote(Browser browser, Talk talk, Guid question, string deed = "Vote") => browser.PostForm($"{talk.Questions}?handler={deed}", ("question", question.ToString()));

    Task<WebPage> Do(Browser browser, string deed, Guid question) => browser.PostForm($"{talk.Questions}/moderate?handler={deed}", ("question", question.ToString()));

    async Task<SessionQuestions> State() => (await hall.App.Db.FoldFresh<SessionQuestions>(SessionQuestions.StreamOf(talk.Session.Id), default)).State;

    [Fact]
    public async Task Everybody_reads_what_attendees_ask_most_wanted_first()
    {
        using var ada = hall.Attendee("Ada");
        using var bo = hall.Attendee("Borodin");
        using var reader = hall.App.Browser();
        (await reader.Get(talk.Path)).Html.ShouldContain($"href=\"{talk.Questions}\"");
        (await reader.Get(talk.Questions)).Text.ShouldContain("No questions yet");
        await Ask(ada, "Why oil?");
        var gas = await Ask(bo, "  Why\n gas? ", anonymous: true);
        (await Vote(ada, talk, gas)).Status.ShouldBe(HttpStatusCode.SeeOther);
        var page = await reader.Get(talk.Questions);
        page.Text.IndexOf("Why gas?", StringComparison.Ordinal).ShouldBeLessThan(page.Text.IndexOf("Why oil?", StringComparison.Ordinal));
        (page.Text.Contains("Somebody in the room", StringComparison.Ordinal), page.Html.Contains("Borodin", StringComparison.Ordinal), page.Text.Contains("Ada", StringComparison.Ordinal)).ShouldBe((true, false, true));
        page.Header("Cache-Control").ShouldBe("no-store");
        page.Text.ShouldContain("Sign in to ask and to vote");
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_sent_to_sign_in_and_comes_back()
    {
        using var reader = hall.App.Browser();
        using var ada = hall.Attendee("Ada");
        var question = await Ask(ada, "Why oil?");
        await reader.Get(talk.Questions);
        var sent = await reader.PostForm(talk.Questions, ("text", "Me too"), ("form", "1"));
        (sent.Status, sent.Location).ShouldBe((HttpStatusCode.Redirect, $"{hall.Show.Path}/sign-in?returnUrl={Uri.EscapeDataString(talk.Questions)}"));
        (await Vote(reader, talk, question)).Status.ShouldBe(HttpStatusCode.Redirect);
        (await State()).All.Count.ShouldBe(1);
    }

    /// <summary>The same form sent again with other words gave a question that was approved those words.</summary>
    [Fact]
    public async Task A_form_that_is_sent_again_changes_no_word_of_what_was_asked()
    {
        await hall.Rule(QuestionMode.Looked, FeedbackFrom.Everybody);
        using var ada = hall.Attendee("Ada");
        var question = await Ask(ada, "Why oil?");
        (await Ask(ada, "Buy my lamps")).ShouldBe(question);
        (await hall.App.Db.Load<QuestionText>(question, default))!.Text.ShouldBe("Why oil?");
    }

    [Fact]
    public async Task A_question_that_waits_is_seen_by_its_author_and_by_moderators_until_it_is_shown()
    {
        await hall.Rule(QuestionMode.Looked, FeedbackFrom.Everybody);
        using var ada = hall.Attendee("Ada");
        using var bo = hall.Attendee("Bo");
        var question = await Ask(ada, "Why oil?", anonymous: true);
        (await ada.Get(talk.Questions)).Text.ShouldContain("Yours, not shown yet");
        (await bo.Get(talk.Questions)).Text.ShouldNotContain("Why oil?");
        (await bo.Get(talk.Questions + "?handler=List")).Text.ShouldNotContain("Why oil?");
        (await bo.Get(talk.Questions + "/screen")).Text.ShouldNotContain("Why oil?");
        (await Vote(bo, talk, question)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var moderation = await hall.Office.Get(talk.Questions + "/moderate");
        (moderation.Text.Contains("1 waits", StringComparison.Ordinal), moderation.Text.Contains("Ada, without a name to others", StringComparison.Ordinal)).ShouldBe((true, true));
        (await Do(hall.Office, "Show", question)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await bo.Get(talk.Questions)).Text.ShouldContain("Why oil?");
        (await ada.Get(talk.Questions)).Text.ShouldNotContain("not shown yet");
        (await Do(hall.Office, "Pin", question)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await bo.Get(talk.Questions + "/screen")).Text.ShouldContain("Being answered Why oil?");
        (await Do(hall.Office, "Hide", question)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await bo.Get(talk.Questions)).Text.ShouldNotContain("Why oil?");
    }

    [Fact]
    public async Task Staff_the_sessions_speakers_and_nobody_else_moderate()
    {
        await using (var command = hall.App.Get<EventStore>().Command("update doc_speaker set data = data || '{\"email\": \"Quill@Example.org\"}' where id = $1", talk.Session.Speakers[0].Id)) await command.ExecuteNonQueryAsync();
        using var ada = hall.Attendee("Ada");
        var question = await Ask(ada, "Why oil?");
        using var speaker = hall.Attendee("Quill", AttendeeRole.Speaker, "quill@example.org");
        using var other = hall.Attendee("Ferry", AttendeeRole.Speaker, "ferry@example.org");
        using var admin = hall.Attendee("Desk", AttendeeRole.Admin);
        using var namesake = hall.Attendee("Claims", "", "quill@example.org");
        using var stranger = await hall.App.SignedIn((await hall.App.AddOrganization("elsewhere")).Id, StaffRole.Owner);
        using var door = await hall.App.SignedIn(hall.Show.OrganizationId, StaffRole.Door);
        foreach (var browser in new[] { hall.Office, speaker, admin }) (await browser.Get(talk.Questions + "/moderate")).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var browser in new[] { ada, other, namesake, stranger, door })
        {
            foreach (var part in new[] { "", "?handler=List" }) (await browser.Get(talk.Questions + "/moderate" + part)).Status.ShouldBe(HttpStatusCode.Redirect);
            await browser.Get(talk.Questions);
            (await browser.PostForm($"{talk.Questions}/moderate?handler=Hide", ("question", question.ToString()))).Status.ShouldBeOneOf(HttpStatusCode.Redirect, HttpStatusCode.BadRequest);
        }
        (await State()).All[question].State.ShouldBe(QuestionState.Shown);
    }

    [Fact]
    public async Task A_vote_pressed_twenty_times_on_two_processes_counts_once()
    {
        using var ada = hall.Attendee("Ada");
        var question = await Ask(ada, "Why oil?");
        await Eventually.Is(async () => (await hall.Rival.Get<HotStreams<SessionQuestions>>().Get(SessionQuestions.StreamOf(talk.Session.Id))).State.All.ContainsKey(question));
        Browser[] browsers = [hall.Attendee("Ada"), hall.Attendee("Ada", app: hall.Rival), hall.Attendee("Bo"), hall.Attendee("Bo", app: hall.Rival)];
        foreach (var browser in browsers) await browser.Get(talk.Questions);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Vote(browsers[n % 4], talk, question)));
        answers.ShouldAllBe(a => a.Status == HttpStatusCode.SeeOther);
        (await State()).All[question].Votes.Count.ShouldBe(2);
        foreach (var browser in browsers) browser.Dispose();
    }

    [Fact]
    public async Task The_list_is_asked_for_again_without_being_made_again()
    {
        using var ada = hall.Attendee("Ada");
        var question = await Ask(ada, "Why oil?");
        using var reader = hall.App.Browser();
        var first = await reader.Get(talk.Questions + "?handler=List");
        (first.Text.Contains("Why oil?", StringComparison.Ordinal), first.Html.Contains("<html", StringComparison.Ordinal), first.Html.Contains("aria-pressed=\"true\"", StringComparison.Ordinal)).ShouldBe((true, false, false));
        reader.Headers["If-None-Match"] = first.Header("ETag")!;
        (await reader.Get(talk.Questions + "?handler=List")).Status.ShouldBe(HttpStatusCode.NotModified);
        await Vote(ada, talk, question);
        (await reader.Get(talk.Questions + "?handler=List")).Status.ShouldBe(HttpStatusCode.OK);
        reader.Headers["Accept-Language"] = "de";
        (await reader.Get(talk.Questions + "?handler=List")).Status.ShouldBe(HttpStatusCode.OK, "another language is another list");
    }

    [Fact]
    public async Task What_is_typed_is_kept_when_it_is_refused_and_nothing_in_it_runs()
    {
        using var ada = hall.Attendee("Ada");
        var refused = await ada.PostForm(talk.Questions, ("text", new string('x', 501)), ("form", "1"));
        (refused.Status, refused.Text.Contains("A question has 500 characters at the most.", StringComparison.Ordinal), refused.Html.Contains(new string('x', 501), StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true, true));
        (await ada.PostForm(talk.Questions, ("text", " \n "), ("form", "1"))).Text.ShouldContain("Write your question.");
        await Ask(ada, "<script>alert(1)</script>");
        (await ada.Get(talk.Questions)).Html.ShouldNotContain("<script>alert");
    }

    [Fact]
    public async Task Outside_its_hours_a_session_takes_neither_questions_nor_votes()
    {
        using var ada = hall.Attendee("Ada");
        var question = await Ask(ada, "Why oil?");
        hall.At(TalkHall.Ends.AddMinutes(61));
        (await ada.PostForm(talk.Questions, ("text", "Too late?"), ("form", "2"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Vote(ada, talk, question)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ada.Get(talk.Questions)).Text.ShouldContain("Questions are closed.");
        hall.At(TalkHall.Starts.AddHours(-1));
        (await ada.Get(talk.Questions)).Text.ShouldContain("Questions open Sat 1 May, 09:45.");
        await hall.Rule(QuestionMode.Off);
        (await ada.Get(talk.Questions)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ada.Get(talk.Path)).Html.ShouldNotContain(talk.Questions);
    }

    [Fact]
    public async Task Whoever_deletes_themselves_leaves_no_words()
    {
        using var ada = hall.Attendee("Ada");
        using var bo = hall.Attendee("Bo");
        await Ask(bo, "Why gas?");
        var question = await Ask(ada, "Why oil?");
        await hall.Tell(new AttendeeErased(hall.Show.EventId, TalkHall.IdOf("Ada"), hall.App.Clock.Now));
        (await State()).All.ContainsKey(question).ShouldBeFalse();
        (await hall.App.Db.Load<QuestionText>(question, default)).ShouldBeNull();
        await Eventually.Is(async () => (await bo.Get(talk.Questions)).Text is var text && !text.Contains("Why oil?", StringComparison.Ordinal) && text.Contains("Why gas?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_organizer_sets_the_rules_by_form()
    {
        var path = $"/office/events/{hall.Show.EventId}/schedule/take-part";
        (await hall.Office.PostForm(path, ("mode", "Looked"), ("before", "soon"), ("after", "60"), ("from", "Attendees"))).Text.ShouldContain("A number of minutes up to a week, or nothing.");
        (await hall.Office.PostForm(path, ("mode", "Looked"), ("before", ""), ("after", "30"), ("from", "Attendees"))).Status.ShouldBe(HttpStatusCode.SeeOther);
        var rules = (await hall.App.Db.FoldFresh<TalkRules>(TalkRules.StreamOf(hall.Show.EventId), default)).State;
        (rules.Questions, rules.Feedback).ShouldBe((new QuestionRule(QuestionMode.Looked, null, 30), FeedbackFrom.Attendees));
    }
}
