using System.Buffers.Text;
using System.Security.Cryptography;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Registration;

/// <param name="Number">By which its owner ends it; it opens nothing.</param>
/// <param name="Way">See <see cref="SignInAttendee"/>.</param>
public sealed record AttendeeSession(Guid Number, string Browser, string Way, DateTimeOffset StartedAt, DateTimeOffset SeenAt);

/// <summary>
/// Sign-ins of attendees: a cookie of each conference that names a row (security.md S20). The row is looked at with each request; without it the cookie is worth nothing. New with each sign-in, over after 30 days without use, or 90 in all.
/// </summary>
public sealed class AttendeeSessions(EventStore store, QuerySession db, MessageBus bus, SiteOptions site, TimeProvider clock)
{
    public static readonly TimeSpan Idle = TimeSpan.FromDays(30), Longest = TimeSpan.FromDays(90);

    sealed record Found(string Card, DateTimeOffset StartedAt, DateTimeOffset SeenAt, Guid Number);

    public async Task Start(HttpContext context, Guid eventId, Guid attendeeId, string way, Guid? device, CancellationToken ct)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        await bus.InvokeAsync(new SignInAttendee(attendeeId, eventId, SHA256.HashData(secret), IdOf(context, eventId) ?? [], BrowserName.Of(context.Request.Headers.UserAgent), way, device, Language.Current.Code), ct);
        context.Response.Cookies.Append(Cookie(eventId), Ids.ToText(secret), Options(Longest));
    }

    /// <summary>Null: nobody is signed in here, or they have no access any more.</summary>
    public async Task<(AttendeeCard Card, Guid Number)?> Find(HttpContext context, Guid eventId, CancellationToken ct)
    {
        if (IdOf(context, eventId) is not { } id) return null;
        var now = clock.GetUtcNow();
        if (await db.QueryFirst<Found>("""
            select a.data::text as card, s.started_at, s.seen_at, s.number from registration_sessions s join doc_attendee a on a.id = s.attendee_id where s.id = $1 and s.event_id = $2 and s.ends_at > $3
            """, ct, id, eventId, now) is not { } found) return null;
        // Written once an hour at the most, not with each page.
        if (found.SeenAt < now.AddHours(-1))
        {
            var ends = found.StartedAt + Longest is var last && last < now + Idle ? last : now + Idle;
            await using var command = store.Command("update registration_sessions set seen_at = $2, ends_at = $3 where id = $1", id, now, ends);
            await command.ExecuteNonQueryAsync(ct);
        }
        return AttendeeCard.Read([found.Card])[0] is { HasAccess: true } card ? (card, found.Number) : null;
    }

    public Task<IReadOnlyList<AttendeeSession>> Of(Guid attendeeId, CancellationToken ct) =>
        db.Query<AttendeeSession>("select number, browser, way, started_at, seen_at from registration_sessions where attendee_id = $1 and ends_at > $2 order by seen_at desc, number", ct, attendeeId, clock.GetUtcNow());

    public async Task SignOut(HttpContext context, Guid eventId)
    {
        if (IdOf(context, eventId) is { } id)
        {
            await using var command = store.Command("delete from registration_sessions where id = $1", id);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        Forget(context, eventId);
    }

    public void Forget(HttpContext context, Guid eventId) => context.Response.Cookies.Append(Cookie(eventId), "", Options(TimeSpan.Zero));

    /// <summary>Only of one's own.</summary>
    public async Task<bool> End(Guid attendeeId, Guid number, CancellationToken ct)
    {
        await using var command = store.Command("delete from registration_sessions where attendee_id = $1 and number = $2", attendeeId, number);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>The browser brings a sign-in, whatever it is worth.</summary>
    public bool Has(HttpContext context, Guid eventId) => context.Request.Cookies.ContainsKey(Cookie(eventId));

    string Cookie(Guid eventId) => site.CookieName("at-" + eventId.ToString("N")[^12..]);

    CookieOptions Options(TimeSpan lives) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = site.IsSecure, Path = "/", IsEssential = true, MaxAge = lives };

    byte[]? IdOf(HttpContext context, Guid eventId)
    {
        Span<byte> secret = stackalloc byte[32];
        return context.Request.Cookies[Cookie(eventId)] is { Length: 43 } text && Base64Url.DecodeFromChars(text, secret, out _, out var n) == System.Buffers.OperationStatus.Done && n == 32 ? SHA256.HashData(secret) : null;
    }
}
