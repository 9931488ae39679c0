using System.Net;
using System.Text.RegularExpressions;
using App.Features.Organizations;
using App.Features.Shared;
using App.Tests.Support;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace App.Tests.Features.Organizations;

/// <summary>Every way in, for everybody: a new one that is not in this list fails the test.</summary>
public sealed class StaffRoutesTests
{
    enum Who { Anonymous, Door, Promoter, Owner, Stranger }

    // What a stranger (the owner of another organization) finds: their own list, or nothing at all.
    sealed record Way(string Route, string Sees, bool IsOurs);

    static readonly Way[] Staff =
    [
        new("office", "po", false), new("office/events/new", "po", false), new("office/events/{eventId:guid}", "po", true), new("office/events/{eventId:guid}/orders", "po", true), new("office/events/{eventId:guid}/attendees", "po", true), new("office/events/{eventId:guid}/announcements", "po", true), new("office/events/{eventId:guid}/metrics", "po", true),
        new("office/events/{eventId:guid}/edit", "po", true), new("office/events/{eventId:guid}/archive", "po", true), new("office/events/{eventId:guid}/moment", "po", true), new("office/events/{eventId:guid}/orders/refund", "po", true), new("office/events/{eventId:guid}/orders/send", "po", true), new("office/events/{eventId:guid}/deeds/{batchId:guid}", "po", true), new("office/orders/{orderId:guid}", "po", true), new("office/orders/{orderId:guid}/refund", "po", true), new("office/orders/{orderId:guid}/send", "po", false),
        new("office/events/{eventId:guid}/schedule", "po", true), new("office/events/{eventId:guid}/schedule/rooms", "po", true), new("office/events/{eventId:guid}/schedule/speakers", "po", true), new("office/events/{eventId:guid}/schedule/speakers/{speakerId}", "po", true), new("office/events/{eventId:guid}/schedule/map", "po", true), new("office/events/{eventId:guid}/schedule/languages", "po", true), new("office/events/{eventId:guid}/schedule/import", "po", true), new("office/events/{eventId:guid}/schedule/source", "po", true), new("office/events/{eventId:guid}/schedule/sessions/{sessionId}", "po", true),
        new("office/events/{eventId:guid}/schedule/take-part", "po", true), new("office/events/{eventId:guid}/schedule/feedback", "po", true), new("office/events/{eventId:guid}/schedule/interpretation", "po", true),
        new("office/content", "po", false), new("office/content/versions/{packageId:guid}", "po", false), new("office/members", "o", false), new("office/operations", "o", false), new("door", "dpo", false), new("door/{eventId:guid}", "dpo", true), new("account", "dpo", false), new("account/prove/{deed}", "dpo", false), new("account/held/{number:guid}", "dpo", false), new("sign-out", "dpo", false),
    ];

    static readonly string[] Public =
    [
        "", "e/{organization}/{slug}", "e/{organization}/{slug}/waitlist/{kind:guid}", "e/{organization}/{slug}/sign-in", "e/{organization}/{slug}/sign-in/{token}", "e/{organization}/{slug}/profile", "checkout/{token}", "order/{token}", "order/{token}/guests",
        "sign-in", "error", "help", "privacy", "health/live", "health/ready", "version", "reports/csp", "notices/dismiss", "notices/dismissed.css", "webhooks/stripe", "webhooks/tito", "o/{organization}/brand.css", "pictures/{id}",
        ".well-known/ticket-keys", "e/{organization}/{slug}/schedule", "e/{organization}/{slug}/schedule/day/{date}/{form:regex(^list$)?}", "e/{organization}/{slug}/schedule/{session}",
        "e/{organization}/{slug}/schedule/{session}/watch/{link:int}", "e/{organization}/{slug}/schedule/{session}/qr/{link:int?}", "e/{organization}/{slug}/schedule/{session}/join/{link:int}/{pass?}", "e/{organization}/{slug}/search", "e/{organization}/{slug}/collage", "e/{organization}/{slug}/map", "e/{organization}/{slug}/speakers", "e/{organization}/{slug}/speakers/{speaker}",
        "e/{organization}/{slug}/tracks/{track}", "e/{organization}/{slug}/rooms/{room}", "e/{organization}/{slug}/rooms/{room}/sign", "e/{organization}/{slug}/schedule.ics", "e/{organization}/{slug}/schedule.json", "e/{organization}/{slug}/schedule.xml",
        "e/{organization}/{slug}/schedule/{of}.ics", "e/{organization}/{slug}/rooms/{of}.ics", "e/{organization}/{slug}/tracks/{of}.ics", "e/{organization}/{slug}/speakers/{of}.ics",
        "e/{organization}/{slug}/my-schedule", "e/{organization}/{slug}/schedule/{session}/links", "e/{organization}/{slug}/my-schedule/{token:length(43)}",
        "e/{organization}/{slug}/home", "e/{organization}/{slug}/home/watch/{number:int}", "e/{organization}/{slug}/p/{copy}", "e/{organization}/{slug}/p/{copy}/watch/{number:int}", "content/images/{id}",
        "e/{organization}/{slug}/my-schedule/{token}.ics", "e/{organization}/{slug}/my-schedule/saved.json",
        "e/{organization}/{slug}/schedule/{session}/questions", "e/{organization}/{slug}/schedule/{session}/questions/moderate", "e/{organization}/{slug}/schedule/{session}/questions/screen", "e/{organization}/{slug}/schedule/{session}/feedback",
        "e/{organization}/{slug}/schedule/{session}/listen", "e/{organization}/{slug}/schedule/{session}/listen/{in}", "e/{organization}/{slug}/schedule/{session}/booth/{in}",
        "e/{organization}/{slug}/schedule/{session}/booth/{in}/line", "e/{organization}/{slug}/schedule/{session}/booth/{in}/line/{line:guid}", "e/{organization}/{slug}/schedule/{session}/listen/{in}/line", "e/{organization}/{slug}/schedule/{session}/listen/{in}/line/{line}",
        "e/{organization}/{slug}/live", "e/{organization}/{slug}/count", "e/{organization}/{slug}/now", "e/{organization}/{slug}/announcements", "e/{organization}/{slug}/reminders", "e/{organization}/{slug}/announcements/off/{token:length(43)}",
    ];

