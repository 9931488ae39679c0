namespace App.Features.Events.Contracts;

public sealed record EventCreated(Guid EventId, Guid OrganizationId, string Slug, string Title, string Currency, string TimeZone, DateTimeOffset At);

/// <summary>What people read. Description is Markdown.</summary>
public sealed record EventDescribed(string Title, string Eyebrow, string Lead, string Description, string Art, string ArtText, string RefundRule, DateTimeOffset At);

public sealed record EventPlaced(string Venue, string Address, string City, DateTimeOffset At);

/// <summary>Doors and start as instants; people read them in the event's zone.</summary>
public sealed record EventDated(Guid EventId, DateTimeOffset Doors, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone, DateTimeOffset At);

public sealed record PricesRuled(int FeeRate, long FeeFlat, bool FeeOnTop, int TaxRate, string TaxName, DateTimeOffset At);

public sealed record QuotaSet(Guid EventId, Guid QuotaId, string Name, int Capacity, DateTimeOffset At);

/// <summary>All seats of a quota, by their names: each is one place, held and sold by name. None: its places have no names (any more).</summary>
public sealed record SeatsSet(Guid EventId, Guid QuotaId, string[] Seats, DateTimeOffset At);

/// <param name="Quotas">A ticket takes one place of each: its own, and any that it shares with other types.</param>
/// <param name="Amount">The promoter's price in minor units; what the buyer pays follows from the event's price rules.</param>
public sealed record TicketTypeSet(Guid TicketTypeId, string Name, string What, long Amount, Guid[] Quotas, int MaxPerOrder, int Position, bool Seated, DateTimeOffset At);

public sealed record TicketTypeRemoved(Guid TicketTypeId, DateTimeOffset At);

public sealed record SaleWindowSet(DateTimeOffset? Opens, DateTimeOffset? Closes, int HoldMinutes, DateTimeOffset At);

/// <summary>When tickets are mailed: at once, at a date, or hours before doors. The order page shows them from the first moment in any case, unless delivery waits.</summary>
public enum DeliveryKind { AtOnce, AtDate, BeforeDoors }

public sealed record DeliveryRuled(Guid EventId, DeliveryKind Kind, DateTimeOffset? Date, int? Hours, DateTimeOffset At);

/// <summary>Chosen beside an event, and its organization's from then on.</summary>
/// <param name="Hue">0 … 359.</param>
public sealed record ColourChosen(Guid EventId, Guid OrganizationId, int Hue, DateTimeOffset At);

/// <summary>A performance is a date that people come to; a conference has a schedule of its own.</summary>
public enum EventKind { Performance, Conference }

public sealed record EventKindSet(Guid EventId, EventKind Kind, DateTimeOffset At);

/// <summary>What mails speak to people who chose no language and came by no page.</summary>
/// <param name="Language">Its code.</param>
public sealed record EventLanguageSet(Guid EventId, string Language, DateTimeOffset At);

public sealed record EventPublished(Guid EventId, DateTimeOffset At);
/// <summary>What is over is kept to be read: from then on nobody signs in, buys or asks any more.</summary>
/// <param name="From">Null: not (any more).</param>
public sealed record EventArchiveSet(Guid EventId, DateTimeOffset? From, DateTimeOffset At);

public sealed record EventWithdrawn(Guid EventId, DateTimeOffset At);
