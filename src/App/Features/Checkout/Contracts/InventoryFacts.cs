namespace App.Features.Checkout.Contracts;

/// <summary>Places of one kind: each takes one of every quota named. With seats, as many as they are, each by name.</summary>
public sealed record Places(Guid[] Quotas, int Count, string[]? Seats);

/// <param name="Capacity">As asked for, even when more is held or sold already: then nothing more is taken.</param>
public sealed record CapacitySet(Guid QuotaId, int Capacity, DateTimeOffset? AskedAt = null);
public sealed record SeatsOpened(Guid QuotaId, string[] Seats);

/// <summary>Not sold any more. Who holds one or bought one keeps it; given back, it isn't on sale again.</summary>
public sealed record SeatsClosed(Guid QuotaId, string[] Seats);
public sealed record PlacesHeld(Guid HoldId, Places[] Places, DateTimeOffset Until);
public sealed record HoldExtended(Guid HoldId, DateTimeOffset Until);
public sealed record HoldsEnded(Guid[] HoldIds);

/// <param name="Places">Null when the hold was alive: its places are sold. Else what was taken again for a late payment.</param>
public sealed record PlacesSold(Guid HoldId, Places[]? Places);

/// <summary>Refunded tickets' places are on sale again.</summary>
public sealed record PlacesReturned(Guid RefundId, Guid HoldId, Places[] Places);
