using System.Globalization;
using System.Text.Json;
using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Import;

/// <summary>schedule.json: of frab, of pretalx, by the voc's schema (days of rooms of events), and its second one (a list of events beside the conference).</summary>
static class JsonSchedule
{
    /// <summary>Null: it is something else.</summary>
    public static RawSchedule? Read(JsonElement root)
    {
        var schedule = root.At("schedule") is { ValueKind: JsonValueKind.Object } inner ? inner : root;
        var conference = schedule.At("conference");
        if (conference.ValueKind != JsonValueKind.Object || (conference.At("days").ValueKind is not (JsonValueKind.Array or JsonValueKind.Object) && schedule.At("events").ValueKind != JsonValueKind.Array)) return null;
        var days = conference.Each("days").ToArray();
        var listed = schedule.Each("events").Select(e => Event(e, null, "")).ToArray();
        return new(listed.Length > 0 ? "schedule.json (schema 2)" : "schedule.json")
        {
            Title = conference.Text("title"), Titles = conference.Said("title").Others, Acronym = conference.Text("acronym"), Release = schedule.Text("version"), TimeZone = conference.Text("time_zone_name", "timezone"),
            DayChange = DayChange(conference, days), BaseUrl = schedule.Text("base_url"), Url = conference.Text("url"), First = Date(conference.Text("start")), Last = Date(conference.Text("end")),
            Rooms = [.. conference.Each("rooms").Concat(schedule.Each("rooms")).Select(Room).Where(r => r.Name.Length > 0), .. days.SelectMany(RoomNames).Select(n => new RawRoom("", n))],
            Labels = [.. conference.Each("tracks").Select(t => t.ValueKind == JsonValueKind.Object ? new RawLabel(LabelKind.Track, t.Text("guid"), t.Text("name"), t.Text("description"), Color(t), t.Text("slug")) { Names = t.Said("name").Others, Descriptions = t.Said("description").Others } : new RawLabel(LabelKind.Track, "", t.Text()))],
            Persons = [.. schedule.Each("persons").Select(Person)],
            Events = [.. days.SelectMany(d => Day(d)), .. listed],
            Extras = conference.At("meta").At("foyer") is { ValueKind: JsonValueKind.Object } extras ? ScheduleExtras.Read(extras.GetRawText()) : null,
        };
    }

    /// <summary>The latest moment of the night that a day ends at; only where a day's end lies in the next one.</summary>
    static string DayChange(JsonElement conference, JsonElement[] days)
    {
        if (conference.Text("day_change") is { Length: > 0 } said) return said;
        return days.Select(d => (Date: Date(d.Text("date")), End: d.Text("day_end", "end"))).Where(d => d.Date is { } date && Date(d.End) == date.AddDays(1) && d.End.Length >= 16)
            .Select(d => d.End[11..16]).Where(t => string.CompareOrdinal(t, "12:00") <= 0).Max(StringComparer.Ordinal) ?? "";
    }

    static IEnumerable<string> RoomNames(JsonElement day) => day.At("rooms") is { ValueKind: JsonValueKind.Object } rooms ? rooms.EnumerateObject().Select(r => r.Name) : [];

    static IEnumerable<RawEvent> Day(JsonElement day)
    {
        var date = Date(day.Text("date", "day_start", "start"));
        if (day.At("rooms") is { ValueKind: JsonValueKind.Object } rooms)
            return rooms.EnumerateObject().SelectMany(r => r.Value.Each().Where(e => e.ValueKind == JsonValueKind.Object).Select(e => Event(e, date, r.Name)));
        // Some write a list of rooms, each with its name and events.
        return day.Each("rooms").SelectMany(r => r.Each("events").Select(e => Event(e, date, r.Text("name"))));
    }

    static RawRoom Room(JsonElement room) => room.ValueKind == JsonValueKind.Object
        ? new(room.Text("guid", "uuid", "id"), room.Text("name"), room.Text("description", "description_en", "description_de"), room.Int("capacity")) { Names = room.Said("name").Others, Descriptions = room.Said("description").Others }
        : new("", room.Text());

