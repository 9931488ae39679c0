using App.Infrastructure.Store;

namespace App.Features.Live.Feedback;

/// <summary>How often a session was given each number of stars.</summary>
/// <param name="Spread">Of one star first.</param>
public sealed record FeedbackFigures(Guid SessionId, IReadOnlyList<int> Spread)
{
    sealed record Row(Guid SessionId, int Stars, int Count);

    public int Count => Spread.Sum();

    /// <summary>1 to 5; 0: nobody said anything.</summary>
    public double Average => Count == 0 ? 0 : Spread.Select((n, i) => n * (i + 1.0)).Sum() / Count;

    public static async Task<IReadOnlyDictionary<Guid, FeedbackFigures>> Of(Guid eventId, QuerySession db, CancellationToken ct)
    {
        var rows = await db.Query<Row>("select session_id, stars, count(*)::int as count from doc_feedback where event_id = $1 group by session_id, stars", ct, eventId);
        return rows.GroupBy(r => r.SessionId).ToDictionary(g => g.Key, g => new FeedbackFigures(g.Key, [.. Enumerable.Range(1, 5).Select(n => g.Where(r => r.Stars == n).Sum(r => r.Count))]));
    }
}

/// <summary>What somebody said, without who.</summary>
public sealed record FeedbackComment(Guid SessionId, int Stars, string Comment, long AtMs)
{
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(AtMs);

    /// <param name="sessionId">Null: of all sessions.</param>
    /// <param name="wordsOnly">Without those that are only stars.</param>
    public static Task<IReadOnlyList<FeedbackComment>> Of(Guid eventId, Guid? sessionId, bool wordsOnly, int most, QuerySession db, CancellationToken ct) => db.Query<FeedbackComment>("""
        select session_id, stars, data ->> 'comment' as comment, at as at_ms from doc_feedback
        where event_id = $1 and ($2::uuid is null or session_id = $2) and (not $3 or data ->> 'comment' <> '') order by at desc, id limit $4
        """, ct, eventId, sessionId, wordsOnly, most);
}
