using System.Globalization;
using App.Features.Shared;

namespace App.Features.Scanning;

/// <summary>What the screen says about a scan: two words, who, why, what to do. The same whether a script shows it or a page.</summary>
/// <param name="Kind">go, ask or stop: shape, colour, sound and vibration follow from it.</param>
/// <param name="Undo">The ticket that may be taken back.</param>
public sealed record DoorVerdict(string Kind, string Words, string Who, string Note, string Gate, string Clock, Guid? Undo)
{
    public static DoorVerdict Of(ScanResult result, string? name, string timeZone)
    {
        var (scan, ticket) = (result.Scan, result.Ticket);
        string At(DateTimeOffset at) => EventTime.Of(at, timeZone).Local.ToString("HH:mm", CultureInfo.InvariantCulture);
        var who = ticket is null ? "" : string.Join(", ", new[] { name, ticket.Kind, ticket.Seat is { } seat ? $"seat {seat}" : null }.OfType<string>());
        var (kind, words, note) = scan.Verdict switch
        {
            Verdict.Valid => ("go", "Come in", ticket!.OfTotal > 1 ? $"{ticket.Number} of {ticket.OfTotal} in this order." : ""),
            Verdict.AlreadyIn => ("ask", "Already in", $"Came in at {At(scan.FirstAt!.Value)}, {scan.FirstGate}. Check the name, then send to the desk or let in by hand."),
            Verdict.OldCode => ("ask", "Old code", "This ticket has a newer code. Ask for the newest mail or the order’s page."),
            Verdict.OtherEvent => ("stop", "No entry", "This ticket is for another event."),
            Verdict.Refunded => ("stop", "No entry", $"Refunded{(ticket?.RevokedAt is { } at ? $" on {EventTime.Of(at, timeZone).Date}" : "")}. The money went back to the buyer. Send to the desk."),
            _ => ("stop", "No entry", "Not a ticket of ours. Ask for the code in the mail, or find them by name."),
        };
        // Another event's ticket says nothing about its holder.
        if (scan.Verdict is Verdict.OtherEvent) who = "";
        return new(kind, words, who, note, scan.Gate, EventTime.Of(scan.ScannedAt, timeZone).Local.ToString("HH:mm:ss", CultureInfo.InvariantCulture), scan.Verdict == Verdict.Valid ? ticket!.TicketId : null);
    }
}
