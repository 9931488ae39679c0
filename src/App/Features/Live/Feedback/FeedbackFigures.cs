using App.Infrastructure.Store;

namespace App.Features.Live.Feedback;

/// <summary>How often a session was given each number of stars: by people who were signed in, and by devices on which nobody was. The two are never added up: one person has one sign-in, and as many devices as they like.</summary>
/// <param name="People">Of one star first.</param>
/// <param name="Devices">Of one star first.</param>
public sealed record FeedbackFigures(Guid SessionId, IReadOnlyList<int> People, IReadOnlyList<int> Devices)
{
    sealed record Row(Guid SessionId, int Stars, bool SignedIn, int Count);

    /// <summary>Devices alone have said something.</summary>
    public bool IsOfDevices => People.Sum() == 0;

    /// <summary>What is shown first: people's, and devices' only where there is nothing else.</summary>
    public IReadOnlyList<int> Spread => IsOfDevices ? Devices : People;
    public int Count => Spread.Sum();

    /// <summary>1 to 5; 0: nobody said anything.</summary>
    public double Average => AverageOf(Spread);

    public static double AverageOf(IReadOnlyList<int> spread) => spread.Sum() == 0 ? 0 : spread.Select((n, i) => n * (i + 1.0)).Sum() / spread.Sum();

    public static async Task<IReadOnlyDictionary<Guid, FeedbackFigures>> Of(Guid eventId, QuerySession db, CancellationToken ct)
    {
        var rows = await db.Query<Row>("select session_id, stars, signed_in, count(*)::int as count from doc_feedback where event_id = $1 group by session_id, stars, signed_in", ct, eventId);
        return rows.GroupBy(r => r.SessionId).ToDictionary(g => g.Key, g => new FeedbackFigures(g.Key, Spread(g, true), Spread(g, false)));

        static IReadOnlyList<int> Spread(IEnumerable<Row> rows, bool signedIn) => [.. Enumerable.Range(1, 5).Select(n => rows.Where(r => r.Stars == n && r.SignedIn == signedIn).Sum(r => r.Count))];
    }
}

/// <summary>What somebody said, without who.</summary>
public sealed record FeedbackComment(Guid SessionId, int Stars, string Comment, long AtMs, bool SignedIn)
{
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(AtMs);

    /// <param name="sessionId">Null: of all sessions.</param>
    /// <param name="wordsOnly">Without those that are only stars.</param>
    public static Task<IReadOnlyList<FeedbackComment>> Of(Guid eventId, Guid? sessionId, bool wordsOnly, int most, QuerySession db, CancellationToken ct) => db.Query<FeedbackComment>("""
        select session_id, stars, data ->> 'comment' as comment, at as at_ms, signed_in from doc_feedback
        where event_id = $1 and ($2::uuid is null or session_id = $2) and (not $3 or data ->> 'comment' <> '') order by at desc, id limit $4
        """, ct, eventId, sessionId, wordsOnly, most);
}
