using App.Infrastructure.Store;

namespace App.Features.Registration.Contracts;

/// <summary>People who have access to a conference. Personal: read when something is sent to them, never copied.</summary>
public static class AttendeeList
{
    public static async Task<IReadOnlyList<Attendee>> Of(Guid eventId, QuerySession db, CancellationToken ct) =>
        [.. (await AttendeeCard.Of(eventId, db, ct)).Where(c => c.HasAccess).Select(c => c.ToAttendee())];

    /// <summary>Null: nobody, or without access any more.</summary>
    public static async Task<Attendee?> Find(Guid attendeeId, QuerySession db, CancellationToken ct) =>
        await db.Load<AttendeeCard>(attendeeId, ct) is { HasAccess: true } card ? card.ToAttendee() : null;
}
