using System.Globalization;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Pages;

/// <summary>
/// Owners and promoters look at their conference's pages as at another moment. The cookie names the conference and the moment, and is worth nothing to anybody else: who asks is checked each time. Requests that change something are
/// always of now.
/// </summary>
public sealed class TimeMachine(EventCatalogue events, ScheduleCatalogue schedules, OrganizationDirectory organizations, SiteOptions site, Texts texts)
{
    static readonly TimeSpan Lives = TimeSpan.FromHours(12);

    public async Task Open(HttpContext context, RequestDelegate next)
    {
        var route = context.Request.RouteValues;
        if (Read(context) is var (eventId, at) && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) && route["organization"] is string organization && route["slug"] is string slug
            && Staff.Find(context.User) is { Sells: true } staff && await events.Find(organization, slug, context.RequestAborted) is { } e && e.Id == eventId && e.OrganizationId == staff.OrganizationId)
            context.Show(new(at, texts.Of("frame.moment", await Say(e, at)), $"/office/events/{e.Id}/moment"));
        await next(context);
    }

    public async Task<string> Say(CatalogueEvent e, DateTimeOffset at) => EventTime.Of(at, await Zone(e)) is var time ? $"{time.Full}{Language.Current.Comma}{time.ZoneName}" : "";

    /// <summary>The venue's.</summary>
    public async Task<string> Zone(CatalogueEvent e) => (await schedules.Find(e.Id))?.TimeZone ?? e.TimeZone;

    /// <summary>Where the conference's pages begin.</summary>
    public async Task<string> PageOf(CatalogueEvent e, CancellationToken ct) => $"/e/{(await organizations.Find(e.OrganizationId, ct))!.Slug}/{e.Slug}";

    public void Set(HttpContext context, Guid eventId, DateTimeOffset at) => context.Response.Cookies.Append(Name, string.Create(CultureInfo.InvariantCulture, $"{eventId:N}.{at.ToUnixTimeSeconds()}"), Options(Lives));
    public void Unset(HttpContext context) => context.Response.Cookies.Delete(Name, Options(null));

    /// <summary>Of a conference; null: none was chosen, or it can't be read.</summary>
    public (Guid EventId, DateTimeOffset At)? Read(HttpContext context) =>
        context.Request.Cookies[Name]?.Split('.') is [var id, var seconds] && Guid.TryParseExact(id, "N", out var eventId) && long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < Latest
            ? (eventId, DateTimeOffset.FromUnixTimeSeconds(at)) : null;

    static readonly long Latest = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    string Name => ShownMoment.CookieName(site);

    CookieOptions Options(TimeSpan? lives) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = site.IsSecure, Path = "/", IsEssential = true, MaxAge = lives };
}
