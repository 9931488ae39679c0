using System.Collections.Immutable;
using App.Features.Schedule.Contracts;
using Microsoft.Extensions.Primitives;

namespace App.Features.Schedule.Pages;

/// <summary>A track to choose on a day, or to leave out again.</summary>
/// <param name="Count">How many of its sessions the other filters let through.</param>
/// <param name="Query">Of the address with this one chosen, or without it.</param>
public sealed record TrackChip(ScheduleLabel Track, int Count, bool Chosen, string Query);

/// <summary>A track, a room, a type or a language to choose of a day or of one’s own schedule: one, or any.</summary>
/// <param name="Values">Those that there are, and the one that is chosen.</param>
/// <param name="Chosen">Null: any.</param>
public sealed record DayFilter(Facet Facet, IReadOnlyList<FacetValue> Values, string? Chosen)
{
    public bool Lets(ScheduleEntry entry) => Chosen is null || Of(entry, Facet).Contains(Chosen);

    /// <summary>Those with something to choose.</summary>
    public static DayFilter[] Read(ConferenceSchedule schedule, IReadOnlyCollection<ScheduleEntry> entries, IEnumerable<Facet> facets, IQueryCollection query) =>
        [.. facets.Select(f => Read(schedule, entries, f, query[SearchWish.Name(f)])).Where(f => f.Values.Count > 1 || f.Chosen is not null)];

    /// <summary>What is neither this schedule's nor a single one counts for nothing.</summary>
    static DayFilter Read(ConferenceSchedule schedule, IReadOnlyCollection<ScheduleEntry> entries, Facet facet, StringValues asked)
    {
        IEnumerable<(string Value, string Name)> all = facet switch
        {
            Facet.Track => schedule.Tracks.Select(t => (t.Slug, t.Name)),
            Facet.Room => schedule.Rooms.Select(r => (r.Slug, r.Name)),
            Facet.Type => schedule.Types.Select(t => (t.Slug, t.Name)),
            _ => schedule.Languages.Select(l => (l, "")),
        };
        var counts = entries.Where(e => e.Session is not null).SelectMany(e => Of(e, facet)).CountBy(v => v).ToDictionary(StringComparer.Ordinal);
        var chosen = all.Select(v => v.Value).FirstOrDefault(v => v == asked.FirstOrDefault());
        return new(facet, [.. all.Where(v => counts.ContainsKey(v.Value) || v.Value == chosen).Select(v => new FacetValue(v.Value, v.Name, counts.GetValueOrDefault(v.Value), v.Value == chosen))], chosen);
    }

    static ImmutableArray<string> Of(ScheduleEntry entry, Facet facet) => facet switch
    {
        Facet.Track => entry.Session?.Track is { } track ? [track.Slug] : [],
        Facet.Room => entry.Room is { } room ? [room.Slug] : [],
        Facet.Type => entry.Session?.Type is { } type ? [type.Slug] : [],
        _ => entry.Session?.Languages ?? [],
    };
}

/// <summary>What of a day is shown: any of some tracks, and of a room, a type and a language one. It stands in the address, so that a choice can be passed on and goes along to other days.</summary>
/// <param name="Tracks">Those that have something on the day, and those that are chosen.</param>
/// <param name="Filters">Those with something to choose.</param>
/// <param name="All">How many sessions of the day there are without a choice of tracks.</param>
/// <param name="Shown">How many with it.</param>
/// <param name="Query">Of the address with all of it.</param>
/// <param name="AllTracks">Of the address with every track.</param>
public sealed record DayChoice(IReadOnlyList<TrackChip> Tracks, IReadOnlyList<DayFilter> Filters, int All, int Shown, string Query, string AllTracks)
{
    /// <summary>More than a toolbar holds: they are folded away.</summary>
    const int Many = 12;

    static readonly Facet[] Singles = [Facet.Room, Facet.Type, Facet.Language];

    HashSet<Guid> Picked { get; init; } = [];

    public static DayChoice None { get; } = new([], [], 0, 0, "", "");

    public bool AnyTrack => Picked.Count == 0;
    public bool IsFiltered => Filters.Any(f => f.Chosen is not null);
    public bool IsAll => AnyTrack && !IsFiltered;
    public bool AreMany => Tracks.Count > Many;
    public bool Has(ScheduleEntry entry) => HasTrack(entry) && Filters.All(f => f.Lets(entry));

    bool HasTrack(ScheduleEntry entry) => AnyTrack || (entry.Session?.Track is { } track && Picked.Contains(track.Id));

    public static DayChoice Of(ConferenceSchedule schedule, ScheduleDay day, IQueryCollection query)
    {
        var chosen = query[SearchWish.Name(Facet.Track)].Take(100).OfType<string>().Select(schedule.Track).OfType<ScheduleLabel>().Select(t => t.Id).ToHashSet();
        var filters = DayFilter.Read(schedule, day.Entries, Singles, query);
        var left = day.Entries.Where(e => e.Session is not null && filters.All(f => f.Lets(e))).ToArray();
        var had = day.Entries.Select(e => e.Session?.Track?.Id).ToHashSet();
        var counts = left.Select(e => e.Session!.Track).OfType<ScheduleLabel>().CountBy(t => t.Id).ToDictionary();
        var chips = schedule.Tracks.Where(t => had.Contains(t.Id) || chosen.Contains(t.Id)).Select(t => new TrackChip(t, counts.GetValueOrDefault(t.Id), chosen.Contains(t.Id), QueryOf(schedule, Toggled(chosen, t.Id), filters))).ToArray();
        // Of so many that they are folded away, those that are chosen are seen first.
        var choice = new DayChoice(chips.Length > Many ? [.. chips.OrderByDescending(c => c.Chosen)] : chips, filters, left.Length, 0, QueryOf(schedule, chosen, filters), QueryOf(schedule, [], filters)) { Picked = chosen };
        return choice with { Shown = left.Count(choice.HasTrack) };
    }

    static HashSet<Guid> Toggled(HashSet<Guid> chosen, Guid track) => chosen.Contains(track) ? [.. chosen.Where(c => c != track)] : [.. chosen, track];

    static string QueryOf(ConferenceSchedule schedule, HashSet<Guid> chosen, DayFilter[] filters) => QueryString.Create(
        schedule.Tracks.Where(t => chosen.Contains(t.Id)).Select(t => KeyValuePair.Create(SearchWish.Name(Facet.Track), (string?)t.Slug)).Concat(filters.Where(f => f.Chosen is not null).Select(f => KeyValuePair.Create(SearchWish.Name(f.Facet), f.Chosen)))).ToString();
}