    static RawEvent Event(JsonElement e, DateOnly? day, string room) => new()
    {
        Guid = e.Text("guid"), Code = e.Text("code"), Id = e.Text("id"), Slug = e.Text("slug"), Url = e.Text("url"), Day = day,
        Date = e.Text("date") is { Length: > 0 } date ? date : e.Text("start") is { Length: > 8 } start ? start : "", Start = e.Text("start") is { Length: <= 8 } time ? time : "", Duration = e.Text("duration"), End = e.Text("end"),
        Room = e.At("room") is { ValueKind: JsonValueKind.Object } named ? named.Text("guid", "name", "slug") : room.Length > 0 ? room : e.Text("room"),
        Title = e.Text("title"), Titles = e.Said("title").Others, Subtitle = e.Text("subtitle"), Subtitles = e.Said("subtitle").Others, Abstracts = e.Said("abstract").Others, Descriptions = e.Said("description").Others, Track = e.At("track") is { ValueKind: JsonValueKind.Object } track ? track.Text("name", "slug", "en") is { Length: > 0 } name ? name : track.Text() : e.Text("track"), Type = e.Text("type"),
        Tags = [.. e.Each("tags").Concat(e.Each("keywords")).Select(t => t.At("name").ValueKind != JsonValueKind.Undefined ? t.Text("name") : t.Text()).Where(t => t.Length > 0)],
        Language = e.Text("language"), Abstract = e.Text("abstract"), Description = e.Text("description"), License = e.Text("recording_license", "license"),
        Image = e.At("logo") is { ValueKind: JsonValueKind.Object } logo ? logo.Text("url") : e.Text("logo", "image"), DoNotRecord = e.Bool("do_not_record") ?? e.At("recording").Bool("optout"), Featured = e.Bool("is_featured") ?? e.Bool("featured") ?? false,
        State = e.Text("state"), Persons = [.. e.Each("persons").Concat(e.Each("participants")).Concat(e.Each("speakers")).Select(Person)],
        Links = [.. e.Each("links").Select(l => Link(l, false)), .. e.Each("attachments").Select(l => Link(l, true)), .. Feedback(e)],
    };

    static IEnumerable<RawLink> Feedback(JsonElement e) => e.Text("feedback_url") is { Length: > 0 } url ? [new RawLink(url, "", "feedback")] : [];

    public static RawPerson Person(JsonElement p) => p.ValueKind != JsonValueKind.Object ? new(Name: p.Text()) : new(p.Text("guid"), p.Text("code"), p.Text("id"), p.Text("name", "public_name", "full_public_name", "display_name"),
        p.Text("biography", "description", "abstract"), "", p.At("avatar") is { ValueKind: JsonValueKind.Object } image ? image.Text("url") : p.Text("avatar", "avatar_url", "image"),
        [.. p.Each("links").Select(l => Link(l, false))]) { Biographies = p.Said("biography").Others };

    static RawLink Link(JsonElement l, bool isAttachment) => l.ValueKind == JsonValueKind.Object ? new(l.Text("url", "href", "link"), l.Text("title", "name", "description"), l.Text("type"), isAttachment, l.Text("language", "lang", "locale"))
        { Titles = new[] { "title", "name", "description" }.Select(n => l.Said(n)).FirstOrDefault(t => t.Text.Length > 0).Others } : new(l.Text(), IsAttachment: isAttachment);

    static string Color(JsonElement track) => track.Text("color") is { Length: > 0 } color ? color : track.At("colors").Text("light", "primary");

    /// <summary>Null also of a day on which no conference is: the day before the first one, or after the last, can't be counted.</summary>
    public static DateOnly? Date(string text) => text.Length >= 10 && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && SlotTimes.IsLikely(date.Year) ? date : null;
}
