using System.Globalization;
using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Export;

/// <summary>One event of an export: a slot of a session. A session's first slot carries its guid, others their own.</summary>
sealed record ExportEvent(ScheduleSession Session, ScheduleSlot Slot, string Guid, int Number);

/// <summary>How both formats write what they share.</summary>
sealed class ExportWords
{
    readonly Dictionary<Guid, ExportEvent> events = [];
    readonly HashSet<string> guids = new(StringComparer.Ordinal);
    readonly HashSet<int> numbers = [];
    readonly Dictionary<Guid, string> unscheduled = [];
    readonly Dictionary<Guid, string> all = [];

    readonly ConferenceSchedule stored;

    public ExportWords(ConferenceSchedule schedule)
    {
        stored = schedule.AsStored;
        foreach (var s in schedule.Sessions)
        {
            // Numbers that sources gave first, so that none of ours takes one of them.
            if (s.Source.Number > 0) numbers.Add(s.Source.Number);
        }
        foreach (var s in schedule.Sessions)
        {
            var guid = s.Source.Guid.Length > 0 && guids.Add(s.Source.Guid) ? s.Source.Guid : s.Id.ToString();
            all[s.Id] = guid;
            if (s.Slots.IsEmpty) unscheduled[s.Id] = guid;
            for (var i = 0; i < s.Slots.Length; i++) events[s.Slots[i].Id] = new(s, s.Slots[i], i == 0 ? guid : s.Slots[i].Id.ToString(), i == 0 && s.Source.Number > 0 ? s.Source.Number : Number(s.Slots[i].Id));
        }
    }

    /// <summary>The formats know rooms and labels by their names only. In a language in which two of them are called the same they couldn't be told apart: then everything is written as it is stored.</summary>
    public static ConferenceSchedule Writable(ConferenceSchedule schedule)
    {
        var itself = schedule.AsStored;
        if (ReferenceEquals(itself, schedule)) return schedule;
        static IEnumerable<(string Kind, string Name, Guid Id)> Names(ConferenceSchedule s) =>
            s.Rooms.Select(r => ("Room", r.Name, r.Id)).Concat(s.Tracks.Concat(s.Types).Concat(s.Tags).Select(l => (l.Kind.ToString(), l.Name, l.Id)));
        return Names(schedule).Concat(Names(itself)).Distinct().GroupBy(n => (n.Kind, n.Name.ToUpperInvariant())).All(g => g.Select(n => n.Id).Distinct().Take(2).Count() == 1) ? schedule : itself;
    }

    public IEnumerable<ExportEvent> Events => events.Values;
    public IEnumerable<(Guid Session, string Guid)> Unscheduled => unscheduled.Select(u => (u.Key, u.Value));

    public IEnumerable<IGrouping<string, ExportEvent>> Rooms(ScheduleDay day) => day.Entries.Where(e => e.SlotId is not null).OrderBy(e => e.Room?.Position ?? int.MaxValue).Select(e => events[e.SlotId!.Value]).GroupBy(e => e.Slot.Room?.Name ?? "", StringComparer.Ordinal);

    /// <summary>Positive, above what sources use, and the same each time.</summary>
    int Number(Guid id)
    {
        var number = 1_000_000_000 + (int)(BitConverter.ToUInt32(id.ToByteArray(), 12) % 1_000_000_000);
        while (!numbers.Add(number)) number++;
        return number;
    }

