using App.Features.Tickets.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Scanning;

public sealed record GateNumbers(string Gate, long Entries);

/// <summary>How full the house is: a second old at the most.</summary>
/// <param name="Left">Valid tickets whose holders aren't in. Never below zero, also when somebody came in before the refund.</param>
public sealed record DoorNumbers(long In, long Left, IReadOnlyList<GateNumbers> Gates)
{
    public static async Task<DoorNumbers> Of(Guid eventId, QuerySession db, CancellationToken ct)
    {
        var gates = await db.Query<GateNumbers>("select gate, sum(entries - undone)::bigint as entries from scanning_minutes where event_id = $1 group by gate order by gate", ct, eventId);
        var (inside, valid) = (gates.Sum(g => g.Entries), await IssuedTicket.CountOf(eventId, db, ct));
        return new(inside, Math.Max(0, valid - inside), gates);
    }
}
