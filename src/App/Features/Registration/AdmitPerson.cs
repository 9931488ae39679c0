using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Registration;

/// <param name="Email">Normalised.</param>
/// <param name="Welcome">How to greet somebody who had no access before: <c>welcome</c> or <c>invited</c>; null: not at all.</param>
public sealed record AdmitPerson(Guid EventId, string Email, string Name, AccessGround[] Grounds, string? Welcome = null);

public static class AdmitPersonHandler
{
    public static async Task Handle(AdmitPerson command, DocumentSession db, SignIns signIns, TimeProvider clock, CancellationToken ct)
    {
        var (_, isNew) = await Admissions.Admit(command.EventId, command.Email, command.Name, command.Grounds, db, clock.GetUtcNow(), ct);
        if (isNew && command.Welcome is { } kind) await signIns.Greet(command.EventId, command.Email, kind, db, ct);
    }
}

public sealed record EndAccess(Guid AttendeeId, string[] Keys, string Cause);

public static class EndAccessHandler
{
    public static Task Handle(EndAccess command, DocumentSession db, TimeProvider clock, CancellationToken ct) => Admissions.End(command.AttendeeId, command.Keys, command.Cause, db, clock.GetUtcNow(), ct);
}

/// <summary>An organizer lets somebody in by hand.</summary>
public sealed record InviteAttendee(Guid EventId, string Email, string Name);

public static class InviteAttendeeHandler
{
    public static async Task Handle(InviteAttendee command, DocumentSession db, EventCatalogue events, SignIns signIns, TimeProvider clock, CancellationToken ct)
    {
        if (EmailAddress.Normalise(command.Email) is not { } email) throw new Refused("registration.not-an-address");
        var card = await AttendeeCard.Find(command.EventId, email, db, ct);
        if (card?.Grounds.Any(g => g.Kind == GroundKind.Invitation) == true) throw new Refused("registration.already-invited");
        var now = clock.GetUtcNow();
        if (await events.IsArchived(command.EventId, now)) throw new Refused("registration.archived");
        await Admissions.Admit(command.EventId, email, command.Name, [new(GroundKind.Invitation, $"invitation:{Ids.New(now)}")], db, now, ct);
        await signIns.Greet(command.EventId, email, "invited", db, ct);
    }
}
