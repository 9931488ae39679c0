using System.Net;
using System.Text.RegularExpressions;
using App.Features.Refunds;
using App.Features.Refunds.Contracts;
using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using App.Tests.Features.Registration;
using App.Tests.Support;

namespace App.Tests.Features.Schedule.Pages;

/// <summary>The door to where links lead that not everybody may know (plaza.md row 12).</summary>
public sealed class JoinTests : IAsyncLifetime
{
    const string Room = "https://us02web.zoom.us/j/123?pwd=geheim", Slides = "https://lantern.example/folien/für-alle";
    static readonly DateTimeOffset Opens = new(2027, 5, 1, 8, 45, 0, TimeSpan.Zero);
    AppHost app = null!;
    Show show = null!;
    string Session => show.Path + "/schedule/how-lamps-were-lit";

    public async Task InitializeAsync()
    {
        app = await AppHost.Start();
        app.Clock.Now = new(2027, 5, 1, 6, 0, 0, TimeSpan.Zero);
        show = await app.AddConference();
        var session = (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.Session("how-lamps-were-lit")!;
        await Append(new SessionDescribed(session.Id, session.Slug, new(session.Title) { Links = [new(Room, "Come in", LinkKind.Join), new(Slides, "Slides", LinkKind.Attachment)] }, session.Source, [], app.Clock.Now));
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    async Task Append(object fact)
    {
        var session = new DocumentSession(app.Get<EventStore>(), app.Get<HandlerRegistry>(), Cause.System);
        (await session.FetchForWriting<Conference>(Conference.StreamOf(show.EventId), default)).Append([fact]);
        await session.SaveChangesAsync(app.Services, default);
        await Shows();
    }

    async Task Rule(LinkRule rule)
    {
        await app.Bus.InvokeAsync(new RuleSchedule(show.EventId, Links: rule), default);
        await Shows();
    }

    async Task Shows()
    {
        var version = (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.Version;
        await Eventually.Is(async () => (await app.Get<ScheduleCatalogue>().Find(show.EventId))?.Version >= version);
    }

    Task ForTickets(int? minutes = 15) => Rule(new(LinkAccess.Attendees, minutes, [], false));

    /// <summary>Where somebody's page of links leads for one of them.</summary>
    async Task<string> Way(Browser browser, int link = 0)
    {
        var page = await browser.Get(Session + "/links");
        var way = Regex.Match(page.Html, $"id=\"way-{link}\" href=\"([^\"]+)\"").Groups[1].Value;
        way.ShouldStartWith($"{Session}/join/{link}/", customMessage: page.Text);
        return way;
    }

    [Fact]
    public async Task Who_may_go_in_gets_a_way_of_their_own_and_no_page_has_the_rooms_address()
    {
        await ForTickets();
        using var ada = await app.SignedInAttendee(show, "ada@example.org", sell: true);
        app.Clock.Now = Opens.AddSeconds(-1);
        (await ada.Get(Session + "/links")).Text.ShouldContain("The links open on Sat 1 May, 09:45, Lisbon time.");
        var early = await ada.Get(Session + "/join/0");
        (early.Status, early.Text.Contains("The links open on Sat 1 May, 09:45, Lisbon time.", StringComparison.Ordinal), early.Html.Contains("zoom.us", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Forbidden, true, false));

        app.Clock.Now = Opens;
        var way = await Way(ada);
        var through = await ada.Get(way);
        (through.Status, through.Location, through.Header("Referrer-Policy"), through.Header("Cache-Control")).ShouldBe((HttpStatusCode.SeeOther, Room, "no-referrer", "no-store"));
        (await ada.Get(await Way(ada, 1))).Header("Location").ShouldBe("https://lantern.example/folien/f%C3%BCr-alle");
        foreach (var path in new[] { Session, Session + "/links", Session + "/links?handler=Part", Session + "/qr/0", show.Path + "/schedule.json", show.Path + "/schedule.xml", Session + ".ics" })
        {
            var page = await ada.Get(path);
            (page.Status, page.Html.Contains("geheim", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, false), path);
        }
        var symbol = await ada.Get(Session + "/qr/0");
        symbol.Text.ShouldContain(app.Get<SiteOptions>().Link(Session + "/join/0"));
        symbol.Text.ShouldContain("Leads to us02web.zoom.us, which isn’t ours");
        // What is held to a phone and what is copied has nobody's pass: their own page has one.
        (await ada.Get(Session + "/join/0")).Location.ShouldBe(Session + "/links");
        (await ada.Get(Session + "/links")).Html.ShouldContain($"data-copy=\"{app.Get<SiteOptions>().Link(Session + "/join/0")}\"");
    }

    [Fact]
    public async Task A_way_that_is_passed_on_opens_for_nobody_else()
    {
        await ForTickets();
        using var ada = await app.SignedInAttendee(show, "ada@example.org", sell: true);
        using var bo = await app.SignedInAttendee(show, "bo@example.org", sell: true);
        using var stranger = app.Browser();
        app.Clock.Now = Opens;
        var way = await Way(ada);
        var unknown = await stranger.Get(way);
        (unknown.Status, unknown.Location).ShouldBe((HttpStatusCode.Redirect, $"{show.Path}/sign-in?returnUrl={Uri.EscapeDataString(Session + "/links")}"));
        var others = await bo.Get(way);
        (others.Status, others.Text.Contains("This link is somebody else’s", StringComparison.Ordinal), others.Html.Contains($"href=\"{Session}/links\"", StringComparison.Ordinal), others.Html.Contains("zoom.us", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Forbidden, true, true, false));
        // A pass is for one link and was made by us.
        foreach (var forged in new[] { way.Replace("/join/0/", "/join/1/", StringComparison.Ordinal), way[..^1] + (way[^1] == 'A' ? 'B' : 'A'), way[..^1], way + "A", Session + "/join/0/x" })
            (await ada.Get(forged)).Status.ShouldBe(HttpStatusCode.Forbidden, forged);
        foreach (var none in new[] { "/join/2", "/join/-1", "/join/x" }) (await ada.Get(Session + none)).Status.ShouldBe(HttpStatusCode.NotFound, none);
        (await ada.Get(way)).Location.ShouldBe(Room);
    }

    [Fact]
    public async Task A_way_lasts_a_quarter_of_an_hour_at_most_and_an_old_one_says_so()
    {
        await ForTickets();
        using var ada = await app.SignedInAttendee(show, "ada@example.org", sell: true);
        app.Clock.Now = Opens;
        var way = await Way(ada);
        app.Clock.Now = Opens.AddMinutes(15).AddSeconds(-1);
        (await ada.Get(way)).Location.ShouldBe(Room);
        app.Clock.Now = Opens.AddMinutes(15);
        var old = await ada.Get(way);
        (old.Status, old.Text.Contains("This link is too old", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Gone, true));
        foreach (var to in new[] { Session, Session + "/links" }) old.Html.ShouldContain($"href=\"{to}\"");
        (await ada.Get(await Way(ada))).Location.ShouldBe(Room);
    }

    [Fact]
    public async Task The_rule_is_asked_at_the_moment_of_the_press()
    {
        await ForTickets();
        var order = await app.Sell(show, name: "Ada Quill", email: "ada@example.org");
        using var ada = await app.SignedInAttendee(show, "ada@example.org");
        app.Clock.Now = Opens;
        var way = await Way(ada);

        await Rule(new(LinkAccess.Attendees, 15, [Guid.NewGuid()], false));
        var kind = await ada.Get(way);
        (kind.Status, kind.Text.Contains("The links are for people with another kind of ticket.", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Forbidden, true));
        await Rule(new(LinkAccess.Attendees, 5, [], false));
        (await ada.Get(way)).Text.ShouldContain("The links open on Sat 1 May, 09:55, Lisbon time.");
        await ForTickets();
        (await ada.Get(way)).Location.ShouldBe(Room);

        await app.Bus.InvokeAsync<Guid>(new RefundOrder(order, show.OrganizationId, [TicketId.Of(order, 1)], "ada", RefundReason.Requested), default);
        await app.HandleDueMessages();
        var voided = await ada.Get(way);
        voided.Location.ShouldNotBeNull().ShouldStartWith(show.Path + "/sign-in");

        var session = (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.Session("how-lamps-were-lit")!;
        await Append(new SessionCancelled(show.EventId, session.Id, Vanished: false, ByHand: true, app.Clock.Now));
        using var bo = await app.SignedInAttendee(show, "bo@example.org", sell: true);
        (await bo.Get(way)).Location.ShouldBe(Session);
    }

    [Fact]
    public async Task Where_places_are_counted_the_door_asks_for_one()
    {
        using var ada = await app.SignedInAttendee(show, "ada@example.org", sell: true);
        var session = (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!.Session("how-lamps-were-lit")!;
        await Append(new SessionDescribed(session.Id, session.Slug, new(session.Title) { Capacity = 1, Links = [new(Room, "Come in", LinkKind.Join)] }, session.Source, [], app.Clock.Now));
        await Rule(new(LinkAccess.Attendees, null, [], true));
        (await ada.Get(Session + "/join/0")).Text.ShouldContain("The links are for people who have a place in this session.");
        (await ada.PostForm(show.Path + "/my-schedule?handler=Take", ("star", session.Id.ToString()))).Status.ShouldBe(HttpStatusCode.SeeOther);
        await Eventually.Is(async () => (await ada.Get(Session + "/links")).Html.Contains("way-0", StringComparison.Ordinal));
        var way = await Way(ada);
        (await ada.Get(way)).Location.ShouldBe(Room);
        (await ada.PostForm(show.Path + "/my-schedule?handler=Release", ("star", session.Id.ToString()))).Status.ShouldBe(HttpStatusCode.SeeOther);
        await Eventually.Is(async () => (await ada.Get(way)).Status == HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Links_that_wait_for_their_time_only_are_behind_a_door_that_asks_nobodys_name()
    {
        await Rule(new(LinkAccess.Everybody, 15, [], false));
        using var visitor = app.Browser();
        app.Clock.Now = Opens.AddSeconds(-1);
        (await visitor.Get(Session)).Html.ShouldNotContain("/join/0");
        (await visitor.Get(Session + "/join/0")).Status.ShouldBe(HttpStatusCode.Forbidden);
        app.Clock.Now = Opens;
        var page = await visitor.Get(Session);
        (page.Html.Contains($"id=\"way-0\" href=\"{Session}/join/0\"", StringComparison.Ordinal), page.Html.Contains("geheim", StringComparison.Ordinal), page.Text.Contains("These links are yours", StringComparison.Ordinal)).ShouldBe((true, false, false));
        var through = await visitor.Get(Session + "/join/0");
        (through.Status, through.Location, through.Header("Cache-Control")).ShouldBe((HttpStatusCode.SeeOther, Room, "no-store"));
        await Rule(LinkRule.Public);
        (await visitor.Get(Session)).Html.ShouldContain("pwd=geheim");
    }
}
