using App.Infrastructure.Store;

namespace App.Infrastructure.Messaging;

/// <summary>What a slice may know of its messages that gave up: whom they are about. They are few, or the works are on fire.</summary>
public static class GivenUp
{
    /// <param name="field">Of the message's body, as it is stored; an id.</param>
    /// <param name="types">Stored names of messages or facts.</param>
    public static Task<IReadOnlyList<Guid>> About(string field, string[] types, QuerySession db, CancellationToken ct) =>
        db.Query<Guid>("select distinct (body ->> $1)::uuid from messages where dead is not null and type = any($2)", ct, field, types);
}
