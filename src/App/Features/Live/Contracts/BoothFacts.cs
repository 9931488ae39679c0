namespace App.Features.Live.Contracts;

// One stream a channel: the booth from which a session is interpreted into one language. People are ids: a member of staff, or an attendee.

public sealed record BoothEntered(Guid EventId, Guid SessionId, Guid ChannelId, Guid Person, DateTimeOffset At) : ITalkFact;

/// <summary>They are still there.</summary>
public sealed record BoothSeen(Guid EventId, Guid SessionId, Guid ChannelId, Guid Person, DateTimeOffset At) : ITalkFact;

/// <param name="Lost">Nothing was heard of them for too long. Either way the microphone is free if it was theirs.</param>
public sealed record BoothLeft(Guid EventId, Guid SessionId, Guid ChannelId, Guid Person, bool Lost, DateTimeOffset At) : ITalkFact;

/// <summary>They are on air from here on, and nobody else is.</summary>
/// <param name="Until">As agreed; null: nothing was.</param>
public sealed record MikeTaken(Guid EventId, Guid SessionId, Guid ChannelId, Guid Person, DateTimeOffset? Until, DateTimeOffset At) : ITalkFact;

public sealed record MikeReleased(Guid EventId, Guid SessionId, Guid ChannelId, Guid Person, DateTimeOffset At) : ITalkFact;

/// <summary>Whoever is on air wants to be relieved for so many minutes.</summary>
public sealed record HandoverAsked(Guid EventId, Guid SessionId, Guid ChannelId, Guid Person, int Minutes, DateTimeOffset At) : ITalkFact;

/// <summary>A word to who else is in the booth; it stands in a document.</summary>
public sealed record BoothMessageSent(Guid EventId, Guid SessionId, Guid ChannelId, Guid Person, Guid MessageId, DateTimeOffset At) : ITalkFact;
