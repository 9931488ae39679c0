using App.Features.Checkout.Contracts;

namespace App.Features.Checkout;

/// <summary>Holds whose time is up end with the next batch, whoever caused it: the log alone says what was free when.</summary>
public static class EndHolds
{
    public static IReadOnlyList<object> Due(Inventory inventory, DateTimeOffset now)
    {
        List<Guid>? ended = null;
        foreach (var (second, holds) in inventory.Deadlines)
        {
            // A hold lives through the second it ends in, on the buyer's side of the doubt.
            if (second >= now.ToUnixTimeSeconds()) break;
            (ended ??= []).AddRange(holds);
        }
        return ended is null ? [] : [new HoldsEnded([.. ended])];
    }
}
