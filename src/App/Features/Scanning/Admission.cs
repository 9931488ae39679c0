using App.Features.Scanning.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Scanning;

/// <summary>Whether a ticket's holder is in. Two doors at once meet at this stream's version: one of them opens.</summary>
public sealed record Admission(bool IsIn, string Gate, DateTimeOffset At) : IEventSourced<Admission>
{
    public static Admission Empty { get; } = new(false, "", default);

    public static Guid IdOf(Guid ticketId) => Ids.From(ticketId, "admission");

    public static Admission Evolve(Admission s, object fact) => fact switch
    {
        TicketAdmitted e => new(true, e.Gate, e.At),
        AdmissionUndone => s with { IsIn = false },
        _ => s,
    };
}