    [Fact]
    public async Task Each_way_in_opens_for_those_it_is_meant_for_and_for_nobody_else()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        var order = await app.Sell(show);
        var other = await app.AddOrganization("elsewhere");
        var batch = Guid.Parse("01890000-0000-7000-8000-000000000007");
        await app.Bus.InvokeAsync(new App.Features.Tickets.SendOrders(batch, show.OrganizationId, [order]), default);
        await app.Bus.InvokeAsync(new App.Features.Schedule.Edit.OpenSchedule(show.EventId, "Slow Harbour", "Europe/Lisbon"), default);
        var browsers = new Dictionary<Who, Browser>
        {
            [Who.Anonymous] = app.Browser(), [Who.Door] = await app.SignedIn(show.OrganizationId, StaffRole.Door), [Who.Promoter] = await app.SignedIn(show.OrganizationId, StaffRole.Promoter),
            [Who.Owner] = await app.SignedIn(show.OrganizationId, StaffRole.Owner), [Who.Stranger] = await app.SignedIn(other.Id, StaffRole.Owner),
        };
        var faults = new List<string>();
        foreach (var way in Staff)
        {
            var path = "/" + way.Route.Replace("{eventId:guid}", show.EventId.ToString(), StringComparison.Ordinal).Replace("{orderId:guid}", order.ToString(), StringComparison.Ordinal).Replace("{batchId:guid}", batch.ToString(), StringComparison.Ordinal).Replace("{sessionId}", "new", StringComparison.Ordinal).Replace("{speakerId}", "new", StringComparison.Ordinal).Replace("{deed}", "people", StringComparison.Ordinal).Replace("{packageId:guid}", batch.ToString(), StringComparison.Ordinal).Replace("{number:guid}", batch.ToString(), StringComparison.Ordinal);
            foreach (var (who, browser) in browsers)
            {
                var page = await browser.Get(path);
                var wanted = Wanted(way, who);
                // A page that only takes posts sends whoever may use it on; the one that holds what was typed says to whoever may come in that nothing is held.
                var came = page.Status is HttpStatusCode.Redirect && page.Location!.Contains("/sign-in?", StringComparison.Ordinal) ? HttpStatusCode.Unauthorized : page.Status is HttpStatusCode.Redirect or HttpStatusCode.Gone ? HttpStatusCode.OK : page.Status;
                if (came != wanted) faults.Add($"{who} at {path}: {came}, not {wanted}");
            }
        }
        faults.ShouldBeEmpty();
    }

    static HttpStatusCode Wanted(Way way, Who who) => who switch
    {
        Who.Anonymous => HttpStatusCode.Unauthorized,
        Who.Door => way.Sees.Contains('d') ? HttpStatusCode.OK : HttpStatusCode.Forbidden,
        Who.Promoter => way.Sees.Contains('p') ? HttpStatusCode.OK : HttpStatusCode.Forbidden,
        Who.Stranger when way.IsOurs => HttpStatusCode.NotFound,
        _ => HttpStatusCode.OK,
    };

    [Fact]
    public async Task Every_endpoint_is_known_here_and_what_staff_may_do_needs_the_antiforgery_token()
    {
        await using var app = await AppHost.Start();
        var endpoints = app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToArray();
        var assets = app.Get<App.Infrastructure.Web.Assets>();
        var unknown = endpoints.Select(e => e.RoutePattern.RawText!.Trim('/')).Where(r => !Staff.Any(w => w.Route == r) && !Public.Contains(r) && !IsTickets(r) && !assets.Has("/" + r)).Distinct();
        unknown.ShouldBeEmpty("say in this test who may open it");
        foreach (var endpoint in endpoints.Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null && Staff.Any(w => w.Route == e.RoutePattern.RawText!.Trim('/'))))
            StaffRoutes.PolicyOf(endpoint.RoutePattern.RawText!).ShouldNotBeNull(endpoint.RoutePattern.RawText);
    }

    // Papers of an order, behind its own capability, and the demo's.
    static bool IsTickets(string route) => route.StartsWith("order/{token}/", StringComparison.Ordinal) || route.StartsWith("tickets/", StringComparison.Ordinal) || route.StartsWith("o/{organization}", StringComparison.Ordinal);

    [Fact]
    public async Task A_post_from_another_site_or_without_the_token_changes_nothing()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        var order = await app.Sell(show, 2);
        using var promoter = await app.SignedIn(show.OrganizationId, StaffRole.Owner);
        await promoter.Get("/office/events/new");
        var endpoints = app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<App.Infrastructure.Web.CalledByOthersAttribute>() is null && TakesPosts(e)).ToArray();
        endpoints.Length.ShouldBeGreaterThan(40);
        foreach (var endpoint in endpoints)
        {
            var path = Filled(endpoint.RoutePattern.RawText!, show, order);
            promoter.Headers["Sec-Fetch-Site"] = "cross-site";
            (await promoter.PostForm(path)).Status.ShouldBe(HttpStatusCode.Forbidden, path);
            promoter.Headers["Sec-Fetch-Site"] = "same-origin";
            // What staff do, and coming in. Others act on the capability in their address, which no other site knows.
            if (Staff.Any(w => w.Route == endpoint.RoutePattern.RawText!.Trim('/')) || path == "/sign-in") (await promoter.Post(path, [])).Status.ShouldBe(HttpStatusCode.BadRequest, path);
        }
        (await promoter.Get("/office")).Status.ShouldBe(HttpStatusCode.OK);
    }

    static bool TakesPosts(RouteEndpoint e) => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains("POST");

    static string Filled(string route, Show show, Guid order) => "/" + Regex.Replace(route.Trim('/'), @"\{(?<name>\w+)[^{}]*(\{[^}]*\}[^{}]*)*\}", m => m.Groups["name"].Value switch
    {
        "eventId" => show.EventId.ToString(),
        "orderId" => order.ToString(),
        "organization" => show.Organization,
        "slug" => show.Slug,
        "date" => "2027-01-12",
        "form" => "list",
        "number" or "link" when !m.Value.Contains(":guid", StringComparison.Ordinal) => "1",
        "token" => new string('a', 43),
        _ => Guid.Empty.ToString(),
    });

    [Fact]
    public async Task What_belongs_to_another_organization_is_not_there()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        var order = await app.Sell(show, 2);
        using var stranger = await app.SignedIn((await app.AddOrganization("elsewhere")).Id, StaffRole.Owner);
        await stranger.Get("/office/events/new");
        foreach (var path in new[]
        {
            $"/office/orders/{order}", $"/office/orders/{order}/refund", $"/office/orders/{order}/refund?handler=choose", $"/office/orders/{order}/send", $"/office/events/{show.EventId}/edit", $"/office/events/{show.EventId}/edit?handler=withdraw", $"/office/events/{show.EventId}/edit?handler=preview", $"/office/events/{show.EventId}/edit?handler=art",
            $"/office/events/{show.EventId}/attendees", $"/office/events/{show.EventId}/attendees?handler=take", $"/office/events/{show.EventId}/orders/refund", $"/office/events/{show.EventId}/orders/refund?handler=choose", $"/office/events/{show.EventId}/orders/send", $"/office/events/{show.EventId}/orders/send?handler=choose", $"/office/events/{show.EventId}/orders?handler=export",
            $"/door/{show.EventId}", $"/door/{show.EventId}?handler=guest", $"/door/{show.EventId}?handler=undo", "/office/members?handler=remove", "/office/members?handler=password",
        }) (await stranger.PostForm(path, ("ticketId", Guid.Empty.ToString()), ("name", "X"), ("memberId", order.ToString()))).Status.ShouldBe(HttpStatusCode.NotFound, path);
        (await stranger.Get($"/office/events/{show.EventId}/orders?handler=export")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.Get($"/office/events/{show.EventId}/orders?handler=list")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
