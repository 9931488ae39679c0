namespace App.Features.Schedule.Import;

/// <summary>Which sessions are meant by what a source says of them: a code, a guid, or an address with one of these or a session's own address part in its path. What leads nowhere here is said, and left out.</summary>
sealed class RecommendedSessions
{
    const int Most = 6;
    readonly Dictionary<string, Guid> known = new(StringComparer.OrdinalIgnoreCase);
    readonly ImportWarnings warnings;

    public RecommendedSessions(IEnumerable<(Guid Id, string[] Keys, string Slug)> sessions, ImportWarnings warnings)
    {
        this.warnings = warnings;
        foreach (var (id, keys, slug) in sessions)
        {
            known.TryAdd(id.ToString(), id);
            foreach (var key in keys.Where(k => k.StartsWith("code:", StringComparison.Ordinal) || k.StartsWith("guid:", StringComparison.Ordinal))) known.TryAdd(key[5..], id);
            if (slug.Length > 0) known.TryAdd(slug, id);
        }
    }

    /// <summary>Each once and never itself.</summary>
    public Guid[] Of(SourceSession session, Guid id)
    {
        var found = new List<Guid>();
        foreach (var said in session.Recommended)
        {
            if (Find(said) is not { } meant) warnings.Add(Warn.NoSuchSession, $"{session.Details.Title}: {said}");
            else if (meant != id && !found.Contains(meant)) found.Add(meant);
        }
        return [.. found.Take(Most)];
    }

    Guid? Find(string said)
    {
        if (known.TryGetValue(said, out var id)) return id;
        if (!Uri.TryCreate(said, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http")) return null;
        // The last part that names one: what stands before it is the event's.
        foreach (var part in uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
            if (known.TryGetValue(Uri.UnescapeDataString(part), out id)) return id;
        return null;
    }
}
