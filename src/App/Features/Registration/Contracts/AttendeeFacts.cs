namespace App.Features.Registration.Contracts;

/// <summary>What gives access to a conference. Ticket: bought here. Invitation: an organizer let them in by hand.</summary>
public enum GroundKind { Ticket, Tito, Speaker, Admin, Invitation }

/// <summary>One reason for access; a person may have several and keeps access until the last one ends.</summary>
/// <param name="Key">The same for the same reason, however often we are told.</param>
/// <param name="Name">The ticket type's name; empty for other kinds.</param>
public sealed record AccessGround(GroundKind Kind, string Key, string Name = "", Guid? TicketTypeId = null);

/// <summary>There is a reason (or a further one) for letting this person in. Who that is stands in a document under the attendee's id.</summary>
public sealed record AttendeeAdmitted(Guid EventId, Guid AttendeeId, AccessGround Ground, DateTimeOffset At);

/// <summary>A reason ended; access ends with the last one.</summary>
/// <param name="Cause"><c>voided</c>, <c>refunded</c>, <c>reassigned</c>, <c>not-speaking</c>, <c>not-staff</c>, <c>taken-away</c> or <c>erased</c>.</param>
/// <param name="HasAccess">For another reason.</param>
public sealed record AttendeeAccessEnded(Guid EventId, Guid AttendeeId, AccessGround Ground, string Cause, bool HasAccess, DateTimeOffset At);

/// <summary>Somebody proved who they are: what was saved on the device is theirs from now on.</summary>
/// <param name="Device">The browser's number, if it has one.</param>
public sealed record AttendeeSignedIn(Guid EventId, Guid AttendeeId, Guid? Device, DateTimeOffset At);

/// <summary>The person deleted themselves: others let go of what they keep under this id.</summary>
public sealed record AttendeeErased(Guid EventId, Guid AttendeeId, DateTimeOffset At);
