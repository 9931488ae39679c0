using App.Infrastructure.Store;

namespace App.Infrastructure.Verification;

/// <summary>
/// Something that must be true of the whole log. Sees every fact in commit order, then says what it found wrong: one line a fault, with ids and never with personal data.
/// A new instance is made for each run. Keeps what is still open, not what was: a log of millions passes by.
/// </summary>
public interface IInvariant
{
    /// <summary>As in the reliability goals: I1, I2 …</summary>
    string Id { get; }
    string Says { get; }
    void Observe(in LogFact fact);

    /// <summary>Asked every few thousand facts: the place to work off, in parallel, what observing collected.</summary>
    ValueTask Settle(CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>Asked after the last fact; may look at tables and at vendors.</summary>
    Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct);
}
