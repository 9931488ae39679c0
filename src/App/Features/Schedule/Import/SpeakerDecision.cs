using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure;

namespace App.Features.Schedule.Import;

/// <summary>Speakers: the words about them go to documents; the facts say only whose words changed.</summary>
sealed class SpeakerDecision
{
    readonly Conference before;
    readonly DateTimeOffset now;
    readonly Action<object> add;
    readonly Dictionary<string, Guid> ids = new(StringComparer.Ordinal);
    readonly Dictionary<Guid, Speaker> here;

    public SpeakerDecision(Conference state, IReadOnlyList<Speaker> words, ScheduleSnapshot source, DateTimeOffset now, ImportWarnings warnings, Action<object> add)
    {
        (before, this.now, this.add) = (state, now, add);
        here = words.ToDictionary(w => w.Id);
        var byKey = new Dictionary<string, Speaker>(StringComparer.Ordinal);
        foreach (var w in words) foreach (var key in w.Keys.Append($"guid:{w.Id}")) byKey.TryAdd(key, w);
        var slugs = words.Select(w => w.Slug).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<Guid>();
        foreach (var s in source.Speakers)
        {
            var had = s.Keys.Select(byKey.GetValueOrDefault).FirstOrDefault(x => x is not null && !seen.Contains(x.Id));
            var id = had?.Id ?? Ids.From(before.Id, "speaker:" + s.Keys[0]);
            // An erased one has no name left to be found by, but the same id follows from it.
            had ??= here.GetValueOrDefault(id) is { Erased: true } erased ? erased : null;
            seen.Add(id);
            ids[s.Keys[0]] = id;
            Set(had, id, s, slugs, warnings);
        }
    }

    public List<Speaker> Changed { get; } = [];
    public List<Guid> Gone { get; } = [];
    public Guid? Id(string key) => ids.TryGetValue(key, out var id) ? id : null;

    void Set(Speaker? had, Guid id, SourceSpeaker s, HashSet<string> slugs, ImportWarnings warnings)
    {
        if (had is { Erased: true }) return;
        var listed = before.Speakers.ContainsKey(id);
        var wanted = new Speaker(id, before.Id, [.. (had?.Keys ?? []).Concat(s.Keys).Where(k => k != $"guid:{had?.Id}").Distinct()], had?.Slug ?? Slugs.Unique(s.Name, $"speaker-{Ids.Short(id, 6)}", slugs), s.Name, s.Biography, s.Role, s.Image, s.Links, (had?.Revision ?? 0) + 1) { Email = s.Email.Length > 0 ? s.Email : had?.Email ?? "", Picture = had?.Picture, Portrait = had?.Portrait, Biographies = s.Biographies, Roles = s.Roles };
        if (had is { ByHand: true })
        {
            if (!had.Says(wanted)) warnings.Add(Warn.Kept, $"speaker {had.Id}");
            if (!listed) add(new SpeakerSet(id, had.Revision, now));
            return;
        }
        if (had is not null && listed && had.Says(wanted) && had.Keys.SequenceEqual(wanted.Keys)) return;
        Changed.Add(wanted);
        add(new SpeakerSet(id, wanted.Revision, now));
    }

    /// <summary>Who isn't listed any more: the words go too. Those of erased ones stay as they are: empty.</summary>
    /// <param name="after">With its sessions as they will be: whoever still speaks in one of them stays.</param>
    public void RemoveRest(Conference after)
    {
        var wanted = ids.Values.Concat(after.Sessions.Values.Where(s => s.State != SessionState.Cancelled).SelectMany(s => s.Details.Speakers)).ToHashSet();
        foreach (var id in before.Speakers.Keys.Where(id => !wanted.Contains(id) && here.GetValueOrDefault(id) is not ({ ByHand: true } or { Erased: true })).Order())
        {
            add(new SpeakerRemoved(id, now));
            if (here.ContainsKey(id)) Gone.Add(id);
        }
    }
}
