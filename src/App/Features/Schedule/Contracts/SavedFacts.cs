namespace App.Features.Schedule.Contracts;

// One stream a person and conference. A person is an attendee, or the number of a browser that nobody has signed in on.

/// <param name="Seen">Times and rooms as the person knew them: what differs later is news to them.</param>
/// <param name="Speaker">Whom they follow, whose new session it is: it came onto their list by itself. Null: they put it there.</param>
public sealed record SessionSaved(Guid EventId, Guid Person, Guid SessionId, SessionSlot[] Seen, DateTimeOffset At, Guid? Speaker = null);

public sealed record SessionUnsaved(Guid EventId, Guid Person, Guid SessionId, DateTimeOffset At);

/// <summary>The person has read what changed.</summary>
public sealed record SessionNewsSeen(Guid EventId, Guid Person, Guid SessionId, SessionSlot[] Seen, DateTimeOffset At);

/// <summary>All that they speak in comes onto the person's list, also what is added later.</summary>
public sealed record SpeakerFollowed(Guid EventId, Guid Person, Guid SpeakerId, DateTimeOffset At);

/// <summary>What is on the list stays there.</summary>
public sealed record SpeakerUnfollowed(Guid EventId, Guid Person, Guid SpeakerId, DateTimeOffset At);

/// <summary>Feed: for calendars, forever. Share: for friends, read-only.</summary>
public enum ScheduleLinkKind { Feed, Share }

/// <param name="Generation">Goes up each time, so that what was revoked never opens again.</param>
public sealed record ScheduleLinkOpened(Guid EventId, Guid Person, ScheduleLinkKind Kind, int Generation, DateTimeOffset At);

public sealed record ScheduleLinkRevoked(Guid EventId, Guid Person, ScheduleLinkKind Kind, DateTimeOffset At);

// One stream a session with a capacity.

/// <param name="Waited">It came free while they waited for it.</param>
public sealed record PlaceTaken(Guid EventId, Guid SessionId, Guid Person, bool Waited, DateTimeOffset At);

public sealed record PlaceReleased(Guid EventId, Guid SessionId, Guid Person, DateTimeOffset At);
public sealed record WaitingJoined(Guid EventId, Guid SessionId, Guid Person, DateTimeOffset At);
public sealed record WaitingLeft(Guid EventId, Guid SessionId, Guid Person, DateTimeOffset At);
