using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using App.Features.Live;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
using App.Infrastructure;
using App.Infrastructure.Push;
using App.Tests.Features.Registration;
using App.Tests.Features.Schedule;
using App.Tests.Support;

namespace App.Tests.Features.Live;

/// <summary>Reminders of saved sessions, rung on browsers at a push service's stand-in, or mailed.</summary>
public sealed class RemindersTests : IAsyncLifetime
{
    AppHost app = null!;
    SandboxHost sandbox = null!;
    Show show = null!;
    readonly PushMailbox mailbox = new();

    string Page => show.Path + "/reminders";
    static DateTimeOffset At(string clock) => DateTimeOffset.Parse($"2027-05-01T{clock}:00+01:00", System.Globalization.CultureInfo.InvariantCulture);

    public async Task InitializeAsync()
    {
        sandbox = await SandboxHost.Start();
        app = await AppHost.Start(settings: ["--Push:PrivateHosts:0=127.0.0.1"]);
        show = await app.AddShow(slug: "lantern", title: "Lantern Days");
        await Import("14:00");
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await sandbox.DisposeAsync();
        mailbox.Dispose();
    }

    async Task Import(string time)
    {
        await app.Get<ScheduleImports>().Upload(show.EventId, "lantern.json", Encoding.UTF8.GetBytes(Samples.Json(Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "How lamps go out", $"2027-05-01T{time}:00+01:00"))), "test", false, false, default);
        var version = (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.Version;
        await Eventually.Is(async () => (await app.Get<ScheduleCatalogue>().Find(show.EventId))?.Version >= version
            && (await app.Get<App.Features.Events.Contracts.EventCatalogue>().Find(show.EventId))!.Kind == App.Features.Events.Contracts.EventKind.Conference);
        await app.HandleDueMessages();
    }

    async Task Save(Browser browser, string handler = "Save")
    {
        var id = (await app.Get<ScheduleCatalogue>().Find(show.EventId))!.Sessions.Single().Id;
        (await browser.Post($"{show.Path}/my-schedule?handler={handler}", [("star", id.ToString())])).Status.ShouldBe(HttpStatusCode.SeeOther);
        await app.HandleDueMessages();
    }

    async Task Want(Browser browser, int minutes, bool byMail = false)
    {
        (await browser.Post(Page, [("minutes", minutes.ToString(System.Globalization.CultureInfo.InvariantCulture)), .. byMail ? new[] { ("byMail", "true") } : []])).Status.ShouldBe(HttpStatusCode.SeeOther);
        await app.HandleDueMessages();
    }

    Task<WebPage> Ring(Browser browser, string box, string? endpoint = null) => browser.Post(Page + "?handler=Ring",
        [("endpoint", endpoint ?? $"{sandbox.BaseUrl}push/{box}"), ("p256dh", mailbox.P256dh), ("auth", mailbox.Auth)]);

    /// <summary>Reminders.</summary>
    Task<IReadOnlyList<JsonElement>> Rung(string box) => Rung(box, "session-");

    /// <summary>What changed, in words.</summary>
    async Task<IReadOnlyList<string>> Told(string box) => [.. (await Rung(box, "change-")).Select(r => mailbox.Open(r.GetProperty("body").GetBytesFromBase64()).GetProperty("body").GetString()!)];

    async Task<IReadOnlyList<JsonElement>> Rung(string box, string tag) => [.. (await All(box)).Where(r => mailbox.Open(r.GetProperty("body").GetBytesFromBase64()).GetProperty("tag").GetString()!.StartsWith(tag, StringComparison.Ordinal))];

    async Task<IReadOnlyList<JsonElement>> All(string box) => [.. (await sandbox.Http.GetFromJsonAsync<JsonElement>("/_sandbox/push")).EnumerateArray().Where(r => r.GetProperty("box").GetString() == box)];

    async Task GoTo(string clock)
    {
        app.Clock.Now = At(clock);
        await app.HandleDueMessages();
    }

