using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure;

namespace App.Features.Schedule.Import;

/// <summary>Rooms, labels and breaks: which are new, changed or gone.</summary>
sealed class ThingsDecision
{
    readonly Conference before;
    readonly DateTimeOffset now;
    readonly ImportWarnings warnings;
    readonly Action<object> add;
    readonly Dictionary<string, Guid> rooms = new(StringComparer.Ordinal);
    readonly Dictionary<(LabelKind, string), Guid> labels = [];
    readonly HashSet<Guid> breaks = [];

    public ThingsDecision(Conference state, ScheduleSnapshot source, DateTimeOffset now, ImportWarnings warnings, Action<object> add)
    {
        (before, this.now, this.warnings, this.add) = (state, now, warnings, add);
        Rooms(source.Rooms);
        Labels(source.Labels);
        foreach (var b in source.Breaks) Break(b);
    }

    public Guid? Room(string key) => rooms.TryGetValue(key, out var id) ? id : null;
    public Guid? Label(LabelKind kind, string key) => labels.TryGetValue((kind, key), out var id) ? id : null;

    void Rooms(IReadOnlyList<SourceRoom> wanted)
    {
        var slugs = before.Rooms.Values.Select(r => r.Slug).ToHashSet(StringComparer.Ordinal);
        var left = before.Rooms.Values.ToList();
        foreach (var w in wanted)
        {
            var had = Take(left, r => r.Key == w.Key) ?? Take(left, r => r.Name.Equals(w.Name, StringComparison.OrdinalIgnoreCase));
            var room = new Room(had?.Id ?? New("room:" + w.Key, before.Rooms.ContainsKey), had?.Key is { Length: > 0 } key ? key : w.Key, had?.Slug ?? Slugs.Unique(w.Name, "room-" + w.Position, slugs), w.Name, w.Description, w.Capacity, w.Position, ByHand: false, w.Names, w.Descriptions);
            rooms[w.Key] = room.Id;
            if (had is { ByHand: true }) Keep(had with { Position = 0, ByHand = false } == room with { Position = 0 }, $"room {had.Name}");
            else if (room != had) add(new RoomSet(room.Id, room.Key, room.Slug, room.Name, room.Description, room.Capacity, room.Position, false, now, room.Names, room.Descriptions));
        }
    }

    void Labels(IReadOnlyList<SourceLabel> wanted)
    {
        foreach (var kind in Enum.GetValues<LabelKind>())
        {
            var slugs = before.Labels.Values.Where(l => l.Kind == kind).Select(l => l.Slug).ToHashSet(StringComparer.Ordinal);
            var left = before.Labels.Values.Where(l => l.Kind == kind).ToList();
            foreach (var w in wanted.Where(l => l.Kind == kind))
            {
                var had = Take(left, l => l.Key == w.Key) ?? Take(left, l => l.Name.Equals(w.Name, StringComparison.OrdinalIgnoreCase));
                if (had is null && before.LabelsAway.Values.Any(l => l.Kind == kind && (l.Key == w.Key || l.Name.Equals(w.Name, StringComparison.OrdinalIgnoreCase)))) { warnings.Add(Warn.Kept, $"{kind} {w.Name}"); continue; }
                var label = new Label(had?.Id ?? New($"{kind}:{w.Key}", before.Labels.ContainsKey), kind, had?.Key is { Length: > 0 } key ? key : w.Key, had?.Slug ?? Slugs.Unique(w.Name, $"{kind}-{w.Position}", slugs), w.Name, w.Description, w.Color, w.Position, ByHand: false, w.Names, w.Descriptions);
                labels[(kind, w.Key)] = label.Id;
                if (had is { ByHand: true }) Keep(had with { Position = 0, ByHand = false } == label with { Position = 0 }, $"{kind} {had.Name}");
                else if (label != had) add(new LabelSet(label.Id, kind, label.Key, label.Slug, label.Name, label.Description, label.Color, label.Position, false, now, label.Names, label.Descriptions));
            }
        }
    }

    void Break(SourceBreak w)
    {
        var id = before.Breaks.Values.FirstOrDefault(b => b.Key == w.Key)?.Id ?? Ids.From(before.Id, w.Key);
        if (!breaks.Add(id)) return;
        var wanted = new Break(id, w.Key, w.Title, Room(w.Room), w.Start, w.End, ByHand: false, w.Titles);
        var had = before.Breaks.GetValueOrDefault(id);
        if (had is { ByHand: true }) Keep(had with { ByHand = false } == wanted, $"break {had.Title}");
        else if (wanted != had) add(new BreakSet(id, wanted.Key, wanted.Title, wanted.RoomId, wanted.Start, wanted.End, false, now, wanted.Titles));
    }

    /// <param name="after">With its sessions as they will be: what one of them still needs stays, whoever made it.</param>
    public void RemoveRest(Conference after)
    {
        var live = after.Sessions.Values.Where(s => s.State != SessionState.Cancelled).ToArray();
        var ownBreaks = after.Breaks.Values.Where(b => b.ByHand || b.Key.Length == 0).Select(b => b.RoomId).OfType<Guid>();
        var keptRooms = rooms.Values.Concat(live.SelectMany(s => s.Slots).Select(t => t.RoomId).OfType<Guid>()).Concat(ownBreaks).ToHashSet();
        var keptLabels = labels.Values.Concat(live.SelectMany(s => s.Details.Tags.Concat(new[] { s.Details.Track, s.Details.Type }.OfType<Guid>()))).ToHashSet();
        foreach (var room in before.Rooms.Values.Where(r => r.Key.Length > 0 && !r.ByHand && !keptRooms.Contains(r.Id)).OrderBy(r => r.Id)) add(new RoomRemoved(room.Id, now));
        foreach (var label in before.Labels.Values.Where(l => l.Key.Length > 0 && !l.ByHand && !keptLabels.Contains(l.Id)).OrderBy(l => l.Id)) add(new LabelRemoved(label.Id, now));
        foreach (var b in before.Breaks.Values.Where(b => b.Key.Length > 0 && !b.ByHand && !breaks.Contains(b.Id)).OrderBy(b => b.Id)) add(new BreakRemoved(b.Id, now));
    }

    void Keep(bool same, string what) { if (!same) warnings.Add(Warn.Kept, what); }

    Guid New(string name, Func<Guid, bool> isTaken)
    {
        var id = Ids.From(before.Id, name);
        return isTaken(id) ? Ids.From(id, "again") : id;
    }

    static T? Take<T>(List<T> left, Predicate<T> same) where T : class
    {
        if (left.FindIndex(same) is not (>= 0 and var at)) return null;
        var found = left[at];
        left.RemoveAt(at);
        return found;
    }
}
