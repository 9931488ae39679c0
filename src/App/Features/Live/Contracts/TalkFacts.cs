namespace App.Features.Live.Contracts;

/// <summary>Something that people who look at a session want to see at once: whoever pushes changes to browsers hears these, and asks for the part of the page anew.</summary>
public interface ITalkFact
{
    Guid EventId { get; }
    Guid SessionId { get; }
}

/// <summary>Off: nobody asks. AtOnce: shown when asked; moderators hide what doesn't belong. Looked: shown when a moderator says so.</summary>
public enum QuestionMode { Off, AtOnce, Looked }

/// <summary>Who may say how a session was. Everybody: a device may too, once.</summary>
public enum FeedbackFrom { Nobody, Attendees, Everybody }

// One stream an event: what may be done in its sessions.

/// <param name="MinutesBefore">Before a session's start; null: at any time.</param>
public sealed record QuestionsRuled(Guid EventId, QuestionMode Mode, int? MinutesBefore, int MinutesAfter, DateTimeOffset At);

public sealed record FeedbackRuled(Guid EventId, FeedbackFrom From, DateTimeOffset At);

/// <summary>A session is interpreted into a language. Set again: at another address.</summary>
/// <param name="ChannelId">Follows from the session and the language.</param>
/// <param name="Url">Where the provider lets people listen.</param>
public sealed record ChannelSet(Guid EventId, Guid SessionId, Guid ChannelId, string Language, string Url, DateTimeOffset At) : ITalkFact;

public sealed record ChannelRemoved(Guid EventId, Guid SessionId, Guid ChannelId, DateTimeOffset At) : ITalkFact;

// One stream a session. Who asked and voted are ids; what was asked stands in a document, which can be erased.

/// <param name="IsShown">At once; else it waits for a moderator.</param>
public sealed record QuestionAsked(Guid EventId, Guid SessionId, Guid QuestionId, Guid Author, bool IsShown, DateTimeOffset At) : ITalkFact;

/// <param name="By">The moderator: a member of staff or an attendee.</param>
public sealed record QuestionShown(Guid EventId, Guid SessionId, Guid QuestionId, Guid By, DateTimeOffset At) : ITalkFact;

public sealed record QuestionHidden(Guid EventId, Guid SessionId, Guid QuestionId, Guid By, DateTimeOffset At) : ITalkFact;
public sealed record QuestionAnswered(Guid EventId, Guid SessionId, Guid QuestionId, Guid By, DateTimeOffset At) : ITalkFact;

/// <summary>The one that is being answered now.</summary>
/// <param name="QuestionId">Null: none.</param>
public sealed record QuestionPinned(Guid EventId, Guid SessionId, Guid? QuestionId, Guid By, DateTimeOffset At) : ITalkFact;

public sealed record QuestionVoted(Guid EventId, Guid SessionId, Guid QuestionId, Guid Person, DateTimeOffset At) : ITalkFact;
public sealed record QuestionUnvoted(Guid EventId, Guid SessionId, Guid QuestionId, Guid Person, DateTimeOffset At) : ITalkFact;

/// <summary>Its author deleted themselves.</summary>
public sealed record QuestionErased(Guid EventId, Guid SessionId, Guid QuestionId, DateTimeOffset At) : ITalkFact;

// One stream a session and person; who that is, no fact says.

/// <param name="Stars">1 to 5. Given again: what counts from here on.</param>
public sealed record FeedbackGiven(Guid EventId, Guid SessionId, Guid FeedbackId, int Stars, DateTimeOffset At) : ITalkFact;
