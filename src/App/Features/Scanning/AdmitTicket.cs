using App.Features.Scanning.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Scanning;

/// <summary>A ticket that was found by name, without its code.</summary>
public sealed record AdmitTicket(Door Door, Guid TicketId);

public static class AdmitTicketHandler
{
    const int LongestName = 80;

    public static Task<ScanResult> Handle(AdmitTicket command, DocumentSession db, TimeProvider clock, CancellationToken ct) =>
        Admit(command.Door, command.TicketId, null, db, clock, ct);

    /// <param name="revision">Of the code that was shown; null when none was.</param>
    public static async Task<ScanResult> Admit(Door door, Guid? ticketId, int? revision, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        if (door.Gate.Length is 0 or > LongestName || door.Device.Length > LongestName) throw new Refused("scanning.no-such-gate");
        var ticket = ticketId is { } id ? await IssuedTicket.Find(id, db, ct) : null;
        if (await db.Load<Scan>(door.ScanId, ct) is { } before) return Answer(before, door, ticket);

        var now = clock.GetUtcNow();
        var at = door.ScannedAt < now ? door.ScannedAt.Value : now;
        Scan scan;
        if (Refuse(door, ticket, revision) is { } no) scan = Kept(no, default);
        else
        {
            var admission = await db.FetchForWriting<Admission>(Admission.IdOf(ticket!.TicketId), ct);
            var state = admission.State;
            // A remembered "in" may have been undone at another door: before a no, read again. If that changes the answer, saving finds us stale and all is decided once more.
            if (state.IsIn) (state, _) = await db.FoldFresh<Admission>(admission.Id, ct);
            if (!state.IsIn) admission.Append([new TicketAdmitted(ticket.TicketId, door.EventId, door.Gate, door.Device, door.ScanId, door.By, at)]);
            scan = Kept(state.IsIn && state.ScanId != door.ScanId ? Verdict.AlreadyIn : Verdict.Valid, state);
        }
        db.Store(scan);
        return new(scan, ticket);

        Scan Kept(Verdict verdict, Admission? first) => new(door.ScanId, door.EventId, ticket?.TicketId, verdict, door.Gate, door.Device, door.By, at, now,
            verdict == Verdict.AlreadyIn ? first!.At : null, verdict == Verdict.AlreadyIn ? first!.Gate : null);
    }

    /// <summary>Why this door stays shut whoever is in, or null. Another event's ticket is told apart only for the same order's sake: it names nothing.</summary>
    public static Verdict? Refuse(Door door, IssuedTicket? ticket, int? revision) => ticket switch
    {
        null => Verdict.Unknown,
        _ when ticket.EventId != door.EventId => Verdict.OtherEvent,
        { RevokedAt: not null } => Verdict.Refunded,
        _ when revision < ticket.Revision => Verdict.OldCode,
        _ => null,
    };

    /// <summary>An id that was used for something else is a fault of the device's, not a scan.</summary>
    static ScanResult Answer(Scan before, Door door, IssuedTicket? ticket) =>
        before.EventId == door.EventId && before.TicketId == ticket?.TicketId ? new(before, ticket) : throw new Refused("scanning.scan-id-used");
}
