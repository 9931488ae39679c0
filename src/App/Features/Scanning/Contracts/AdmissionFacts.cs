namespace App.Features.Scanning.Contracts;

/// <summary>Somebody came in on this ticket.</summary>
/// <param name="ScanId">The device's own id of the scan: the same upload again is the same scan.</param>
/// <param name="By">The member at the door.</param>
/// <param name="At">When it was scanned, as far as the device's clock can be believed; never later than it reached us.</param>
public sealed record TicketAdmitted(Guid TicketId, Guid EventId, string Gate, string Device, Guid ScanId, string By, DateTimeOffset At);

/// <summary>Let in by mistake: the ticket opens once more.</summary>
/// <param name="Gate">Where the admission had been.</param>
public sealed record AdmissionUndone(Guid TicketId, Guid EventId, string Gate, string By, DateTimeOffset At);
