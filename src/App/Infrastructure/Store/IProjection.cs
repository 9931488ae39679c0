using Npgsql;

namespace App.Infrastructure.Store;

/// <summary>One stored fact as a reader of the log gets it.</summary>
public readonly record struct LogFact(Guid Stream, int Version, object Fact, DateTimeOffset At)
{
    /// <summary>Its place in the log; the beginning, where facts are told without one.</summary>
    internal LogPosition Position { get; init; }
}

/// <summary>
/// A read model over many streams, fed from the log in commit order, in batches. Gets each fact exactly once: its rows and its place in the log are one transaction.
/// Uses the facts' own times, so a rebuild draws the same picture.
/// </summary>
public interface IProjection
{
    /// <summary>Stored, and typed by operators (<c>foyer rebuild …</c>): for ever.</summary>
    string Name { get; }

    /// <summary>The tables it owns. A rebuild fills new ones beside them and swaps.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>The facts it wants; others are not even read.</summary>
    IReadOnlyList<Type> Hears { get; }

    /// <summary>Writes a batch by few statements with arrays. Tables are named through <paramref name="table"/>, since a rebuild writes to others.</summary>
    Task Apply(IReadOnlyList<LogFact> facts, Func<string, string> table, NpgsqlConnection db, CancellationToken ct);
}
