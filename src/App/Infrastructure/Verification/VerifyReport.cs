using System.Globalization;

namespace App.Infrastructure.Verification;

public sealed record InvariantResult(string Id, string Says, IReadOnlyList<string> Faults)
{
    public bool Holds => Faults.Count == 0;
}

/// <summary>What a run found: one line an invariant, faults below theirs.</summary>
public sealed record VerifyReport(long Facts, TimeSpan Took, IReadOnlyList<InvariantResult> Results)
{
    public bool Ok => Results.All(r => r.Holds);

    public void WriteTo(TextWriter text)
    {
        foreach (var r in Results)
        {
            text.WriteLine($"{(r.Holds ? "ok    " : "FAILED")}  {r.Id,-4} {r.Says}");
            foreach (var fault in r.Faults) text.WriteLine($"             {fault}");
        }
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(Ok ? "ok" : "FAILED")}: {Facts:N0} facts, {Results.Count} invariants, {Took.TotalSeconds:F1} s"));
    }
}
