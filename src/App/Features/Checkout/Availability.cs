using App.Features.Events.Contracts;

namespace App.Features.Checkout;

/// <summary>What a buyer is told of a ticket type's places.</summary>
/// <param name="Left">How many one may choose now: 0 when there are none.</param>
/// <param name="Said">The number when it is small enough to be worth saying.</param>
public readonly record struct Availability(int Left, int? Said)
{
    /// <summary>From here down the page counts.</summary>
    public const int Few = 10;

    public static Availability Of(TicketType type, Inventory inventory)
    {
        var free = Math.Max(0, inventory.Free(type.Quotas));
        return new(Math.Min(free, type.MaxPerOrder), free is > 0 and <= Few ? free : null);
    }
}
