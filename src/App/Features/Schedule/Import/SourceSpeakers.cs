using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Import;

/// <summary>Persons, each once: by code, guid, number or, where a source gives none of them, by name.</summary>
sealed class SourceSpeakers
{
    readonly RawSchedule raw;
    readonly SourceTexts texts;
    readonly ImportWarnings warnings;
    readonly Dictionary<string, SourceSpeaker> all = new(StringComparer.Ordinal);
    readonly Dictionary<string, RawPerson> words = new(StringComparer.Ordinal);

    public SourceSpeakers(RawSchedule raw, SourceTexts texts, ImportWarnings warnings)
    {
        (this.raw, this.texts, this.warnings) = (raw, texts, warnings);
        foreach (var person in raw.Persons)
            if (Keys(person) is [var key, ..]) words.TryAdd(key, person);
    }

    public IReadOnlyList<SourceSpeaker> All => [.. all.Values];

    /// <summary>Empty: nobody can say who that is.</summary>
    public string Key(RawPerson person)
    {
        if (Keys(person) is not [var key, ..] keys) { warnings.Add(Warn.NoName, "a person without name and identifier"); return ""; }
        var known = words.GetValueOrDefault(key);
        // Files made of several sources count persons from 1 several times: a number that means two names means two persons.
        if (key.StartsWith("id:", StringComparison.Ordinal) && person.Name.Trim().Length > 0 && all.TryGetValue(key, out var other) && !other.Name.Equals(texts.Line(person.Name, 200), StringComparison.OrdinalIgnoreCase)) keys = [key = $"{key}:{texts.Line(person.Name, 200)}"];
        if (all.TryGetValue(key, out var had))
        {
            // Some sources tell more of a person at one session than at another.
            if (had.Biography.Length == 0 && person.Biography.Length > 0)
            {
                var (told, others) = texts.Each(person.Biography, person.Biographies, null, t => texts.Markdown(t, key));
                all[key] = had with { Biography = told, Biographies = others };
            }
            return key;
        }
        var extra = raw.Extras?.Speakers.GetValueOrDefault(person.Guid);
        var name = texts.Line(First(person.Name, known?.Name ?? ""), 200);
        if (name.Length == 0) { warnings.Add(Warn.NoName, key); return ""; }
        var (biography, biographies) = texts.Each(extra?.Biography ?? First(person.Biography, known?.Biography ?? ""), person.Biography.Trim().Length > 0 ? person.Biographies : known?.Biographies, extra?.Biographies, t => texts.Markdown(t, key));
        var (role, roles) = texts.Each(extra?.Role ?? First(person.Role, known?.Role ?? ""), null, extra?.Roles, t => texts.Line(t, 200));
        all[key] = new(keys, name, biography, role,
            texts.Address(extra?.Image ?? First(person.Image, known?.Image ?? "")), extra is not null ? texts.Links(extra.Links, 20, key) : Links(person.Links is { Count: > 0 } own ? own : known?.Links ?? [], key)) { Email = texts.Line(First(person.Email, known?.Email ?? ""), 254), Biographies = biographies, Roles = roles };
        return key;
    }

    SessionLink[] Links(IReadOnlyList<RawLink> links, string key) => [.. links.Take(20).Select(l => texts.Link(l, key)).OfType<SessionLink>()];

    string[] Keys(RawPerson p)
    {
        var keys = new List<string>();
        if (p.Code.Length > 0) keys.Add("code:" + p.Code);
        if (p.Guid.Length > 0) keys.Add("guid:" + p.Guid.ToLowerInvariant());
        if (keys.Count == 0 && p.Id.Length > 0) keys.Add("id:" + p.Id);
        if (keys.Count == 0 && p.Name.Trim().Length > 0) keys.Add("name:" + texts.Line(p.Name, 200));
        return [.. keys.Select(SourceTexts.Visible)];
    }

    static string First(string a, string b) => a.Trim().Length > 0 ? a : b;
}