    public static string Time(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    public static string Clock(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
    public static string Duration(ScheduleSlot slot) => (slot.End - slot.Start) is var d ? string.Create(CultureInfo.InvariantCulture, $"{(int)d.TotalHours:00}:{d.Minutes:00}") : "";
    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    public static string Minutes(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.Hours:00}:{time.Minutes:00}");

    /// <param name="whole">For a format without places for rooms' and speakers' descriptions.</param>
    public ScheduleExtras Extras(ConferenceSchedule schedule, ExportPlace place, bool whole) => new(schedule.Acronym, schedule.TimeZone, Minutes(schedule.DayChange), schedule.Url)
    {
        Titles = ExtraText.From(schedule.Title, schedule.TitleLanguage, stored.Title, stored.Titles),
        RoomTexts = schedule.Rooms.Where(r => r.Names is not null || r.Descriptions is not null).ToDictionary(r => r.Id.ToString(), Texts, StringComparer.Ordinal),
        Rooms = whole ? [.. schedule.Rooms.Select(r => new ExtraRoom(r.Name, "room:" + r.Id, r.Description, r.Capacity))] : [],
        Labels = [.. place.Labels(schedule, schedule.Tracks.Concat(schedule.Types).Concat(schedule.Tags)).Select(Extra)],
        Breaks = [.. schedule.Breaks.Select(b => new ExtraBreak(b.Key.Length > 0 ? b.Key : "guid:" + b.Id, b.Title, b.Room?.Name ?? "", b.Start, b.End, ExtraText.From(b.Title, b.TitleLanguage, stored.Breaks.First(x => x.Id == b.Id).Title, b.Titles)))],
        Sessions = events.Values.Select(e => (e.Guid, e.Session)).Concat(unscheduled.Select(u => (Guid: u.Value, Session: schedule.SessionsById[u.Key]))).ToDictionary(e => e.Guid, e => Extra(e.Session, place), StringComparer.Ordinal),
        Speakers = schedule.Speakers.ToDictionary(s => s.Id.ToString(), s => Extra(s, whole || schedule.By(s).All(x => x.Slots.IsEmpty)), StringComparer.Ordinal),
        Unscheduled = [.. unscheduled.Select(u => (Guid: u.Value, Session: schedule.SessionsById[u.Key])).Select(u => new ExtraEvent(u.Guid, u.Session.Title, u.Session.Subtitle, u.Session.Abstract, u.Session.Description, u.Session.Track?.Name ?? "", u.Session.Type?.Name ?? "", [.. u.Session.Speakers.Select(p => new ExtraPerson(p.Id.ToString(), p.Name))]))],
    };

    ExtraTexts Texts(ScheduleRoom r)
    {
        var itself = stored.RoomsBySlug[r.Slug];
        return new(ExtraText.From(r.Name, r.NameLanguage, itself.Name, r.Names), ExtraText.From(r.Description, r.DescriptionLanguage, itself.Description, r.Descriptions));
    }

    ExtraLabel Extra(ScheduleLabel l)
    {
        var itself = l.Names is null && l.Descriptions is null ? l : stored.Tracks.Concat(stored.Types).Concat(stored.Tags).First(x => x.Id == l.Id);
        return new(l.Kind, "id:" + l.Id, l.Name, l.Description, l.Color, ExtraText.From(l.Name, l.NameLanguage, itself.Name, l.Names), ExtraText.From(l.Description, l.DescriptionLanguage, itself.Description, l.Descriptions));
    }

    ExtraSpeaker Extra(ScheduleSpeaker s, bool whole)
    {
        var itself = stored.SpeakersBySlug[s.Slug];
        return new(whole ? s.Biography : null, s.Role, whole ? s.Image : null, [.. s.Links], ExtraText.From(s.Role, s.RoleLanguage, itself.Role, s.Roles), ExtraText.From(s.Biography, s.BiographyLanguage, itself.Biography, s.Biographies));
    }

    ExtraSession Extra(ScheduleSession s, ExportPlace place) => new(s.Source.Key.Length > 0 ? s.Source.Key : "guid:" + s.Id, s.Source.Guid, s.Source.Code, s.Source.Number, [.. s.Languages], [.. s.Tags.Select(t => t.Name)], [.. place.Links(stored.SessionsById[s.Id])], s.Image, s.License, s.Featured, s.Recorded, s.Capacity, s.Source.Url,
        s.Recommended.IsEmpty ? null : [.. s.Recommended.Select(all.GetValueOrDefault).OfType<string>()])
    {
        Titles = ExtraText.From(s.Title, s.TitleLanguage, stored.SessionsById[s.Id].Title, s.Titles), Subtitles = ExtraText.From(s.Subtitle, s.SubtitleLanguage, stored.SessionsById[s.Id].Subtitle, s.Subtitles),
        Abstracts = ExtraText.From(s.Abstract, s.AbstractLanguage, stored.SessionsById[s.Id].Abstract, s.Abstracts), Descriptions = ExtraText.From(s.Description, s.DescriptionLanguage, stored.SessionsById[s.Id].Description, s.Descriptions),
    };
}
