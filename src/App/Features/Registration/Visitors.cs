using System.Security.Cryptography;
using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Registration;

public sealed class Visitors(AttendeeSessions sessions, EventCatalogue events, SiteOptions site, TimeProvider clock) : IVisitors
{
    static readonly TimeSpan DeviceLives = TimeSpan.FromDays(400); // the longest that browsers keep one

    public async ValueTask<Visitor> Current(HttpContext context, Guid eventId, CancellationToken ct)
    {
        var key = (typeof(Visitor), eventId);
        if (context.Items.TryGetValue(key, out var known)) return (Visitor)known!;
        // An archive is read without a sign-in: those that there were open nothing any more.
        var visitor = new Visitor(eventId, await events.IsArchived(eventId, clock.GetUtcNow()) ? null : (await sessions.Find(context, eventId, ct))?.Card.ToAttendee(), Device(context));
        context.Items[key] = visitor;
        return visitor;
    }

    public bool IsNobody(HttpContext context, Guid eventId) => Device(context) is null && !sessions.Has(context, eventId);

    public Guid GiveDevice(HttpContext context)
    {
        if (Device(context) is { } known) return known;
        // A secret as well as a number: whoever knows it sees what was saved under it.
        var device = new Guid(RandomNumberGenerator.GetBytes(16));
        context.Items[typeof(Visitors)] = device;
        context.Response.Cookies.Append(site.CookieName("device"), device.ToString("N"), new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = site.IsSecure, Path = "/", MaxAge = DeviceLives });
        return device;
    }

    Guid? Device(HttpContext context) => context.Items.TryGetValue(typeof(Visitors), out var given) ? (Guid)given! : Guid.TryParseExact(context.Request.Cookies[site.CookieName("device")], "N", out var device) ? device : null;
}
