using System.Collections.Frozen;
using System.Collections.Immutable;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Schedule;

/// <summary>Makes the schedule that pages read out of the stream's state and the words about speakers.</summary>
static class ScheduleBuilder
{
    sealed record Row(int Version, string? Speaker);

    /// <summary>Facts and words of one moment: the words are read with the stream's version, until it is the version that was folded. Version 0: there is no schedule.</summary>
    public static async Task<ConferenceSchedule> Read(Guid id, QuerySession db, CancellationToken ct)
    {
        while (true)
        {
            var (state, version) = await db.FoldFresh<Conference>(Conference.StreamOf(id), ct);
            var rows = await db.Query<Row>("select coalesce((select version from streams where id = $2), 0) as version, d.data::text as speaker from (select) one left join doc_speaker d on d.conference_id = $1", ct, id, Conference.StreamOf(id));
            if (rows[0].Version == version) return Build(state, [.. rows.Where(r => r.Speaker is not null).Select(r => ScheduleStored.ReadSpeaker(r.Speaker!))], version);
        }
    }

    /// <summary>With every text as it is stored; in a language it is read by <see cref="ConferenceSchedule.ReadIn"/>.</summary>
    public static ConferenceSchedule Build(Conference c, IReadOnlyList<Speaker> words, int version) => Build(c, words, version, new("", ""), null, Choices(c, words));

