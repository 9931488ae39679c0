using App.Features.Schedule.Contracts;
using Microsoft.Extensions.Primitives;

namespace App.Features.Schedule.Pages;

/// <summary>A track to choose on a day, or to leave out again.</summary>
/// <param name="Query">Of the address with this one chosen, or without it.</param>
public sealed record TrackChip(ScheduleLabel Track, int Count, bool Chosen, string Query);

/// <summary>Which tracks of a day are shown. They stand in the address, so that a choice can be passed on and goes along to other days.</summary>
/// <param name="Chips">Tracks that have something on the day, and those that are chosen.</param>
/// <param name="All">How many sessions there are on the day.</param>
/// <param name="Shown">How many of them are chosen.</param>
public sealed record TrackChoice(IReadOnlyList<TrackChip> Chips, int All, int Shown, string Query)
{
    /// <summary>More than a toolbar holds: they are folded away.</summary>
    const int Many = 12;

    readonly HashSet<Guid> picked = [];

    public static TrackChoice None { get; } = new([], 0, 0, "");

    public bool IsAll => picked.Count == 0;
    public bool AreMany => Chips.Count > Many;
    public bool Has(ScheduleSession session) => session.Track is { } track && picked.Contains(track.Id);

    /// <param name="slugs">What is no track of this schedule's counts for nothing.</param>
    public static TrackChoice Of(ConferenceSchedule schedule, ScheduleDay day, StringValues slugs)
    {
        var counts = day.Entries.Select(e => e.Session?.Track).OfType<ScheduleLabel>().CountBy(t => t.Id).ToDictionary();
        var chosen = slugs.Take(100).OfType<string>().Select(schedule.Track).OfType<ScheduleLabel>().Select(t => t.Id).ToHashSet();
        var chips = schedule.Tracks.Where(t => counts.ContainsKey(t.Id) || chosen.Contains(t.Id)).Select(t => new TrackChip(t, counts.GetValueOrDefault(t.Id), chosen.Contains(t.Id), QueryOf(schedule, Toggled(chosen, t.Id)))).ToArray();
        // Of so many that they are folded away, those that are chosen are seen first.
        return new(chips.Length > Many ? [.. chips.OrderByDescending(c => c.Chosen)] : chips, day.Entries.Count(e => e.Session is not null), chosen.Sum(id => counts.GetValueOrDefault(id)), QueryOf(schedule, chosen)) { Picked = chosen };
    }

    HashSet<Guid> Picked { init => picked = value; }

    static HashSet<Guid> Toggled(HashSet<Guid> chosen, Guid track) => chosen.Contains(track) ? [.. chosen.Where(c => c != track)] : [.. chosen, track];

    static string QueryOf(ConferenceSchedule schedule, HashSet<Guid> chosen) => QueryString.Create(schedule.Tracks.Where(t => chosen.Contains(t.Id)).Select(t => KeyValuePair.Create("track", (string?)t.Slug))).ToString();
}
