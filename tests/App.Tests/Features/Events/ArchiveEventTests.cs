using System.Net;
using App.Features.Events;
using App.Features.Events.Contracts;
using App.Features.Live;
using App.Features.Schedule.Mine;
using App.Features.Shared;
using App.Infrastructure;
using App.Tests.Features.Content;
using App.Tests.Features.Schedule;
using App.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace App.Tests.Features.Events;

/// <summary>A conference that is over: all that was to be read stays, and nothing else.</summary>
public sealed class ArchiveEventTests
{
    static readonly DateTimeOffset Noon = new(2027, 6, 12, 12, 0, 0, TimeSpan.Zero);
    static readonly CatalogueEvent Over = CatalogueEvent.Empty with { Id = new("01890000-0000-7000-8000-000000000001"), Ends = Noon };

    [Fact]
    public void What_is_not_over_is_no_archive_and_twice_is_once()
    {
        Should.Throw<Refused>(() => ArchiveEventHandler.Decide(new(Over.Id, Noon.AddMinutes(-1)), Over, Noon)).Key.ShouldBe("events.archived-too-early");
        ArchiveEventHandler.Decide(new(Over.Id, Noon), Over, Noon).ShouldBe([new EventArchiveSet(Over.Id, Noon, Noon)]);
        ArchiveEventHandler.Decide(new(Over.Id, Noon), Over with { ArchivedFrom = Noon }, Noon).ShouldBeEmpty();
        ArchiveEventHandler.Decide(new(Over.Id, null), Over, Noon).ShouldBeEmpty();
        ArchiveEventHandler.Decide(new(Over.Id, null), Over with { ArchivedFrom = Noon }, Noon).ShouldBe([new EventArchiveSet(Over.Id, null, Noon)]);
    }

    /// <summary>A page or endpoint at or below a conference's address is one of which somebody has thought what becomes of it.</summary>
    [Fact]
    public async Task Whatever_stands_at_a_conferences_address_says_what_becomes_of_it_in_an_archive()
    {
        await using var app = await AppHost.Start();
        const string at = "e/{organization}/{slug}";
        var said = app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => (Route: e.RoutePattern.RawText!.Trim('/'), e.Metadata.GetMetadata<InArchiveAttribute>()?.Becomes))
            .Where(e => e.Route == at || e.Route.StartsWith(at + "/", StringComparison.Ordinal)).Select(e => (Route: e.Route[at.Length..].Trim('/'), e.Becomes)).ToArray();
        said.Where(s => s.Becomes is null).ShouldBeEmpty();
        said.Length.ShouldBeGreaterThan(40);
        said.Where(s => s.Becomes == Archived.Ends).Select(s => s.Route).Distinct().Order(StringComparer.Ordinal).ShouldBe([
            "announcements", "profile", "reminders", "schedule/{session}/booth/{in}", "schedule/{session}/booth/{in}/line", "schedule/{session}/booth/{in}/line/{line:guid}", "schedule/{session}/feedback", "schedule/{session}/join/{link:int}/{pass?}", "schedule/{session}/links", "schedule/{session}/listen",
            "schedule/{session}/listen/{in}", "schedule/{session}/listen/{in}/line", "schedule/{session}/listen/{in}/line/{line}", "schedule/{session}/questions", "schedule/{session}/questions/moderate", "schedule/{session}/questions/screen", "sign-in", "sign-in/{token}", "waitlist/{kind:guid}"]);
    }

    [Fact]
    public async Task An_archive_is_read_by_everybody_and_asks_nothing_of_anybody_until_it_is_opened_again()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddLantern(Samples.Event().Replace("\"links\": [ {", "\"links\": [ { \"url\": \"https://zoom.us/j/123456\", \"title\": \"The room\" }, { \"url\": \"https://youtu.be/abcdefghijk\", \"title\": \"The film\" }, {", StringComparison.Ordinal));
        var (page, session) = (show.Path, show.Path + "/schedule/how-lamps-were-lit");
        using var browser = app.Browser();
        using var office = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        (await browser.Get(session)).Html.ShouldContain("zoom.us");
        (await browser.Get(show.Path + "/sign-in")).Status.ShouldBe(HttpStatusCode.OK);

        var archive = $"/office/events/{show.EventId}/archive";
        var early = await office.PostForm(archive, ("from", "2027-02-01T10:00"));
        early.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        early.Html.ShouldContain("2027-02-01T10:00");
        (await office.PostForm(archive, [("from", "2027-06-01T10:00")], follow: true)).Text.ShouldContain("becomes an archive on");
        (await browser.Get(show.Path + "/sign-in")).Status.ShouldBe(HttpStatusCode.OK);

        app.Clock.Now = Noon;
        using var later = await app.SignedIn(show.OrganizationId, StaffRole.Owner);
        foreach (var path in new[] { page, page + "/home", page + "/schedule", session, page + "/speakers", page + "/speakers/ada-quill", page + "/rooms/quay", page + "/search?q=lamps" })
        {
            var read = await browser.Get(path);
            read.Status.ShouldBe(HttpStatusCode.OK, path);
            read.Text.ShouldContain("This was Lantern Days in 2027.", customMessage: path);
            read.Html.ShouldNotContain($"{page}/profile", customMessage: path);
        }
        (await browser.Get(page + "/schedule")).Header("Cache-Control").ShouldBe("public, max-age=3600");
        (await browser.Get(page + "/schedule.ics")).Html.ShouldContain("BEGIN:VEVENT");
        foreach (var path in new[] { session, page + "/schedule.json" })
        {
            var read = await browser.Get(path);
            read.Html.ShouldContain("youtu.be", customMessage: path);
            read.Html.ShouldNotContain("zoom.us", customMessage: path);
        }
        (await browser.Get(session + "/watch/1")).Status.ShouldBe(HttpStatusCode.OK);

        foreach (var path in new[] { "/sign-in", "/profile", "/reminders", "/announcements", $"/waitlist/{show.TicketTypeId}" }.Select(p => page + p).Concat(new[] { "/links", "/join/0", "/questions", "/feedback", "/listen" }.Select(p => session + p)))
            foreach (var b in new[] { browser, later })
            {
                (await b.Get(path)).Status.ShouldBe(HttpStatusCode.Gone, path);
                (await b.Post(path, [("email", "ada@example.org")])).Status.ShouldBe(HttpStatusCode.Gone, path);
            }
        (await browser.Get(page + "/sign-in")).Text.ShouldContain("Nobody signs in, buys, signs up or asks any more.");
        (await browser.Get(page + "/live")).Status.ShouldBe(HttpStatusCode.NoContent);
        var bought = await browser.Post(page, [(show.Field, "1")]);
        bought.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Should.ThrowAsync<Refused>(() => app.Bus.InvokeAsync(new TakePlace(show.EventId, Guid.Empty, Guid.Empty), default))).Key.ShouldBe("schedule.archived");
        (await Should.ThrowAsync<Refused>(() => app.Bus.InvokeAsync(new App.Features.Registration.InviteAttendee(show.EventId, "ada@example.org", "Ada"), default))).Key.ShouldBe("registration.archived");
        (await Should.ThrowAsync<Refused>(() => app.Bus.InvokeAsync(new PublishAnnouncement(show.EventId, Guid.Empty), default))).Key.ShouldBe("events.archived");

        (await later.PostForm(archive + "?handler=open", [], follow: true)).Text.ShouldContain("is no archive");
        (await browser.Get(page + "/sign-in")).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.Get(session)).Text.ShouldNotContain("This was Lantern Days");
    }
}
