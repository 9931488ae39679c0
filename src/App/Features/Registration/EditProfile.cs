using System.Collections.Frozen;
using App.Features.Checkout.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Passkeys;
using App.Infrastructure.Store;

namespace App.Features.Registration;

/// <param name="Languages">They read.</param>
/// <param name="MailLanguage">What mails speak. Null: as before.</param>
public sealed record EditProfile(Guid AttendeeId, string Name, string[] Languages, string? MailLanguage = null);

public static class EditProfileHandler
{
    public static async Task Handle(EditProfile command, DocumentSession db, CancellationToken ct)
    {
        if (await db.Load<AttendeeCard>(command.AttendeeId, ct) is not { } card) throw new Refused("registration.no-access");
        db.Store(card with { Name = command.Name, Languages = command.Languages, NamedByHand = card.NamedByHand || card.Name != command.Name, MailLanguage = command.MailLanguage ?? card.MailLanguage, MailLanguageByHand = card.MailLanguageByHand || command.MailLanguage is not null });
    }
}

/// <summary>Takes the person away for good: card, passkeys, sign-ins, links. The log keeps an id that means nobody; the reasons are closed, so that no import brings the person back.</summary>
public sealed record EraseAttendee(Guid AttendeeId);

public static class EraseAttendeeHandler
{
    public static async Task Handle(EraseAttendee command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var (stream, now) = (await db.FetchForWriting<AttendeeAccess>(command.AttendeeId, ct), clock.GetUtcNow());
        if (stream.State.IsErased || await db.Load<AttendeeCard>(command.AttendeeId, ct) is not { } card) return;
        foreach (var ticket in stream.State.Grounds.Select(TicketGround.TicketOf).OfType<Guid>()) await TicketHolder.Forget(ticket, typed => EmailAddress.Normalise(typed) == card.Email, db, ct);
        await ClosedGrounds.Close(stream, "erased", db, now, ct);
        stream.Append(new AttendeeErased(stream.State.EventId, stream.State.Id, now));
        db.Delete<AttendeeCard>(card.Id);
        await PasskeyStore.RemoveAll(card.Id, db, ct);
        await db.Execute("delete from registration_sessions where attendee_id = $1", ct, card.Id);
        await db.Execute("delete from registration_sign_ins where event_id = $1 and email = $2", ct, card.EventId, card.Email);
    }
}

/// <summary>An organizer closes every reason somebody has now; a new ticket or an invitation opens the door again.</summary>
public sealed record TakeAccessAway(Guid EventId, Guid AttendeeId);

public static class TakeAccessAwayHandler
{
    public static async Task Handle(TakeAccessAway command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<AttendeeAccess>(command.AttendeeId, ct);
        if (await db.Load<AttendeeCard>(command.AttendeeId, ct) is not { } card || card.EventId != command.EventId) throw new Refused("registration.no-such-attendee");
        await ClosedGrounds.Close(stream, "taken-away", db, clock.GetUtcNow(), ct);
        db.Store(card with { Grounds = [] });
    }
}

/// <summary>Reasons that count no more, by their keys: ids of tickets, never of people.</summary>
static class ClosedGrounds
{
    public static async Task Close(EventStream<AttendeeAccess> stream, string cause, DocumentSession db, DateTimeOffset now, CancellationToken ct)
    {
        string[] keys = [.. stream.State.Grounds.Select(g => g.Key)];
        foreach (var key in keys) stream.Append(AttendeeAccess.End(stream.State, key, cause, now));
        await db.Execute("insert into registration_closed_grounds (key, cause, closed_at) select key, $2, $3 from unnest($1::text[]) key on conflict do nothing", ct, keys, cause, now);
    }

    /// <param name="asked">By the person themselves, just now: then a reason counts again that they closed by deleting themselves.</param>
    public static async Task<IReadOnlyList<AccessGround>> Open(IReadOnlyList<AccessGround> grounds, bool asked, QuerySession db, CancellationToken ct)
    {
        string[] keys = [.. grounds.Select(g => g.Key)], causes = asked ? ["taken-away"] : ["taken-away", "erased"];
        var closed = (await db.Query<string>("select key from registration_closed_grounds where key = any($1) and cause = any($2)", ct, keys, causes)).ToFrozenSet();
        return closed.Count == 0 ? grounds : [.. grounds.Where(g => !closed.Contains(g.Key))];
    }
}
