using App.Features.Scanning.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Scanning;

public sealed record UndoAdmission(Guid EventId, Guid TicketId, string By);

public static class UndoAdmissionHandler
{
    public static async Task Handle(UndoAdmission command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        if (await Tickets.Contracts.IssuedTicket.Find(command.TicketId, db, ct) is not { } ticket || ticket.EventId != command.EventId) throw new Infrastructure.Refused("scanning.no-such-ticket");
        var admission = await db.FetchForWriting<Admission>(Admission.IdOf(command.TicketId), ct);
        admission.Append(Decide(command, admission.State, clock.GetUtcNow()));
    }

    public static object[] Decide(UndoAdmission command, Admission admission, DateTimeOffset now) =>
        admission.IsIn ? [new AdmissionUndone(command.TicketId, command.EventId, admission.Gate, command.By, now)] : []; // a second click
}
