namespace App.Features.Scanning;

/// <summary>What the door is told. Only <c>Valid</c> opens.</summary>
public enum Verdict { Valid, AlreadyIn, Refunded, OldCode, OtherEvent, Unknown }

/// <summary>One scan, kept whatever its verdict: the same upload again is answered from here. Says nothing about a person.</summary>
/// <param name="Id">The device's own id of the scan.</param>
/// <param name="TicketId">Null when the code was none of ours.</param>
/// <param name="FirstAt">For <c>AlreadyIn</c>: when the ticket was used, and where.</param>
public sealed record Scan(Guid Id, Guid EventId, Guid? TicketId, Verdict Verdict, string Gate, string Device, string By, DateTimeOffset ScannedAt, DateTimeOffset ReceivedAt, DateTimeOffset? FirstAt, string? FirstGate);

/// <summary>The answer at the door: the scan, and the ticket it was about.</summary>
public sealed record ScanResult(Scan Scan, Tickets.Contracts.IssuedTicket? Ticket);