    /// <summary>Languages of texts that stand here in more than one.</summary>
    static ImmutableArray<string> Choices(Conference c, IReadOnlyList<Speaker> words)
    {
        var all = c.Sessions.Values.SelectMany(s => new[] { s.Details.Titles, s.Details.Subtitles, s.Details.Abstracts, s.Details.Descriptions }).Concat(c.Rooms.Values.SelectMany(r => new[] { r.Names, r.Descriptions })).Concat(c.Labels.Values.SelectMany(l => new[] { l.Names, l.Descriptions }))
            .Concat(c.Breaks.Values.Select(b => b.Titles)).Concat(words.SelectMany(w => new[] { w.Biographies, w.Roles })).Append(c.Titles)
            .Concat(c.Sessions.Values.SelectMany(s => s.Details.Links.Select(l => l.Titles))).Concat(c.Plans.Values.Select(p => p.Names)).Concat(c.Spots.Values.Select(s => s.Labels));
        return [.. all.OfType<Translations>().Where(t => t.In.Count > 0).SelectMany(t => t.In.Keys.Append(t.Of)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    static ConferenceSchedule Build(Conference c, IReadOnlyList<Speaker> words, int version, ReadTexts say, ConferenceSchedule? stored, ImmutableArray<string> choices)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(c.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var rooms = c.Rooms.Values.OrderBy(r => r.Position).ThenBy(r => r.Name, StringComparer.OrdinalIgnoreCase).Select(r => say.Room(r, c.Pictures.GetValueOrDefault(r.Id))).ToImmutableArray();
        var labels = c.Labels.Values.OrderBy(l => l.Position).ThenBy(l => l.Name, StringComparer.OrdinalIgnoreCase).Select(say.Label).ToImmutableArray();
        var speakers = words.Where(s => !s.Erased && c.Speakers.ContainsKey(s.Id)).ToDictionary(s => s.Id, say.Speaker);
        var (roomsById, labelsById) = (rooms.ToDictionary(r => r.Id), labels.ToDictionary(l => l.Id));
        var all = InOrder(c.Sessions.Values.Select(s => Session(s, c, roomsById, labelsById, speakers, say)), c.Visibility == ScheduleVisibility.Times).ToArray();
        ScheduleSession[] shown = [.. all.Where(s => s.IsPublic)];
        var breaks = c.Breaks.Values.OrderBy(b => b.Start).ThenBy(b => b.Title, StringComparer.Ordinal).Select(b => say.Break(b, b.RoomId is { } r ? roomsById.GetValueOrDefault(r) : null)).ToImmutableArray();
        var entries = Entries(shown, breaks).ToArray();
        var bySpeaker = Group(shown, s => s.Speakers.Select(p => p.Id));
        return new()
        {
            Id = c.Id, Version = version, Release = c.Release, Title = say.Of(c.Title, c.Titles).Text, TitleLanguage = say.Of(c.Title, c.Titles).Language, Titles = c.Titles, Acronym = c.Acronym, TimeZone = c.TimeZone, Zone = zone, DayChange = TimeSpan.FromMinutes(c.DayChange), Url = c.Url, Visibility = c.Visibility, LinkRule = c.LinkRule, ChangedAt = c.ChangedAt,
            TextLanguages = choices, Stored = stored, Read = stored is null && choices.Length > 0 ? (of, wanted, otherwise) => Build(c, words, version, new(wanted, otherwise), of, choices) : null,
            Days = Days(entries, zone, TimeSpan.FromMinutes(c.DayChange)), Rooms = rooms, Tracks = Of(labels, LabelKind.Track), Types = Of(labels, LabelKind.Type), Tags = Of(labels, LabelKind.Tag),
            Speakers = [.. speakers.Values.Where(s => bySpeaker.ContainsKey(s.Id)).OrderBy(s => s.Name, StringComparer.InvariantCultureIgnoreCase).ThenBy(s => s.Slug, StringComparer.Ordinal)],
            Languages = [.. shown.SelectMany(s => s.Languages).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Sessions = [.. shown], Capped = [.. shown.Where(s => s.Capacity is not null)], Hidden = [.. all.Where(s => s.State is SessionState.Draft or SessionState.Accepted)], Cancelled = [.. all.Where(s => s is { State: SessionState.Cancelled, WasPublic: true })], Dropped = [.. all.Where(s => s is { State: SessionState.Cancelled, WasPublic: false })], Breaks = breaks, Plans = Plans(c, roomsById, say),
            SessionsById = all.ToFrozenDictionary(s => s.Id), SessionsBySlug = all.ToFrozenDictionary(s => s.Slug, StringComparer.Ordinal), RoomsBySlug = rooms.ToFrozenDictionary(r => r.Slug, StringComparer.Ordinal),
            TracksBySlug = Of(labels, LabelKind.Track).ToFrozenDictionary(l => l.Slug, StringComparer.Ordinal), SpeakersBySlug = speakers.Values.ToFrozenDictionary(s => s.Slug, StringComparer.Ordinal),
            EntriesByRoom = entries.Where(e => e.Room is not null).GroupBy(e => e.Room!.Id).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray()),
            SessionsBySpeaker = bySpeaker, SessionsByLabel = Group(shown, LabelsOf),
        };
    }

    /// <summary>By start; as long as times aren't public the order would tell them, so by title.</summary>
    static IEnumerable<ScheduleSession> InOrder(IEnumerable<ScheduleSession> sessions, bool byTime) => byTime
        ? sessions.OrderBy(s => s.First?.Start ?? DateTimeOffset.MaxValue).ThenBy(s => s.First?.Room?.Position ?? int.MaxValue).ThenBy(s => s.Title, StringComparer.Ordinal).ThenBy(s => s.Id)
        : sessions.OrderBy(s => s.Title, StringComparer.InvariantCultureIgnoreCase).ThenBy(s => s.Id);

    static ImmutableArray<ScheduleLabel> Of(ImmutableArray<ScheduleLabel> labels, LabelKind kind) => [.. labels.Where(l => l.Kind == kind)];

    static IEnumerable<Guid> LabelsOf(ScheduleSession s) => s.Tags.Select(t => t.Id).Concat(s.Track is { } track ? [track.Id] : []).Concat(s.Type is { } type ? [type.Id] : []);

    static FrozenDictionary<Guid, ImmutableArray<ScheduleSession>> Group(IEnumerable<ScheduleSession> sessions, Func<ScheduleSession, IEnumerable<Guid>> keys) =>
        sessions.SelectMany(s => keys(s).Distinct().Select(key => (Key: key, Session: s))).GroupBy(p => p.Key, p => p.Session).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray());

    static ScheduleSession Session(Session s, Conference c, Dictionary<Guid, ScheduleRoom> rooms, Dictionary<Guid, ScheduleLabel> labels, Dictionary<Guid, ScheduleSpeaker> speakers, ReadTexts say)
    {
        var d = s.Details;
        var (title, subtitle, @abstract, description) = (say.Of(d, d.Title, d.Titles), say.Of(d, d.Subtitle, d.Subtitles), say.Of(d, d.Abstract, d.Abstracts), say.Of(d, d.Description, d.Descriptions));
        return new()
        {
            Id = s.Id, Slug = s.Slug, Title = title.Text, Subtitle = subtitle.Text, Abstract = @abstract.Text, Description = description.Text, State = s.State,
            TitleLanguage = title.Language, SubtitleLanguage = subtitle.Language, AbstractLanguage = @abstract.Language, DescriptionLanguage = description.Language, Titles = d.Titles, Subtitles = d.Subtitles, Abstracts = d.Abstracts, Descriptions = d.Descriptions,
            Track = d.Track is { } track ? labels.GetValueOrDefault(track) : null, Type = d.Type is { } type ? labels.GetValueOrDefault(type) : null,
            Tags = [.. d.Tags.Select(labels.GetValueOrDefault).OfType<ScheduleLabel>()], Languages = [.. d.Languages], Speakers = [.. d.Speakers.Select(speakers.GetValueOrDefault).OfType<ScheduleSpeaker>()],
            Slots = Slots(s.Slots, s.Moves, rooms), CancelledSlots = Slots(s.CalledOff, s.Moves.Clear(), rooms), Links = [.. d.Links.Select(say.Link)], LinkRule = s.LinkRule ?? c.LinkRule, OwnLinkRule = s.LinkRule, Image = d.Image, Picture = c.Pictures.GetValueOrDefault(s.Id), License = d.License,
            Featured = d.Featured, Recorded = d.Recorded, Capacity = d.Capacity, Recommended = [.. d.Recommended], Source = s.Source, Sequence = s.Sequence, ChangedAt = s.ChangedAt, WasPublic = s.WasPublic, CancelledAt = s.CancelledAt, TimesArePublic = c.Visibility == ScheduleVisibility.Times,
        };
    }

    static ImmutableArray<ScheduleSlot> Slots(SessionSlot[] slots, ImmutableDictionary<Guid, SlotMove> moves, Dictionary<Guid, ScheduleRoom> rooms) =>
        [.. slots.OrderBy(s => s.Start).ThenBy(s => s.Id).Select(s => new ScheduleSlot(s.Id, Room(s, rooms), s.Start, s.End) { Moved = moves.TryGetValue(s.Id, out var m) ? new(Room(m.Before, rooms), m.Before.Start, m.At) : null })];

    /// <summary>A room that is gone stands on no plan.</summary>
    static ImmutableArray<SchedulePlan> Plans(Conference c, Dictionary<Guid, ScheduleRoom> rooms, ReadTexts say) =>
        [.. c.Plans.Values.OrderBy(p => p.Position).Select(p => say.Plan(p,
            c.Spots.Values.Where(x => x.PlanId == p.Id).Select(x => say.Spot(x, rooms.GetValueOrDefault(x.Id))).Where(x => x.Kind != SpotKind.Room || x.Room is not null)
                .OrderBy(x => x.Room?.Position ?? int.MaxValue).ThenBy(x => x.Kind).ThenBy(x => x.Label, StringComparer.OrdinalIgnoreCase).ThenBy(x => x.Id)))];

    static ScheduleRoom? Room(SessionSlot slot, Dictionary<Guid, ScheduleRoom> rooms) => slot.RoomId is { } id ? rooms.GetValueOrDefault(id) : null;

    static IEnumerable<ScheduleEntry> Entries(IEnumerable<ScheduleSession> sessions, IEnumerable<ScheduleBreak> breaks) =>
        sessions.SelectMany(s => s.Slots.Select(slot => new ScheduleEntry(slot.Start, slot.End, slot.Room, s, slot.Id, null)))
            .Concat(breaks.Select(b => new ScheduleEntry(b.Start, b.End, b.Room, null, null, b)))
            .OrderBy(e => e.Start).ThenBy(e => e.Room?.Position ?? -1).ThenBy(e => e.Room?.Name, StringComparer.Ordinal).ThenBy(e => e.End).ThenBy(e => e.Title, StringComparer.Ordinal);

    /// <param name="entries">By start.</param>
    public static ImmutableArray<ScheduleDay> Days(IEnumerable<ScheduleEntry> entries, TimeZoneInfo zone, TimeSpan change) =>
        [.. entries.GroupBy(e => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(e.Start, zone).DateTime - change)).OrderBy(g => g.Key)
            .Select((g, i) => new ScheduleDay(i + 1, g.Key, At(g.Key, change, zone), At(g.Key.AddDays(1), change, zone), [.. g]))];

    /// <summary>An hour that a zone skips is taken as the one after it.</summary>
    static DateTimeOffset At(DateOnly date, TimeSpan time, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(TimeOnly.MinValue) + time;
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
