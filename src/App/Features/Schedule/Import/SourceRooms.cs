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
        foreach (var room in (raw.Extras?.Rooms ?? []).Select(r => new RawRoom(r.Key, r.Name, r.Description, r.Capacity))) Add(room.Key, room, raw.Extras?.RoomTexts.GetValueOrDefault(room.Key.StartsWith("room:", StringComparison.Ordinal) ? room.Key[5..] : ""));
        foreach (var room in raw.Rooms) Add(room.Key.Length > 0 ? "room:" + room.Key : "", room, raw.Extras?.RoomTexts.GetValueOrDefault(room.Key));
    }

    public IReadOnlyList<SourceRoom> All => all;

    /// <summary>Of a key or a name; one that nobody listed is a room too.</summary>
    public string Key(string room)
    {
        room = texts.Line(room, 200);
        if (room.Length == 0) return "";
        return keys.GetValueOrDefault("room:" + room) ?? keys.GetValueOrDefault(room) ?? Add("", new RawRoom("", room), null);
    }

    string Add(string key, RawRoom room, ExtraTexts? ours)
    {
        var (shown, (name, names)) = (texts.Line(room.Name, 200), texts.Each(room.Name, room.Names, ours?.Names, t => texts.Line(t, 200)));
        key = SourceTexts.Visible(key);
        if (name.Length == 0) return "";
        if ((key.Length > 0 && keys.TryGetValue(key, out var known)) || keys.TryGetValue(name, out known)) { keys.TryAdd(key, known); return known; }
        if (all.Count >= 500) throw new Refused("schedule.too-many-rooms", 500);
        if (key.Length is 0 or > LongestKey) key = "name:" + name;
        keys[key] = keys[name] = key;
        if (shown.Length > 0) keys.TryAdd(shown, key);
        var (description, descriptions) = texts.Each(room.Description, room.Descriptions, ours?.Descriptions, t => texts.Markdown(t, name));
        all.Add(new(key, name, description, room.Capacity is > 0 and < 1_000_000 ? room.Capacity : null, all.Count + 1, names, descriptions));
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
        foreach (var l in raw.Extras?.Labels ?? []) Add(l.Kind, l.Key, new(l.Kind, l.Key, l.Name, l.Description, l.Color), new(l.Names, l.Descriptions));
        foreach (var l in raw.Labels) Add(l.Kind, l.Key.Length > 0 ? "id:" + l.Key : "", l, null);
    }

    public IReadOnlyList<SourceLabel> All => all;

    /// <summary>Of a key, a name or an address.</summary>
    public string Key(LabelKind kind, string label)
    {
        label = texts.Line(label, 200);
        if (label.Length == 0) return "";
        return keys.GetValueOrDefault((kind, "id:" + label)) ?? keys.GetValueOrDefault((kind, label.ToUpperInvariant())) ?? Add(kind, "", new(kind, "", label), null);
    }

    string Add(LabelKind kind, string key, RawLabel label, ExtraTexts? ours)
    {
        var (shown, (name, names)) = (texts.Title(label.Name), texts.Each(label.Name, label.Names, ours?.Names, texts.Title));
        key = SourceTexts.Visible(key);
        if (name.Length == 0) return "";
        if ((key.Length > 0 && keys.TryGetValue((kind, key), out var known)) || keys.TryGetValue((kind, name.ToUpperInvariant()), out known)) { if (key.Length > 0) keys.TryAdd((kind, key), known); return known; }
        if (all.Count >= 2000) throw new Refused("schedule.too-many-labels", 2000);
        if (key.Length is 0 or > SourceRooms.LongestKey) key = "name:" + name;
        keys[(kind, key)] = keys[(kind, name.ToUpperInvariant())] = key;
        if (label.Slug.Length > 0) keys.TryAdd((kind, label.Slug.ToUpperInvariant()), key);
        if (shown.Length > 0) keys.TryAdd((kind, shown.ToUpperInvariant()), key);
        var (description, descriptions) = texts.Each(label.Description, label.Descriptions, ours?.Descriptions, t => texts.Markdown(t, name));
        all.Add(new(kind, key, name, description, IsColor(label.Color) ? label.Color.ToLowerInvariant() : "", all.Count(l => l.Kind == kind) + 1, names, descriptions));
        return key;
    }

    static bool IsColor(string color) => color is ['#', ..] && color.Length is 4 or 7 && color[1..].All(char.IsAsciiHexDigit);
}
