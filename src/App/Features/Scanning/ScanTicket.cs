using App.Features.Tickets.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Scanning;

/// <summary>Who scanned what where. A device makes the id, so that an upload can be repeated until it is answered.</summary>
/// <param name="ScannedAt">By the device's clock; null for now. A time ahead of ours counts as now.</param>
public sealed record Door(Guid ScanId, Guid EventId, string Gate, string Device, string By, DateTimeOffset? ScannedAt);

/// <summary>A code as a camera or a hand-held scanner read it.</summary>
public sealed record ScanTicket(Door Door, string Text);

public static class ScanTicketHandler
{
    public static async Task<ScanResult> Handle(ScanTicket command, DocumentSession db, TicketKeys keys, TimeProvider clock, CancellationToken ct)
    {
        // A hand-held scanner ends with Enter; a space may belong to the code.
        var code = await keys.Verify(command.Text.Trim('\r', '\n', '\t'), ct);
        return await AdmitTicketHandler.Admit(command.Door, code?.TicketId, code?.Revision, db, clock, ct);
    }
}