    [Fact]
    public async Task A_saved_session_is_rung_once_a_quarter_of_an_hour_before_it_begins_also_with_two_replicas()
    {
        await using var rival = await AppHost.Start(connection: app.Connection, clock: app.Clock, settings: ["--Push:PrivateHosts:0=127.0.0.1"]);
        using var browser = app.Browser();
        await Want(browser, 15);
        (await Ring(browser, "ada")).Status.ShouldBe(HttpStatusCode.NoContent);
        await Save(browser);
        using var arabic = app.Browser();
        arabic.Headers["Accept-Language"] = "ar";
        await Want(arabic, 15);
        await Ring(arabic, "amal");
        await Save(arabic);
        await GoTo("13:44");
        (await Rung("ada")).ShouldBeEmpty();
        await GoTo("13:46");
        await rival.HandleDueMessages();
        await Eventually.Is(async () => (await Rung("ada")).Count > 0 && (await Rung("amal")).Count > 0);
        await GoTo("13:59");
        var rung = (await Rung("ada")).ShouldHaveSingleItem();
        var said = mailbox.Open(rung.GetProperty("body").GetBytesFromBase64());
        (said.GetProperty("title").GetString(), said.GetProperty("body").GetString()).ShouldBe(("How lamps go out", "Starts at 14:00, Quay"));
        said.GetProperty("url").GetString()!.ShouldStartWith(show.Path + "/schedule/");
        rung.GetProperty("encoding").GetString().ShouldBe("aes128gcm");
        var theirs = mailbox.Open((await Rung("amal")).ShouldHaveSingleItem().GetProperty("body").GetBytesFromBase64());
        (theirs.GetProperty("body").GetString(), theirs.GetProperty("lang").GetString(), theirs.GetProperty("dir").GetString()).ShouldBe(("تبدأ الساعة 14:00، Quay", "ar", "rtl"), "it rings in the language of the page that asked");
    }

    [Fact]
    public async Task A_reminder_rings_at_any_hour_since_a_session_waits_for_no_morning()
    {
        await Import("06:00");
        using var browser = app.Browser();
        (await browser.Get(Page)).Text.ShouldContain("comes at any hour");
        await Want(browser, 15);
        await Ring(browser, "ada");
        await Save(browser);
        await GoTo("05:46");
        await Eventually.Is(async () => (await Rung("ada")).Count == 1);
    }

    [Fact]
    public async Task A_reminder_moves_with_its_session()
    {
        using var browser = app.Browser();
        await Want(browser, 15);
        await Ring(browser, "ada");
        await Save(browser);
        await Import("16:00");
        await GoTo("13:50");
        (await Rung("ada")).ShouldBeEmpty();
        await GoTo("15:46");
        mailbox.Open((await Rung("ada")).ShouldHaveSingleItem().GetProperty("body").GetBytesFromBase64()).GetProperty("body").GetString().ShouldBe("Starts at 16:00, Quay");
    }

    [Fact]
    public async Task One_that_moves_to_an_earlier_hour_is_rung_in_time()
    {
        using var browser = app.Browser();
        await Want(browser, 15);
        await Ring(browser, "ada");
        await Save(browser);
        await Import("11:00");
        await GoTo("10:46");
        (await Rung("ada")).Count.ShouldBe(1);
    }

