using App.Infrastructure.Store;

namespace App.Infrastructure.Verification;

/// <summary>
/// Something that must be true of the whole log. Sees every fact in commit order, then says what it found wrong: one line a fault, with ids and never with personal data.
/// A new instance is made for each run.
/// </summary>
public interface IInvariant
{
    /// <summary>As in the reliability goals: I1, I2 …</summary>
    string Id { get; }
    string Says { get; }
    void Observe(LogFact fact);

    /// <summary>Asked after the last fact; may look at tables and at vendors.</summary>
    Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct);
}

public sealed record InvariantResult(string Id, string Says, IReadOnlyList<string> Faults)
{
    public bool Holds => Faults.Count == 0;
}

public sealed record VerifyReport(long Facts, IReadOnlyList<InvariantResult> Results)
{
    public bool Ok => Results.All(r => r.Holds);
}
