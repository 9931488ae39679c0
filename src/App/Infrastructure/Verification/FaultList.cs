namespace App.Infrastructure.Verification;

/// <summary>The first twenty faults by name, the others by number: a broken log must not become a broken report.</summary>
public sealed class FaultList
{
    const int Most = 20;
    readonly List<string> first = [];
    long more;

    public void Add(string fault)
    {
        if (first.Count < Most) first.Add(fault); else more++;
    }

    public IReadOnlyList<string> ToList() => more == 0 ? first : [.. first, $"and {more} more"];
}
