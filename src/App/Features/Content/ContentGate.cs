using App.Features.Content.Contracts;
using App.Features.Content.Package;
using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Web;

namespace App.Features.Content;

/// <summary>
/// What is over in an archive, as each page says of itself (<see cref="InArchiveAttribute"/>): 410 for everybody. And the page flags of settings.json, enforced here: a page that isn't enabled is a 404 for visitors, in every form it has (fragments, calendars, posts), while those who run the conference see it with a note.
/// Flags are decided by the route, so that no way of writing an address gets around it.
/// </summary>
public sealed class ContentGate(LiveContent content, EventCatalogue events, ScheduleCatalogue schedules, IVisitors visitors, TimeProvider clock) : IClosedPages
{
    const string Conference = "e/{organization}/{slug}/";

    public async ValueTask<Closing> Closes(RouteEndpoint endpoint, RouteValueDictionary route, CancellationToken ct)
    {
        var pattern = endpoint.RoutePattern.RawText ?? "";
        var (page, ends) = (PageOf(pattern.AsSpan().TrimStart('/'), route), endpoint.Metadata.GetMetadata<InArchiveAttribute>()?.Becomes == Archived.Ends);
        if ((page is null && !ends) || route["organization"] is not string organization || route["slug"] is not string slug) return Closing.No;
        if (await events.Find(organization, slug, ct) is not { } e) return Closing.No; // the page itself says that there is none
        if (ends && e.IsArchived(clock.GetUtcNow())) return Closing.Over;
        if (page is null) return Closing.No;
        var (site, schedule) = (content.Of(organization, e), await schedules.Find(e.Id));
        return !site.IsOpen(page, schedule) || (IsLinks(pattern) && !site.IsOpen(ContentPages.Links, schedule)) ? Closing.Closed : Closing.No;
    }

    /// <summary>The conference's own: its owners and promoters, and who signed in to it as one of them.</summary>
    public async ValueTask<bool> Admits(HttpContext context)
    {
        var route = context.Request.RouteValues;
        if (await events.Find((string)route["organization"]!, (string)route["slug"]!, context.RequestAborted) is not { } e) return false;
        if (Staff.Find(context.User) is { Sells: true } staff && staff.OrganizationId == e.OrganizationId) return true;
        return (await visitors.Current(context, e.Id, context.RequestAborted)).Attendee?.Is(AttendeeRole.Admin) == true;
    }

    /// <summary>Which flag governs a route; null: none does.</summary>
    internal static string? PageOf(ReadOnlySpan<char> pattern, RouteValueDictionary route)
    {
        if (!pattern.StartsWith(Conference, StringComparison.Ordinal)) return null;
        var below = pattern[Conference.Length..];
        var first = below.IndexOfAny('/', '.') is >= 0 and var end ? below[..end] : below;
        return first switch
        {
            "schedule" or "rooms" or "tracks" or "now" => ContentPages.Schedule,
            "my-schedule" or "reminders" => ContentPages.MySchedule,
            "search" => ContentPages.Search,
            "speakers" => ContentPages.Speakers,
            "collage" => ContentPages.Collage,
            "map" => ContentPages.Map,
            "home" => ContentPages.Home,
            "p" => route["copy"] as string,
            _ => null,
        };
    }

    static bool IsLinks(string pattern) => pattern.EndsWith("/{session}/links", StringComparison.Ordinal) || pattern.Contains("/{session}/watch/", StringComparison.Ordinal) || pattern.Contains("/{session}/join/", StringComparison.Ordinal);
}