    async Task Say(Func<ScheduleSession, object> fact)
    {
        var session = new App.Infrastructure.Store.DocumentSession(app.Get<App.Infrastructure.Store.EventStore>(), app.Get<App.Infrastructure.Messaging.HandlerRegistry>(), App.Infrastructure.Store.Cause.System);
        (await session.FetchForWriting<App.Features.Schedule.Conference>(App.Features.Schedule.Conference.StreamOf(show.EventId), default)).Append([fact((await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.SessionsById.Values.Single())]);
        await session.SaveChangesAsync(app.Services, default);
        await app.HandleDueMessages();
    }

    /// <summary>It was saved while it stood, and nothing moved: yet it was gone for a while, and so was its reminder.</summary>
    [Fact]
    public async Task A_session_that_is_called_off_rings_nobody_and_one_that_is_on_again_does()
    {
        using var browser = app.Browser();
        await Want(browser, 15);
        await Ring(browser, "ada");
        await Save(browser);
        await Say(s => new SessionCancelled(show.EventId, s.Id, Vanished: false, ByHand: true, app.Clock.Now));
        await GoTo("13:46");
        (await Rung("ada")).ShouldBeEmpty();
        await Say(s => new SessionStated(s.Id, SessionState.Confirmed, ByHand: true, app.Clock.Now, show.EventId));
        await GoTo("13:47");
        (await Rung("ada")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_put_on_a_list_before_times_are_public_is_rung_once_they_are()
    {
        await app.Bus.InvokeAsync(new App.Features.Schedule.RuleSchedule(show.EventId, ScheduleVisibility.Titles), default);
        using var browser = app.Browser();
        await Want(browser, 15);
        await Ring(browser, "ada");
        await Save(browser);
        await app.Bus.InvokeAsync(new App.Features.Schedule.RuleSchedule(show.EventId, ScheduleVisibility.Times), default);
        await app.HandleDueMessages();
        await GoTo("13:46");
        (await Rung("ada")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_taken_off_the_list_or_switched_off_is_not_rung()
    {
        using var browser = app.Browser();
        using var other = app.Browser();
        await Want(browser, 15);
        await Want(other, 15);
        await Ring(browser, "ada");
        await Ring(other, "bo");
        await Save(browser);
        await Save(other);
        await Save(browser, "Unsave");
        await Want(other, 0);
        await GoTo("13:50");
        ((await Rung("ada")).Count, (await Rung("bo")).Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_service_that_is_busy_is_asked_again_and_a_mailbox_that_is_gone_is_forgotten()
    {
        using var browser = app.Browser();
        await Want(browser, 15);
        await Ring(browser, "ada");
        await Ring(browser, "old");
        await sandbox.Http.DeleteAsync("/push/old");
        await sandbox.Http.PostAsJsonAsync("/_sandbox/behaviour/push", new { only = "/push/ada", failNext = 1, failStatus = 429 });
        await Save(browser);
        await GoTo("13:46");
        (await Rung("ada")).ShouldBeEmpty();
        await GoTo("13:48");
        (await Rung("ada")).Count.ShouldBe(1);
        (await app.Db.Query<string>("select endpoint from live_browsers", default)).ShouldHaveSingleItem().ShouldEndWith("/ada");
    }

    [Fact]
    public async Task Without_a_browser_to_ring_it_comes_by_mail_to_who_is_signed_in_and_wants_it()
    {
        (string Language, string Subject, string When, string Why)[] all =
        [
            ("en", "Soon: How lamps go out", "When: Saturday 1 May 2027, 14:00, Lisbon time", "You asked to be reminded"),
            ("de", "Gleich: How lamps go out", "Wann: Samstag, 1. Mai 2027, 14:00, Ortszeit Lisbon", "Sie wollten an das erinnert werden"),
            ("ar", "قريبًا: How lamps go out", "متى: السبت، 1 مايو 2027، 14:00، بتوقيت Lisbon", "طلبت أن نذكّرك"),
        ];
        foreach (var (language, _, _, _) in all)
        {
            using var browser = await app.SignedInAttendee(show, $"{language}@example.org", sell: true, language: language);
            await Want(browser, 30, byMail: true);
            await Save(browser);
        }
        await GoTo("13:31");
        foreach (var (language, subject, when, why) in all)
        {
            var mail = app.Mails.Where(m => m.To == $"{language}@example.org" && m.Key.StartsWith("reminder.", StringComparison.Ordinal)).ShouldHaveSingleItem();
            Keepsakes.Keep($"mail-reminder-{language}.html", Encoding.UTF8.GetBytes(mail.Html ?? ""));
            (mail.Subject, mail.Text.Contains(when, StringComparison.Ordinal), mail.Text.Contains(why, StringComparison.Ordinal)).ShouldBe((subject, true, true), mail.Text);
            mail.Text.ShouldContain("14:00");
            var (direction, other, start) = language == "ar" ? ("rtl", "ltr", "right") : ("ltr", "rtl", "left");
            mail.Html.ShouldNotBeNull().ShouldContain($"<html lang=\"{language}\" dir=\"{direction}\"");
            // In each part, since a mailbox may take no notice of what the page as a whole says.
            (mail.Html!.Contains($"direction:{direction}", StringComparison.Ordinal), mail.Html.Contains($"direction:{other}", StringComparison.Ordinal), mail.Html.Contains($"text-align:{start}", StringComparison.Ordinal)).ShouldBe((true, false, true));
        }
    }

    async Task Listed(int people) => await Eventually.Is(async () => await app.Db.QueryFirst<long>("select count(*) from live_saved", default) == people);

    /// <summary>Where somebody stood before a closed door: a move, another room or a cancellation was told to nobody.</summary>
    [Fact]
    public async Task What_moves_or_is_called_off_is_told_once_to_who_saved_it_and_to_nobody_else()
    {
        using var browser = app.Browser();
        using var other = app.Browser();
        foreach (var (who, box) in new[] { (browser, "ada"), (other, "bo") }) await Ring(who, box);
        await Save(browser);
        await Listed(1);
        await Import("16:00");
        await Eventually.Is(async () => (await Told("ada")).Count == 1);
        await app.HandleDueMessages();
        (await Told("ada")).ShouldHaveSingleItem().ShouldBe("Now Sat 1 May, 16:00, Quay. It was Sat 1 May, 14:00, Quay.");
        await Say(s => new SessionMoved(show.EventId, s.Id, [new SessionSlot(s.Slots[0].Id, null, s.Slots[0].Start, s.Slots[0].End)], [], ByHand: true, app.Clock.Now));
        app.Clock.Now += TimeSpan.FromMinutes(1);
        await Say(s => new SessionCancelled(show.EventId, s.Id, Vanished: false, ByHand: true, app.Clock.Now));
        await Eventually.Is(async () => (await Told("ada")).Contains("Cancelled."));
        (await Told("bo")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_comes_by_mail_where_no_browser_is_rung_and_reminders_are_wanted_so()
    {
        using var ada = await app.SignedInAttendee(show, "ada@example.org", sell: true);
        using var bo = await app.SignedInAttendee(show, "bo@example.org", sell: true);
        await Want(ada, 30, byMail: true);
        foreach (var who in new[] { ada, bo }) await Save(who);
        await Listed(2);
        await Import("16:00");
        await app.HandleDueMessages();
        var mail = app.Mails.Where(m => m.Key.StartsWith("change.", StringComparison.Ordinal)).ShouldHaveSingleItem();
        (mail.To, mail.Subject.Contains("How lamps go out", StringComparison.Ordinal), mail.Text.Contains("Now Sat 1 May, 16:00, Quay. It was Sat 1 May, 14:00, Quay.", StringComparison.Ordinal)).ShouldBe(("ada@example.org", true, true));
    }

    [Fact]
    public async Task A_change_waits_for_the_morning_unless_that_is_too_late_and_one_that_nobody_knew_of_is_not_told()
    {
        using var browser = app.Browser();
        await app.Bus.InvokeAsync(new App.Features.Schedule.RuleSchedule(show.EventId, ScheduleVisibility.Titles), default);
        await Ring(browser, "ada");
        await Save(browser);
        await Listed(1);
        await Import("15:00");
        await app.Bus.InvokeAsync(new App.Features.Schedule.RuleSchedule(show.EventId, ScheduleVisibility.Times), default);
        app.Clock.Now = At("23:00").AddDays(-2);
        await Import("16:00");
        (await All("ada")).ShouldBeEmpty();
        app.Clock.Now = At("08:01").AddDays(-1);
        await app.HandleDueMessages();
        (await Told("ada")).ShouldHaveSingleItem().ShouldBe("Now Sat 1 May, 16:00, Quay. It was Sat 1 May, 15:00, Quay.");
        await GoTo("00:30");
        await Import("09:00");
        await Eventually.Is(async () => (await Told("ada")).Count == 2);
    }

    /// <summary>The browser is gone, which nobody knew before it was rung: the reminder was lost.</summary>
    [Fact]
    public async Task When_the_only_browser_turns_out_to_be_gone_it_comes_by_mail_to_who_wants_that()
    {
        using var ada = await app.SignedInAttendee(show, "ada@example.org", sell: true);
        await Want(ada, 30, byMail: true);
        foreach (var box in new[] { "old", "older" }) await Ring(ada, box);
        await Save(ada);
        foreach (var box in new[] { "old", "older" }) await sandbox.Http.DeleteAsync("/push/" + box);
        foreach (var clock in new[] { "13:31", "13:32", "13:33" }) await GoTo(clock);
        app.Mails.Where(m => m.Key.StartsWith("reminder.", StringComparison.Ordinal)).ShouldHaveSingleItem().Subject.ShouldContain("How lamps go out");
        (await app.Db.QueryFirst<long>("select count(*) from live_browsers", default)).ShouldBe(0);
    }

    [Theory]
    [InlineData("http://push.example/x")]
    [InlineData("https://10.0.0.1/x")]
    [InlineData("https://localhost:5432/x")]
    [InlineData("")]
    public async Task An_address_inside_is_refused(string endpoint)
    {
        using var browser = app.Browser();
        (await Ring(browser, "x", endpoint)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await app.Db.QueryFirst<long>("select count(*) from live_browsers", default)).ShouldBe(0);
    }

    [Fact]
    public async Task Looking_leaves_no_cookie_and_an_odd_number_of_minutes_is_refused()
    {
        using var browser = app.Browser();
        (await browser.Get(Page)).Text.ShouldContain("15 minutes before");
        browser.Cookies.ShouldBeEmpty();
        (await browser.Post(Page, [("minutes", "7")])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Who_sends_is_signed_for_that_service_alone_and_for_half_a_day()
    {
        var vapid = app.Get<Vapid>();
        var header = vapid.Authorization(new("https://push.example/box/secret?x=1"));
        var (token, key) = (header["vapid t=".Length..header.IndexOf(", k=", StringComparison.Ordinal)].Split('.'), Base64Url.DecodeFromChars(header.AsSpan(header.IndexOf(", k=", StringComparison.Ordinal) + 4)));
        using var their = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = PushEncryption.Point(key) });
        their.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256).ShouldBeTrue();
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token[0])).ShouldBe("""{"typ":"JWT","alg":"ES256"}""");
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token[1]));
        claims.RootElement.GetProperty("aud").GetString().ShouldBe("https://push.example");
        claims.RootElement.GetProperty("exp").GetInt64().ShouldBe((app.Clock.Now + TimeSpan.FromHours(12)).ToUnixTimeSeconds());
        await using var rival = await AppHost.Start(connection: app.Connection, clock: app.Clock);
        rival.Get<Vapid>().PublicKey.ShouldBe(vapid.PublicKey, "a browser subscribes to one key, whichever replica it asks");
    }
}
