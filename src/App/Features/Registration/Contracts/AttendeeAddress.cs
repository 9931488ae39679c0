using App.Infrastructure.Store;

namespace App.Features.Registration.Contracts;

/// <summary>Where somebody with access is written to. Personal: read when a mail goes out, never copied into a fact.</summary>
public sealed record AttendeeAddress(string Email, string Name)
{
    /// <summary>Null: they have no access any more, or deleted themselves.</summary>
    public static Task<AttendeeAddress?> Of(Guid attendeeId, QuerySession db, CancellationToken ct) =>
        db.QueryFirst<AttendeeAddress>("select email, data ->> 'name' as name from doc_attendee where id = $1 and data -> 'grounds' <> '[]'", ct, attendeeId);
}
