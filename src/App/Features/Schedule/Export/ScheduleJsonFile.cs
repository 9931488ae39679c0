using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using App.Features.Schedule.Contracts;
using App.Features.Shared;

namespace App.Features.Schedule.Export;

/// <summary>schedule.json by the schema of frab, pretalx and the voc (c3voc.de/schedule/schema.json).</summary>
public static partial class ScheduleJsonFile
{
    public const string ContentType = "application/json; charset=utf-8";

    public static byte[] Write(ConferenceSchedule schedule, ExportPlace place)
    {
        schedule = ExportWords.Writable(schedule);
        var (buffer, words) = (new ArrayBufferWriter<byte>(256 * 1024), new ExportWords(schedule));
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://c3voc.de/schedule/schema.json");
            json.WriteStartObject("generator");
            json.WriteString("name", "Foyer");
            json.WriteEndObject();
            json.WriteStartObject("schedule");
            json.WriteString("version", schedule.Release);
            json.WriteString("base_url", place.Link(place.Address.Page));
            json.WritePropertyName("conference");
            Conference(json, schedule, words, place);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    static void Conference(Utf8JsonWriter json, ConferenceSchedule schedule, ExportWords words, ExportPlace place)
    {
        json.WriteStartObject();
        json.WriteString("acronym", Acronym(schedule));
        json.WriteString("title", schedule.Title);
        json.WriteString("start", schedule.Days is [var first, ..] ? ExportWords.Date(first.Date) : "");
        json.WriteString("end", schedule.Days is [.., var last] ? ExportWords.Date(last.Date) : "");
        json.WriteNumber("daysCount", schedule.Days.Length);
        json.WriteString("timeslot_duration", "00:05");
        if (SchemaZone().IsMatch(schedule.TimeZone)) json.WriteString("time_zone_name", schedule.TimeZone);
        json.WriteString("url", place.Link(place.Address.Schedule));
        json.WriteStartArray("tracks");
        foreach (var track in place.Labels(schedule, schedule.Tracks))
        {
            json.WriteStartObject();
            json.WriteString("name", track.Name);
            if (track.Slug.Length > 1) json.WriteString("slug", track.Slug);
            if (track.Color.Length > 0) json.WriteString("color", track.Color);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("rooms");
        foreach (var room in schedule.Rooms)
        {
            json.WriteStartObject();
            json.WriteString("name", room.Name);
            if (room.Slug.Length > 1) json.WriteString("slug", room.Slug);
            json.WriteString("guid", room.Id);
            json.WriteString("description", room.Description);
            if (room.Capacity is { } capacity) json.WriteNumber("capacity", capacity); else json.WriteNull("capacity");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("days");
        foreach (var day in schedule.Days) Day(json, day, schedule, words, place);
        json.WriteEndArray();
        json.WriteStartObject("meta");
        json.WritePropertyName("foyer");
        JsonSerializer.Serialize(json, words.Extras(schedule, place, whole: false), ExtrasJson.Default.ScheduleExtras);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void Day(Utf8JsonWriter json, ScheduleDay day, ConferenceSchedule schedule, ExportWords words, ExportPlace place)
    {
        json.WriteStartObject();
        json.WriteNumber("index", day.Index);
        json.WriteString("date", ExportWords.Date(day.Date));
        json.WriteString("day_start", ExportWords.Time(day.Starts, schedule.Zone));
        json.WriteString("day_end", ExportWords.Time(day.Ends, schedule.Zone));
        json.WriteStartObject("rooms");
        foreach (var room in words.Rooms(day))
        {
            json.WriteStartArray(room.Key);
            foreach (var e in room) Event(json, e, schedule.Zone, place);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void Event(Utf8JsonWriter json, ExportEvent e, TimeZoneInfo zone, ExportPlace place)
    {
        var s = e.Session;
        json.WriteStartObject();
        json.WriteString("guid", e.Guid);
        if (Code().IsMatch(s.Source.Code)) json.WriteString("code", s.Source.Code);
        json.WriteNumber("id", e.Number);
        json.WriteString("logo", s.Image.Length > 0 ? s.Image : null);
        json.WriteString("date", ExportWords.Time(e.Slot.Start, zone));
        json.WriteString("start", ExportWords.Clock(e.Slot.Start, zone));
        json.WriteString("end", ExportWords.Time(e.Slot.End, zone));
        json.WriteString("duration", ExportWords.Duration(e.Slot));
        json.WriteString("room", e.Slot.Room?.Name ?? "");
        json.WriteString("slug", s.Slug.Length > 1 ? s.Slug : "s-" + s.Slug);
        json.WriteString("url", place.Url(s));
        json.WriteString("title", s.Title);
        json.WriteString("subtitle", s.Subtitle);
        json.WriteString("track", s.Track?.Name);
        json.WriteString("type", s.Type?.Name ?? "");
        json.WriteString("language", s.Languages.IsEmpty ? null : s.Languages[0]);
        json.WriteString("abstract", s.Abstract);
        json.WriteString("description", s.Description);
        json.WriteString("recording_license", s.License);
        if (s.Recorded is { } recorded) json.WriteBoolean("do_not_record", !recorded); else json.WriteNull("do_not_record");
        json.WriteStartArray("persons");
        foreach (var p in s.Speakers) Person(json, p, place);
        json.WriteEndArray();
        var links = place.Links(s).ToArray();
        Links(json, "links", links.Where(l => l.Kind is not (LinkKind.Attachment or LinkKind.Feedback)));
        Links(json, "attachments", links.Where(l => l.Kind == LinkKind.Attachment));
        if (Array.Find(links, l => l.Kind == LinkKind.Feedback) is { } feedback) json.WriteString("feedback_url", feedback.Url);
        json.WriteEndObject();
    }

    // "name" and no "public_name": the schema wants a person to be frab's or pretalx's, not both.
    static void Person(Utf8JsonWriter json, ScheduleSpeaker p, ExportPlace place)
    {
        json.WriteStartObject();
        json.WriteString("guid", p.Id);
        json.WriteString("name", p.Name);
        json.WriteString("avatar", p.Image.Length > 0 ? p.Image : null);
        json.WriteString("biography", p.Biography);
        json.WriteString("url", place.Link(place.Address.Speaker(p)));
        json.WriteEndObject();
    }

    static void Links(Utf8JsonWriter json, string name, IEnumerable<SessionLink> links)
    {
        json.WriteStartArray(name);
        foreach (var link in links)
        {
            json.WriteStartObject();
            json.WriteString("url", link.Url);
            if (link.Title.Length > 0) json.WriteString("title", link.Title);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>As the schema spells one; the real one is beside it.</summary>
    static string Acronym(ConferenceSchedule schedule)
    {
        var plain = NotInAcronym().Replace(Slugs.Of(schedule.Acronym.Length > 0 ? schedule.Acronym : schedule.Title), "_");
        return plain.PadRight(4, '_');
    }

    [GeneratedRegex("^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$")]
    private static partial Regex SchemaZone();

    [GeneratedRegex("^[A-Z0-9]+$")]
    private static partial Regex Code();

    [GeneratedRegex("[^a-z0-9_]")]
    private static partial Regex NotInAcronym();
}
