using App.Features.Scanning.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Scanning;

/// <summary>Whether a ticket's holder is in. Two doors at once meet at this stream's version: one of them opens.</summary>
/// <param name="ScanId">Of the scan that let them in: sent twice at once, both are answered alike.</param>
public sealed record Admission(bool IsIn, string Gate, DateTimeOffset At, Guid ScanId) : IEventSourced<Admission>
{
    public static Admission Empty { get; } = new(false, "", default, Guid.Empty);

    public static Guid IdOf(Guid ticketId) => Ids.From(ticketId, "admission");

    public static Admission Evolve(Admission s, object fact) => fact switch
    {
        TicketAdmitted e => new(true, e.Gate, e.At, e.ScanId),
        AdmissionUndone => s with { IsIn = false },
        _ => s,
    };
}
