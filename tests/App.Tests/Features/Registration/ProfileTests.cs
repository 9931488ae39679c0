using System.Net;
using System.Text.Json;
using App.Features.Events;
using App.Features.Events.Contracts;
using App.Features.Live.Contracts;
using App.Features.Live.Feedback;
using App.Features.Live.Interpretation;
using App.Features.Live.Questions;
using App.Features.Registration;
using App.Features.Registration.Contracts;
using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Tests.Support;

namespace App.Tests.Features.Registration;

/// <summary>An attendee's own page and the organizer's. Leaving never worked in the old system (plaza.md §5, 9).</summary>
public sealed class ProfileTests : WithInes
{
    [Fact]
    public async Task A_person_says_how_they_are_called_and_no_import_changes_it()
    {
        using var browser = await App.SignedInAttendee(Show, Ines);
        (await browser.PostForm(Profile, ("name", " "))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await browser.PostForm(Profile, ("name", "Inês D."), ("reads", "es"), ("reads", "en"), ("reads", "xx"))).Location.ShouldBe(Profile);
        await App.Sell(Show, name: "Somebody Else");
        var card = (await App.Attendee(Show, Ines))!;
        (card.Name, string.Join(',', card.Languages), card.Grounds.Length).ShouldBe(("Inês D.", "en,es", 2));
    }

    [Fact]
    public async Task Mails_speak_what_somebody_chose_whatever_page_asks_for_them()
    {
        using var browser = await App.SignedInAttendee(Show, Ines, language: "fr");
        (await App.Attendee(Show, Ines))!.ToAttendee().Language!.Code.ShouldBe("fr");
        (await browser.Get(Profile)).Html.ShouldContain("<option value=\"fr\" lang=\"fr\" selected");
        await browser.PostForm(Profile, ("name", "Inês D."), ("mailLanguage", "de"));
        using var other = App.Browser();
        other.Headers["Accept-Language"] = "es";
        await App.AskForLink(other, Show, Ines);
        App.Mails[^1].Subject.ShouldContain("ist Ihr Code");
        await other.PostForm(Conferences.Read(App.Mails[^1]).Link);
        (await App.Attendee(Show, Ines))!.MailLanguage.ShouldBe("de", "what was chosen stays");
    }

    [Fact]
    public async Task Sign_ins_are_listed_ended_and_over_at_once()
    {
        using var phone = await App.SignedInAttendee(Show, Ines);
        var ofPhone = (await Sessions()).Single();
        using var desk = await App.SignedInAttendee(Show, Ines);
        (await desk.Get(Profile)).Text.ShouldContain("(here)");
        await desk.PostForm(Profile + "?handler=end", ("number", ofPhone.Number.ToString()));
        (await Sessions()).ShouldHaveSingleItem().Number.ShouldNotBe(ofPhone.Number);
        (await phone.Get(Profile)).Location!.ShouldStartWith(Show.Path + "/sign-in");

        using var again = await App.SignedInAttendee(Show, Ines, later: true);
        var cookies = new Dictionary<string, string>(again.Cookies);
        (await again.PostForm(Profile + "?handler=signout")).Location.ShouldBe(Show.Path + "/sign-in");
        foreach (var (name, value) in cookies) again.Cookies[name] = value;
        (await again.Get(Profile)).Location!.ShouldStartWith(Show.Path + "/sign-in", customMessage: "a kept cookie opens nothing");

        async Task<IReadOnlyList<AttendeeSession>> Sessions() => await App.Get<AttendeeSessions>().Of((await App.Attendee(Show, Ines))!.Id, default);
    }

