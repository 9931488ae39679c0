using App.Infrastructure.Store;

namespace App.Features.Events.Contracts;

public static class CurrentEvents
{
    /// <summary>Events that aren't over since more than a day, published or not.</summary>
    public static Task<IReadOnlyList<Guid>> Ids(DateTimeOffset now, QuerySession db, CancellationToken ct) =>
        db.Query<Guid>("select id from doc_event_card where (data ->> 'ends')::timestamptz > $1", ct, now.AddDays(-1));
}
