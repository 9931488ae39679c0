using App.Features.Schedule.Contracts;
using App.Infrastructure;

namespace App.Features.Schedule.Import;

/// <summary>Rooms that a source lists or only mentions, found by key and by name.</summary>
sealed class SourceRooms
{
    /// <summary>Nobody's identifiers are longer: such a thing is known by its name.</summary>
    public const int LongestKey = 300;
    readonly List<SourceRoom> all = [];
    readonly Dictionary<string, string> keys = new(StringComparer.OrdinalIgnoreCase);
    readonly SourceTexts texts;

    public SourceRooms(RawSchedule raw, SourceTexts texts)
    {
        this.texts = texts;
        foreach (var room in raw.Extras?.Rooms ?? []) Add(room.Key, room.Name, room.Description, room.Capacity);
        foreach (var room in raw.Rooms) Add(room.Key.Length > 0 ? "room:" + room.Key : "", room.Name, room.Description, room.Capacity);
    }

    public IReadOnlyList<SourceRoom> All => all;

    /// <summary>Of a key or a name; one that nobody listed is a room too.</summary>
    public string Key(string room)
    {
        room = texts.Line(room, 200);
        if (room.Length == 0) return "";
        return keys.GetValueOrDefault("room:" + room) ?? keys.GetValueOrDefault(room) ?? Add("", room, "", null);
    }

    string Add(string key, string name, string description, int? capacity)
    {
        (key, name) = (SourceTexts.Visible(key), texts.Line(name, 200));
        if (name.Length == 0) return "";
        if ((key.Length > 0 && keys.TryGetValue(key, out var known)) || keys.TryGetValue(name, out known)) { keys.TryAdd(key, known); return known; }
        if (all.Count >= 500) throw new Refused("schedule.too-many-rooms", 500);
        if (key.Length is 0 or > LongestKey) key = "name:" + name;
        keys[key] = keys[name] = key;
        all.Add(new(key, name, texts.Markdown(description, name), capacity is > 0 and < 1_000_000 ? capacity : null, all.Count + 1));
        return key;
    }
}

/// <summary>Tracks, types and tags, likewise.</summary>
sealed class SourceLabels
{
    readonly List<SourceLabel> all = [];
    readonly Dictionary<(LabelKind, string), string> keys = [];
    readonly SourceTexts texts;

    public SourceLabels(RawSchedule raw, SourceTexts texts)
    {
        this.texts = texts;
        foreach (var l in raw.Extras?.Labels ?? []) Add(l.Kind, l.Key, l.Name, l.Description, l.Color, "");
        foreach (var l in raw.Labels) Add(l.Kind, l.Key.Length > 0 ? "id:" + l.Key : "", l.Name, l.Description, l.Color, l.Slug);
    }

    public IReadOnlyList<SourceLabel> All => all;

    /// <summary>Of a key, a name or an address.</summary>
    public string Key(LabelKind kind, string label)
    {
        label = texts.Line(label, 200);
        if (label.Length == 0) return "";
        return keys.GetValueOrDefault((kind, "id:" + label)) ?? keys.GetValueOrDefault((kind, label.ToUpperInvariant())) ?? Add(kind, "", label, "", "", "");
    }

    string Add(LabelKind kind, string key, string name, string description, string color, string slug)
    {
        (key, name) = (SourceTexts.Visible(key), texts.Title(name));
        if (name.Length == 0) return "";
        if ((key.Length > 0 && keys.TryGetValue((kind, key), out var known)) || keys.TryGetValue((kind, name.ToUpperInvariant()), out known)) { if (key.Length > 0) keys.TryAdd((kind, key), known); return known; }
        if (all.Count >= 2000) throw new Refused("schedule.too-many-labels", 2000);
        if (key.Length is 0 or > SourceRooms.LongestKey) key = "name:" + name;
        keys[(kind, key)] = keys[(kind, name.ToUpperInvariant())] = key;
        if (slug.Length > 0) keys.TryAdd((kind, slug.ToUpperInvariant()), key);
        all.Add(new(kind, key, name, texts.Markdown(description, name), IsColor(color) ? color.ToLowerInvariant() : "", all.Count(l => l.Kind == kind) + 1));
        return key;
    }

    static bool IsColor(string color) => color is ['#', ..] && color.Length is 4 or 7 && color[1..].All(char.IsAsciiHexDigit);
}
