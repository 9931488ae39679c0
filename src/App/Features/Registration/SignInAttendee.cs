using App.Features.Registration.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Registration;

/// <param name="Session">SHA-256 of what the cookie carries.</param>
/// <param name="Way"><c>link</c>, <c>code</c>, <c>passkey</c> or <c>approved</c>.</param>
/// <param name="Language">Of the page where they came in, by its code.</param>
/// <param name="Replaces">The browser's sign-in before this one; empty: none.</param>
public sealed record SignInAttendee(Guid AttendeeId, Guid EventId, byte[] Session, byte[] Replaces, string Browser, string Way, Guid? Device, string Language);

public static class SignInAttendeeHandler
{
    public static async Task Handle(SignInAttendee command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var attendee = await db.FetchForWriting<AttendeeAccess>(command.AttendeeId, ct);
        if (!attendee.State.HasAccess || attendee.State.EventId != command.EventId) throw new Refused("registration.no-access");
        attendee.Append(new AttendeeSignedIn(command.EventId, command.AttendeeId, command.Device, now));
        if (await db.Load<AttendeeCard>(command.AttendeeId, ct) is { MailLanguageByHand: false } card && card.MailLanguage != command.Language) db.Store(card with { MailLanguage = command.Language });
        await db.Execute("delete from registration_sessions where id = $1 or ends_at < $2", ct, command.Replaces, now);
        await db.Execute("insert into registration_sessions (id, number, event_id, attendee_id, browser, way, started_at, seen_at, ends_at) values ($1, $2, $3, $4, $5, $6, $7, $7, $8)",
            ct, command.Session, Ids.New(now), command.EventId, command.AttendeeId, command.Browser, command.Way, now, now + AttendeeSessions.Idle);
    }
}