    [Fact]
    public async Task A_sign_in_ends_after_thirty_days_without_use_and_after_ninety_in_all()
    {
        using var idle = await App.SignedInAttendee(Show, Ines);
        using var busy = await App.SignedInAttendee(Show, Ines);
        for (var i = 0; i < 8; i++)
        {
            App.Clock.Now += TimeSpan.FromDays(11);
            (await busy.Get(Profile)).Status.ShouldBe(HttpStatusCode.OK, $"day {11 * (i + 1)}");
        }
        (await idle.Get(Profile)).Status.ShouldBe(HttpStatusCode.Redirect);
        App.Clock.Now += TimeSpan.FromDays(3);
        (await busy.Get(Profile)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Everything_kept_is_one_file()
    {
        using var browser = await App.SignedInAttendee(Show, Ines);
        var page = await browser.Get(Profile + "?handler=export");
        var all = JsonDocument.Parse(page.Html).RootElement;
        all.GetProperty("you").GetProperty("email").GetString().ShouldBe(Ines);
        all.GetProperty("history").EnumerateArray().Select(f => f.GetProperty("what").GetString()).ShouldBe(["attendee-admitted", "attendee-signed-in"]);
        all.GetProperty("signedIn").GetArrayLength().ShouldBe(1);
    }

    /// <summary>"All that is kept" was what this feature keeps: no saved session, place, question, vote, star, reminder, browser or word in a booth.</summary>
    [Fact]
    public async Task What_other_features_keep_about_a_person_is_in_the_file_too()
    {
        using var browser = await App.SignedInAttendee(Show, Ines);
        var (me, now) = ((await App.Attendee(Show, Ines))!.Id, App.Clock.GetUtcNow());
        var session = (await App.Get<ScheduleCatalogue>().FindFresh(Show.EventId, default))!.Sessions[0];
        await Append<Conference>(Conference.StreamOf(Show.EventId), s => new SessionDescribed(session.Id, session.Slug, s.Sessions[session.Id].Details with { Capacity = 3 }, session.Source, ["capacity"], now, Show.EventId));
        await Eventually.Is(async () => (await App.Get<ScheduleCatalogue>().Find(Show.EventId))!.Session(session.Id)!.Capacity == 3);
        foreach (var (handler, field, value) in new[] { ("Take", "star", session.Id.ToString()), ("Open", "kind", "Feed") }) (await browser.Post($"{Show.Path}/my-schedule?handler={handler}", [(field, value)])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await browser.Post(Show.Path + "/reminders", [("minutes", "15"), ("byMail", "true")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        var question = Guid.Parse("0190de30-0000-7000-8000-0000000000f1");
        await App.Store(new QuestionText(question, Show.EventId, session.Id, me, "Inês", false, "Why oil?"));
        await Append<SessionQuestions>(SessionQuestions.StreamOf(session.Id), _ => new QuestionAsked(Show.EventId, session.Id, question, me, true, now));
        await Append<SessionQuestions>(SessionQuestions.StreamOf(session.Id), _ => new QuestionVoted(Show.EventId, session.Id, question, me, now));
        await App.Store(new SessionFeedback(question, Show.EventId, session.Id, me, 4, "Bright", now.ToUnixTimeMilliseconds()));
        await App.Store(new BoothName(me, "Inês in the booth"));
        await App.Store(new BoothMessage(question, question, me, "Louder", now.ToUnixTimeMilliseconds()));
        await using var ring = App.Get<EventStore>().Command("insert into live_browsers (id, event_id, person, device, endpoint, p256dh, auth, created_at) values ($1, $2, $3, $1, 'https://push.example/ines', $4, $5, $6)", question, Show.EventId, me, new byte[65], new byte[16], now);
        await ring.ExecuteNonQueryAsync();
        await App.HandleDueMessages();

        JsonElement? all = null;
        // A vote is known to all processes within about a second.
        await Eventually.Is(async () => (all = JsonDocument.Parse((await browser.Get(Profile + "?handler=export")).Html).RootElement).Value.GetProperty("votes").GetArrayLength() == 1);
        string First(string part, string field) => all!.Value.GetProperty(part).EnumerateArray().Single().GetProperty(field).ToString();
        (First("savedSessions", "title"), First("places", "title"), First("places", "waits"), First("votes", "question")).ShouldBe((session.Title, session.Title, "False", question.ToString()));
        (First("questions", "text"), First("feedback", "comment"), First("boothMessages", "text"), First("rungBrowsers", "address")).ShouldBe(("Why oil?", "Bright", "Louder", "https://push.example/ines"));
        (all!.Value.GetProperty("openAddresses")[0].GetString(), all.Value.GetProperty("nameInBooths").GetString(), all.Value.GetProperty("reminders").GetProperty("minutesBefore").GetInt32(), all.Value.GetProperty("announcements").GetArrayLength()).ShouldBe(("feed", "Inês in the booth", 15, 0));
    }

    async Task Append<T>(Guid stream, Func<T, object> fact) where T : class, IEventSourced<T>
    {
        var session = new DocumentSession(App.Get<EventStore>(), App.Get<HandlerRegistry>(), Cause.System);
        var fetched = await session.FetchForWriting<T>(stream, default);
        fetched.Append(fact(fetched.State));
        await session.SaveChangesAsync(App.Services, default);
    }

    [Fact]
    public async Task Who_deletes_themselves_is_gone_and_no_import_brings_them_back()
    {
        using var browser = await App.SignedInAttendee(Show, "unique.person@example.org", sell: true);
        var id = (await App.Attendee(Show, "unique.person@example.org"))!.Id;
        (await browser.Get(Profile + "?deleting=true")).Text.ShouldContain("Delete me for good");
        (await browser.PostForm(Profile + "?handler=delete")).Location.ShouldBe(Show.Path);
        (await browser.Get(Profile)).Location!.ShouldStartWith(Show.Path + "/sign-in");

        await App.Bus.InvokeAsync(new AdmitPerson(Show.EventId, "unique.person@example.org", "Unique Person", [(await App.Facts(id)).OfType<AttendeeAdmitted>().First().Ground]), default);
        (await App.Attendee(Show, "unique.person@example.org")).ShouldBeNull();
        foreach (var table in new[] { "doc_attendee", "registration_sign_ins", "registration_sessions", "events", "messages" })
            (await App.Db.QueryFirst<long>($"select count(*) from {table} t where t::text ilike '%unique.person%' or t::text ilike '%Unique Person%'", default)).ShouldBe(0, table);
    }

    [Fact]
    public async Task An_organizer_finds_invites_and_turns_away()
    {
        using var promoter = await App.SignedIn(Show.OrganizationId, StaffRole.Promoter);
        (await promoter.Get(Office + "?q=DUARTE")).Text.ShouldContain("Ticket: Standing");
        (await promoter.Get(Office + "?q=%25")).Text.ShouldContain("Nobody found");
        (await promoter.PostForm(Office, ("name", "Guest"), ("email", "nonsense"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await promoter.PostForm(Office, ("name", "Guest"), ("email", "Guest@example.org"))).Location.ShouldBe(Office);
        (await promoter.PostForm(Office, ("name", "Guest"), ("email", "guest@example.org"))).Text.ShouldContain("invited already");
        await App.HandleDueMessages();
        var mail = App.Mails.Single(m => m.To == "guest@example.org");
        mail.Text.ShouldContain("invites you");
        await App.Bus.InvokeAsync(new SaveEvent(Show.EventId, Show.OrganizationId, "", "", "EUR", "Europe/Lisbon") { Language = "ar" }, default);
        await Eventually.Is(async () => (await App.Get<EventCatalogue>().Find(Show.EventId))!.Language.Code == "ar");
        await promoter.PostForm(Office, ("name", "Amal"), ("email", "amal@example.org"));
        await App.HandleDueMessages();
        App.Mails[^1].Text.ShouldContain("يدعوك", customMessage: "a stranger hears the event's own language");

        using var guest = App.Browser();
        var (link, code) = Conferences.Read(mail);
        (await guest.PostForm(link, ("code", code))).Location.ShouldBe(Profile);
        (await promoter.PostForm(Office + "?handler=take", ("attendeeId", (await App.Attendee(Show, "guest@example.org"))!.Id.ToString()))).Location.ShouldBe(Office);
        (await guest.Get(Profile)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Who_was_turned_away_does_not_come_in_by_asking_again()
    {
        var email = await App.AddMember(Show.OrganizationId, StaffRole.Promoter);
        using var browser = await App.SignedInAttendee(Show, email);
        await App.Bus.InvokeAsync(new TakeAccessAway(Show.EventId, (await App.Attendee(Show, email))!.Id), default);
        (await App.AskForLink(browser, Show, email)).ShouldBeNull();
        await App.Get<RecurringJobs>().RunNow("fetch-users", App.Bus, default);
        (await App.Attendee(Show, email))!.HasAccess.ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_of_a_job_has_its_duration_and_its_error()
    {
        using var owner = await App.SignedIn(Show.OrganizationId, StaffRole.Owner);
        await App.Bus.InvokeAsync(new SetTitoSource(Show.EventId, "nobody/nothing", null), default);
        await owner.PostForm("/office/operations?handler=run", ("name", "fetch-users"));
        var runs = await App.Db.Query<double>("select seconds from job_runs where name = 'fetch-users' and error is not null", default);
        runs.ShouldNotBeEmpty();
        (await owner.Get("/office/operations")).Text.ShouldContain("nobody/nothing");
    }
}
