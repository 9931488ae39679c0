using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using App.Features.Schedule.Contracts;
using App.Infrastructure;

namespace App.Features.Schedule.Import;

/// <summary>Understands what a source says: zones, times, keys, several slots of one session, texts without HTML. What is odd becomes a warning; only what can't be a schedule at all is refused.</summary>
sealed class SnapshotMaker
{
    const int MostSessions = 5000, MostOf = 60, LongestKey = 200, LongestBreakKey = 1000;
    readonly RawSchedule raw;
    readonly ImportWarnings warnings;
    readonly SourceTexts texts;
    readonly SourceRooms rooms;
    readonly SourceLabels labels;
    readonly SourceSpeakers speakers;
    readonly SlotTimes times;
    readonly string zoneName;
    readonly int dayChange;

    /// <param name="fallbackZone">The event's, for sources that name none.</param>
    public static ScheduleSnapshot Make(RawSchedule raw, string? fallbackZone, ImportWarnings warnings) => new SnapshotMaker(raw, fallbackZone, warnings).Make();

    SnapshotMaker(RawSchedule raw, string? fallbackZone, ImportWarnings warnings)
    {
        (this.raw, this.warnings) = (raw, warnings);
        var count = raw.Events.Count + (raw.Extras is { } ours ? ours.Unscheduled.Length + ours.Breaks.Length : 0);
        if (count > MostSessions) throw new Refused("schedule.too-many-sessions", count, MostSessions);
        zoneName = SourceZone.Of(raw, fallbackZone, warnings);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneName);
        dayChange = DayChanges.Of(raw, zone);
        (texts, times) = (new(raw, warnings), new(zone, dayChange, raw.First, raw.Last, warnings));
        (rooms, labels, speakers) = (new(raw, texts), new(raw, texts), new(raw, texts, warnings));
    }

    ScheduleSnapshot Make()
    {
        var (sessions, breaks) = (new Dictionary<string, SourceSession>(StringComparer.Ordinal), new List<SourceBreak>());
        foreach (var e in raw.Events.Concat((raw.Extras?.Unscheduled ?? []).Select(Unscheduled)))
        {
            if (IsBreak(e)) AddBreak(e, breaks);
            else Add(e, sessions);
        }
        foreach (var b in raw.Extras?.Breaks ?? []) AddBreak(b, breaks);
        var all = sessions.Values.Select(s => s with { Slots = [.. s.Slots.OrderBy(t => t.Start).ThenBy(t => t.Room, StringComparer.Ordinal)] }).ToArray();
        if (all.Length == 0) throw new Refused("schedule.no-sessions");
        Overlaps.Warn(all, warnings);
        var title = texts.Each(raw.Title, raw.Titles, raw.Extras?.Titles, t => texts.Line(t, 200));
        return new(raw.Format, title.Text, texts.Line(raw.Extras?.Acronym ?? raw.Acronym, 80), texts.Line(raw.Release, 300), zoneName, dayChange, texts.Address(raw.Extras?.Url ?? raw.Url))
        {
            Titles = title.Others, Rooms = rooms.All, Labels = labels.All, Speakers = speakers.All, Sessions = all, Breaks = [.. breaks.DistinctBy(b => b.Key)],
        };
    }

    static RawEvent Unscheduled(ExtraEvent e) => new()
    {
        Guid = e.Guid, Title = e.Title, Subtitle = e.Subtitle, Abstract = e.Abstract, Description = e.Description, Track = e.Track, Type = e.Type, Persons = [.. e.Persons.Select(p => new RawPerson(Guid: p.Guid, Name: p.Name))],
    };

    // A source that has no word for breaks lists them as events of that type, which nobody gives.
    bool IsBreak(RawEvent e) => e.IsBreak || (raw.Extras is null && e.Persons.Count == 0 && e.Type.Trim().ToLowerInvariant() is "break" or "pause" or "lunch" or "coffee break");

    void AddBreak(RawEvent e, List<SourceBreak> breaks)
    {
        if (times.Of(e) is not { } time) return;
        var ((title, titles), room) = (texts.Each(e.Title, e.Titles, null, texts.Title), rooms.Key(e.Room));
        breaks.Add(new(string.Create(CultureInfo.InvariantCulture, $"break:{(title.Length > 0 ? title : "Break")}:{room}:{time.Start:yyyyMMddHHmm}"), title.Length > 0 ? title : "Break", room, time.Start, time.End, titles));
    }

    void AddBreak(ExtraBreak b, List<SourceBreak> breaks)
    {
        var (title, titles) = texts.Each(b.Title, null, b.Titles, texts.Title);
        if (!times.Allows(b.Start, b.End, title)) return;
        breaks.Add(new(Short(SourceTexts.Visible(b.Key), LongestBreakKey), title.Length > 0 ? title : "Break", rooms.Key(b.Room), b.Start.ToUniversalTime(), b.End.ToUniversalTime(), titles));
    }

    void Add(RawEvent e, Dictionary<string, SourceSession> sessions)
    {
        var (title, titles) = texts.Each(e.Title, e.Titles, Extra(e)?.Titles, texts.Title);
        if (title.Length == 0) { warnings.Add(Warn.NoTitle, SlotTimes.Named(e)); title = SlotTimes.Named(e) is { Length: > 0 } named ? named : "?"; }
        var slots = Slots(e);
        var keys = Keys(e, title, slots);
        if (!sessions.TryGetValue(keys[0], out var had)) { sessions[keys[0]] = Session(e, title, titles, keys, slots); return; }
        if (had.Details.Title != title && e.Code.Length == 0)
        {
            // Two things under one identifier: the second is known by both together.
            warnings.Add(Warn.SameKey, $"{keys[0]}: {had.Details.Title} and {title}");
            keys = [$"{keys[0]}:{Hash(title)}"];
            if (!sessions.TryGetValue(keys[0], out had)) { sessions[keys[0]] = Session(e, title, titles, keys, slots); return; }
        }
        if (slots.Length > 0 && had.Slots.Any(s => s.Start == slots[0].Start && s.Room == slots[0].Room)) warnings.Add(Warn.Duplicate, title);
        else sessions[keys[0]] = had with { Slots = [.. had.Slots, .. slots] };
    }

    SourceSlot[] Slots(RawEvent e)
    {
        if (times.Of(e) is not { } time) return [];
        var room = rooms.Key(e.Room);
        if (room.Length == 0) warnings.Add(Warn.NoRoom, SlotTimes.Named(e));
        return [new(room, time.Start, time.End)];
    }

    string[] Keys(RawEvent e, string title, SourceSlot[] slots)
    {
        var extra = Extra(e);
        var keys = new List<string>();
        if (extra?.Key is { Length: > 0 } own) keys.Add(own);
        if (e.Code.Length > 0) keys.Add("code:" + e.Code);
        if (e.Guid.Length > 0) keys.Add("guid:" + e.Guid.ToLowerInvariant());
        if (keys.Count == 0 && e.Id.Length > 0) keys.Add("id:" + e.Id);
        if (keys.Count == 0 && e.Slug.Length > 0) keys.Add("slug:" + e.Slug);
        if (keys.Count == 0)
        {
            warnings.Add(Warn.NoKey, title);
            keys.Add($"text:{Hash(title + (slots.Length > 0 ? slots[0].Room : ""))}");
        }
        return [.. keys.Select(k => Short(SourceTexts.Visible(k), LongestKey)).Distinct()];
    }

    ExtraSession? Extra(RawEvent e) => raw.Extras?.Sessions.GetValueOrDefault(e.Guid);

    SourceSession Session(RawEvent e, string title, Translations? titles, string[] keys, SourceSlot[] slots)
    {
        var extra = Extra(e);
        var persons = texts.Cut(e.Persons, MostOf, title);
        var number = int.TryParse(e.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        string Prose(string text) => texts.Markdown(text, title);
        var (subtitle, @abstract, description) = (texts.Each(e.Subtitle, e.Subtitles, extra?.Subtitles, t => texts.Line(t, 500)), texts.Each(e.Abstract, e.Abstracts, extra?.Abstracts, Prose), texts.Each(e.Description, e.Descriptions, extra?.Descriptions, Prose));
        var details = new SessionDetails(title)
        {
            Subtitle = subtitle.Text, Abstract = @abstract.Text, Description = description.Text, Titles = titles, Subtitles = subtitle.Others, Abstracts = @abstract.Others, Descriptions = description.Others, Languages = extra is null ? Languages(e.Language) : texts.Languages(extra.Languages), Links = extra is null ? Links(e, title) : texts.Links(extra.Links, MostOf, title),
            Image = texts.Address(extra?.Image ?? e.Image), License = texts.Line(extra?.License ?? e.License, 200), Featured = extra?.Featured ?? e.Featured, Recorded = extra is null ? !e.DoNotRecord : extra.Recorded, Capacity = (extra is null ? e.Capacity : extra.Capacity) is > 0 and < 1_000_000 and var places ? places : null,
        };
        var source = new SourceRef(keys[0], Guid.TryParse(extra?.Guid ?? e.Guid, out _) ? (extra?.Guid ?? e.Guid).ToLowerInvariant() : "", texts.Line(extra?.Code ?? e.Code, 200), Math.Max(extra?.Number ?? number, 0), texts.Address(extra?.Url ?? e.Url));
        var state = StateOf(e.State);
        if (state == SessionState.Accepted) warnings.Add(Warn.NotConfirmed, title);
        return new(source, keys, details)
        {
            Track = labels.Key(LabelKind.Track, e.Track), Type = labels.Key(LabelKind.Type, e.Type), Tags = [.. (extra?.Tags ?? e.Tags).Select(t => labels.Key(LabelKind.Tag, t)).Where(k => k.Length > 0).Distinct().Take(MostOf)],
            Speakers = [.. persons.Select(speakers.Key).Where(k => k.Length > 0).Distinct()], Recommended = [.. (extra?.Recommended ?? e.Recommended).Take(MostOf)], Slots = slots, State = state,
        };
    }

    static SessionState StateOf(string state) => state.Trim().ToLowerInvariant() switch
    {
        "" or "confirmed" => SessionState.Confirmed,
        "accepted" => SessionState.Accepted,
        "canceled" or "cancelled" or "withdrawn" or "rejected" => SessionState.Cancelled,
        _ => SessionState.Draft,
    };

    string[] Languages(string text)
    {
        var found = text.Split([',', '/', ';', '|', '&', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(SourceTexts.Language).Distinct().ToArray();
        if (found.Contains("")) warnings.Add(Warn.Language, text);
        return [.. found.Where(l => l.Length > 0).Take(20)];
    }

    SessionLink[] Links(RawEvent e, string title) => [.. texts.Cut(e.Links, MostOf, title).Select(l => texts.Link(l, title)).OfType<SessionLink>().DistinctBy(l => l.Url)];

    // Never cut inside a character of two code units.
    static string Short(string key, int longest) => key.Length <= longest ? key : SourceTexts.Visible(key[..(longest / 2)]) + Hash(key);

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
