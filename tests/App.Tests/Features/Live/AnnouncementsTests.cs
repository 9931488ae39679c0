using System.Net;
using System.Text.RegularExpressions;
using App.Features.Live;
using App.Features.Shared;
using App.Infrastructure;
using App.Tests.Features.Registration;
using App.Tests.Support;

namespace App.Tests.Features.Live;

/// <summary>What an organizer tells people: on pages at once, by mail once, and to those only whom it is for.</summary>
public sealed class AnnouncementsTests : IAsyncLifetime
{
    AppHost app = null!;
    Show show = null!;
    string Office => $"/office/events/{show.EventId}/announcements";

    public async Task InitializeAsync()
    {
        app = await AppHost.Start();
        show = await app.AddConference();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    static AnnouncementWords Words(string title, Audience audience = Audience.Everybody, Guid? session = null, bool mail = false, Importance importance = Importance.Normal) => new(title, "", importance, audience, session, null, null, mail, false);

    async Task<Guid> Publish(AnnouncementWords words)
    {
        var id = Ids.New(app.Clock.Now);
        await app.Bus.InvokeAsync(new WriteAnnouncement(show.EventId, id, words), default);
        await app.Bus.InvokeAsync(new PublishAnnouncement(show.EventId, id), default);
        return id;
    }

    [Fact]
    public async Task Written_looked_at_published_and_withdrawn_it_is_on_the_pages_only_while_it_is_published()
    {
        await using var rival = await AppHost.Start(connection: app.Connection, clock: app.Clock);
        using var organizer = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        using var visitor = rival.Browser();
        using var listener = await LiveListener.Open(rival, show.Path);
        await listener.Until("news", v => v == "\"\"");
        var written = await organizer.PostForm(Office, [("title", "The lift is out of order"), ("text", "Take the stairs\nbeside it."), ("audience", "Everybody")], follow: true);
        written.Text.ShouldContain("This is how people will see it");
        (await visitor.Get(show.Path + "/schedule")).Text.ShouldNotContain("The lift");
        var (order, before) = (app.Get<App.Features.Checkout.Contracts.OrderLinks>().OrderPath(await app.Sell(show)), await visitor.Get(show.Path));
        foreach (var path in new[] { show.Path, order }) (await visitor.Get(path)).Text.ShouldNotContain("The lift");
        var id = Regex.Match(written.Html, "name=\"id\" value=\"(?<id>[^\"]+)\"").Groups["id"].Value;
        (await organizer.PostForm(Office + "?handler=publish", [("id", id)], follow: true)).Text.ShouldContain("Published.");
        await listener.Until("news", v => v.Length > 2);
        (await visitor.Get(show.Path + "/schedule")).Text.ShouldContain("The lift is out of order Take the stairs beside it.");
        // Where tickets are sold and kept nobody listens: it is there when the page is opened, from memory as ever.
        foreach (var path in new[] { show.Path, order, show.Path + "/home" }) (await visitor.Get(path)).Text.ShouldContain("The lift is out of order Take the stairs beside it.");
        var (told, again) = (await visitor.Get(show.Path), await visitor.Get(show.Path));
        (told.Header("ETag") == again.Header("ETag"), told.Header("ETag") == before.Header("ETag"), told.Html.Contains("/js/live.js", StringComparison.Ordinal)).ShouldBe((true, false, false));
        await organizer.PostForm(Office + "?handler=withdraw", ("id", id));
        await listener.Until("news", v => v == "\"\"");
        foreach (var path in new[] { "/schedule", "", "/home" }) (await visitor.Get(show.Path + path)).Text.ShouldNotContain("The lift");
        (await visitor.Get(order)).Text.ShouldNotContain("The lift");
    }

    [Fact]
    public async Task Where_nobody_listens_it_is_put_away_without_script_on_this_device_alone_and_the_page_stays_everybodys()
    {
        var (lift, rain) = (await Publish(Words("The lift is out of order")), await Publish(Words("It rains")));
        var order = app.Get<App.Features.Checkout.Contracts.OrderLinks>().OrderPath(await app.Sell(show));
        using var visitor = app.Browser();
        using var other = app.Browser();
        foreach (var path in new[] { show.Path, order })
        {
            var page = await visitor.Get(path);
            page.Html.ShouldContain($"action=\"/notices/dismiss\"><input type=\"hidden\" name=\"id\" value=\"{lift:N}\"><input type=\"hidden\" name=\"back\" value=\"{path}\">");
            page.Html.ShouldContain("href=\"/notices/dismissed.css\"");
        }
        (await visitor.Get(show.Path + "/schedule")).Html.ShouldNotContain("/notices/dismiss");
        var before = await visitor.Get(show.Path);
        var away = await visitor.Post("/notices/dismiss", [("id", $"{lift:N}"), ("back", order)]);
        (away.Status, away.Location).ShouldBe((HttpStatusCode.SeeOther, order));
        var sheet = await visitor.Get("/notices/dismissed.css");
        (sheet.Html, sheet.Header("Cache-Control")).ShouldBe(($"[data-notice=\"{lift:N}\"]{{display:none}}\n", "no-store"));
        (await other.Get("/notices/dismissed.css")).Html.ShouldBeEmpty();
        (await visitor.Get(show.Path)).Header("ETag").ShouldBe(before.Header("ETag"));

        await visitor.Post("/notices/dismiss", [("id", $"{rain:N}"), ("back", "//elsewhere.example/")]);
        (await visitor.Get("/notices/dismissed.css")).Html.Split('\n').Length.ShouldBe(3);
        foreach (var back in new[] { "//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", "" }) (await visitor.Post("/notices/dismiss", [("id", "x"), ("back", back)])).Location.ShouldBe("/");
        visitor.Cookies[visitor.Cookies.Keys.Single(c => c.EndsWith("notices", StringComparison.Ordinal))] = "a\"]{}body{display:none}.x";
        (await visitor.Get("/notices/dismissed.css")).Html.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost()
    {
        using var organizer = await app.SignedIn(show.OrganizationId, StaffRole.Owner);
        var page = await organizer.PostForm(Office, ("title", ""), ("text", "Kept"), ("audience", "Savers"), ("from", "2027-05-01T10:00"), ("until", "2027-05-01T09:00"));
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("Give it a title");
        page.Text.ShouldContain("It has to end after it begins");
        page.Text.ShouldContain("Choose the session");
        page.Html.ShouldContain(">Kept</textarea>");
    }

    [Fact]
    public async Task One_for_people_with_a_ticket_is_told_to_them_and_is_in_no_page_of_others()
    {
        using var holder = await app.SignedInAttendee(show, "ada@example.org", sell: true);
        using var other = app.Browser();
        await Publish(Words("Dinner is at eight", Audience.Holders));
        await Eventually.Is(async () => (await holder.Get(show.Path + "/announcements")).Text.Contains("Dinner is at eight", StringComparison.Ordinal));
        (await other.Get(show.Path + "/announcements")).Text.ShouldNotContain("Dinner");
        (await holder.Get(show.Path + "/schedule")).Text.ShouldNotContain("Dinner", customMessage: "that page is the same for everybody");
    }

    [Fact]
    public async Task One_for_a_sessions_savers_is_told_to_whoever_saved_it_without_an_account_too()
    {
        using var saver = app.Browser();
        using var other = app.Browser();
        var session = (await app.Get<App.Features.Schedule.Contracts.ScheduleCatalogue>().Find(show.EventId))!.Sessions[0].Id;
        await saver.Post(show.Path + "/my-schedule?handler=Save", [("star", session.ToString())]);
        await app.HandleDueMessages();
        await Publish(Words("Bring a lamp", Audience.Savers, session));
        await Eventually.Is(async () => (await saver.Get(show.Path + "/announcements")).Text.Contains("Bring a lamp", StringComparison.Ordinal));
        (await other.Get(show.Path + "/announcements")).Text.ShouldNotContain("Bring a lamp");
    }

    [Fact]
    public async Task By_mail_each_person_hears_it_once_and_no_more_after_saying_so()
    {
        using var ada = await app.SignedInAttendee(show, "ada@example.org", sell: true);
        using var bo = await app.SignedInAttendee(show, "bo@example.org", sell: true, language: "fr");
        await app.HandleDueMessages();
        var id = await Publish(Words("Doors open at nine", mail: true));
        await app.HandleDueMessages();
        await app.Bus.InvokeAsync(new WithdrawAnnouncement(show.EventId, id), default);
        await app.Bus.InvokeAsync(new PublishAnnouncement(show.EventId, id), default);
        await app.HandleDueMessages();
        var (mail, french) = (Told("ada@example.org"), Told("bo@example.org"));
        mail.Text.ShouldContain("You get this because you have a place at");
        french.Text.ShouldContain("Vous recevez ceci parce que vous avez une place à");
        french.Text.ShouldContain("Plus d’annonces par e-mail: http");
        french.Html.ShouldNotBeNull().ShouldContain("<html lang=\"fr\"");
        var off = new Uri(Regex.Match(mail.Text, @"http\S+/announcements/off/\S+").Value).AbsolutePath;
        using var browser = app.Browser();
        (await browser.Get(off)).Text.ShouldContain("No more announcements by email");
        await browser.PostForm(off);
        (await browser.Get(off)).Text.ShouldContain("You get no more announcements");
        await Publish(Words("Doors open at ten", mail: true));
        await app.HandleDueMessages();
        app.Mails.Where(m => m.Subject.StartsWith("Doors open at ten", StringComparison.Ordinal)).ShouldHaveSingleItem().To.ShouldBe("bo@example.org");
        (await browser.Get(off[..^1] + (off[^1] == 'A' ? 'B' : 'A'))).Status.ShouldBe(HttpStatusCode.NotFound);

        App.Infrastructure.Mail.Mail Told(string to) => app.Mails.Where(m => m.To == to && m.Subject.StartsWith("Doors open at nine", StringComparison.Ordinal)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("2027-05-01T20:00Z", "2027-05-01T20:00Z")] // nine in the evening in Lisbon
    [InlineData("2027-05-01T21:30Z", "2027-05-02T07:00Z")]
    [InlineData("2027-05-02T03:00Z", "2027-05-02T07:00Z")]
    [InlineData("2027-05-02T07:00Z", "2027-05-02T07:00Z")]
    public void What_would_ring_at_night_waits_for_the_morning(string at, string told) =>
        QuietHours.After(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), "Europe/Lisbon").ShouldBe(DateTimeOffset.Parse(told, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void What_people_have_read_is_not_rewritten()
    {
        var (now, id) = (app.Clock.Now, Guid.Parse("0190de30-0000-7000-8000-000000000001"));
        var board = AnnouncementBoard.Evolve(AnnouncementBoard.Evolve(AnnouncementBoard.Empty, new AnnouncementWritten(show.EventId, id, Words("A"), now)), new AnnouncementPublished(show.EventId, id, now));
        WriteAnnouncementHandler.Decide(new(show.EventId, id, Words("B")), board, now).Refusal.ShouldBe("live.already-published");
        PublishAnnouncementHandler.Decide(new(show.EventId, id), board, now).Facts.ShouldBeEmpty();
    }
}
