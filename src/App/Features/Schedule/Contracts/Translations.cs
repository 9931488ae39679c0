namespace App.Features.Schedule.Contracts;

/// <summary>The language of a text that stands beside this, and the same in others. No such thing beside it: nobody has said what language it is in.</summary>
/// <param name="Of">Its code, as in BCP 47.</param>
/// <param name="In">By code. A text that isn't there in a language is missing, never empty.</param>
public sealed record Translations(string Of, IReadOnlyDictionary<string, string> In)
{
    const int Most = 40;

    /// <summary>Of a text in one or more languages, the one that is stored as the text itself (the preferred, else the first), and the others. Nothing at all: an empty text.</summary>
    public static (string Text, Translations? Others) Chosen(IEnumerable<KeyValuePair<string, string>> all, params ReadOnlySpan<string> preferred)
    {
        var said = all.Where(p => p.Key.Length > 0 && p.Value.Length > 0).DistinctBy(p => p.Key).Take(Most).ToDictionary(StringComparer.Ordinal);
        if (said.Count == 0) return ("", null);
        var of = said.Keys.First();
        for (var i = preferred.Length - 1; i >= 0; i--) of = Match(said.Keys, preferred[i]) ?? of;
        var text = said[of];
        said.Remove(of);
        return (text, new(of, Sorted(said)));
    }

    /// <summary>With this one changed, or (empty) without it. Null: nothing is known any more that is worth keeping.</summary>
    public static Translations? With(Translations? had, string of, string language, string text)
    {
        var all = new Dictionary<string, string>(had?.In ?? Sorted([]), StringComparer.Ordinal);
        if (text.Length > 0) all[language] = text; else all.Remove(language);
        return all.Count == 0 && had is null ? null : new(had?.Of ?? of, Sorted(all));
    }

    /// <summary>What somebody reads of a text: in their language, else in the conference's, else as it is.</summary>
    /// <returns>And the language of that; empty: nobody has said.</returns>
    public static (string Text, string Language) Pick(string text, Translations? translations, string wanted, string otherwise)
    {
        if (translations is not { } t) return (text, "");
        foreach (var language in (ReadOnlySpan<string>)[wanted, otherwise])
        {
            if (text.Length > 0 && Is(t.Of, language)) return (text, t.Of);
            if (Match(t.In.Keys, language) is { } key) return (t.In[key], key);
        }
        return text.Length > 0 || t.In.Count == 0 ? (text, t.Of) : (t.In.First().Value, t.In.First().Key);
    }

    /// <summary>In all languages, each with its own.</summary>
    public IEnumerable<KeyValuePair<string, string>> All(string text) => text.Length > 0 ? In.Prepend(new(Of, text)) : In;

    public string? Find(string language) => Match(In.Keys, language) is { } key ? In[key] : null;

    /// <summary>de-AT is German for who asks for de.</summary>
    public static bool Is(string code, string language) => language.Length > 0 && (code == language || (code.Length > language.Length && code[language.Length] == '-' && code.StartsWith(language, StringComparison.Ordinal)));

    static string? Match(IEnumerable<string> codes, string language) => codes.FirstOrDefault(c => c == language) ?? codes.FirstOrDefault(c => Is(c, language));

    static SortedDictionary<string, string> Sorted(Dictionary<string, string> all) => new(all, StringComparer.Ordinal);

    // Compared by what it says.
    public bool Equals(Translations? other) => other is not null && Of == other.Of && In.Count == other.In.Count && In.All(p => other.In.TryGetValue(p.Key, out var text) && text == p.Value);
    public override int GetHashCode() => HashCode.Combine(Of, In.Count);
}
