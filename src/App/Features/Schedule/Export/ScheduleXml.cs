using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;

namespace App.Features.Schedule.Export;

/// <summary>schedule.xml as pentabarf, frab and pretalx write it; what it has no place for is in one element of our own, which others pass over.</summary>
public static class ScheduleXml
{
    public const string ContentType = "application/xml; charset=utf-8";

    public static byte[] Write(ConferenceSchedule schedule, ExportPlace place)
    {
        schedule = ExportWords.Writable(schedule);
        var words = new ExportWords(schedule);
        using var to = new MemoryStream();
        using (var xml = XmlWriter.Create(to, new() { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = " ", CheckCharacters = true, NewLineHandling = NewLineHandling.Entitize }))
        {
            xml.WriteStartElement("schedule");
            xml.WriteElementString("generator", "Foyer");
            xml.WriteElementString("version", schedule.Release);
            Conference(xml, schedule, place);
            xml.WriteStartElement("tracks");
            foreach (var track in place.Labels(schedule, schedule.Tracks)) Element(xml, "track", track.Name, ("slug", track.Slug), ("color", track.Color));
            xml.WriteEndElement();
            foreach (var day in schedule.Days) Day(xml, day, schedule, words, place);
            xml.WriteElementString("extras", XmlSchedule.Ours.NamespaceName, JsonSerializer.Serialize(words.Extras(schedule, place, whole: true), ExtrasJson.Default.ScheduleExtras));
            xml.WriteEndElement();
        }
        return to.ToArray();
    }

    static void Conference(XmlWriter xml, ConferenceSchedule schedule, ExportPlace place)
    {
        xml.WriteStartElement("conference");
        xml.WriteElementString("acronym", schedule.Acronym);
        xml.WriteElementString("title", schedule.Title);
        if (!schedule.Days.IsEmpty)
        {
            xml.WriteElementString("start", ExportWords.Date(schedule.Days[0].Date));
            xml.WriteElementString("end", ExportWords.Date(schedule.Days[^1].Date));
        }
        xml.WriteElementString("days", schedule.Days.Length.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("day_change", ExportWords.Minutes(schedule.DayChange) + ":00");
        xml.WriteElementString("timeslot_duration", "00:05");
        xml.WriteElementString("base_url", place.Link(place.Address.Page));
        xml.WriteElementString("time_zone_name", schedule.TimeZone);
        xml.WriteEndElement();
    }

    static void Day(XmlWriter xml, ScheduleDay day, ConferenceSchedule schedule, ExportWords words, ExportPlace place)
    {
        xml.WriteStartElement("day");
        xml.WriteAttributeString("index", day.Index.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("date", ExportWords.Date(day.Date));
        xml.WriteAttributeString("start", ExportWords.Time(day.Starts, schedule.Zone));
        xml.WriteAttributeString("end", ExportWords.Time(day.Ends, schedule.Zone));
        foreach (var room in words.Rooms(day))
        {
            xml.WriteStartElement("room");
            xml.WriteAttributeString("name", room.Key);
            if (room.First().Slot.Room is { } known) xml.WriteAttributeString("guid", known.Id.ToString());
            foreach (var e in room) Event(xml, e, schedule.Zone, place);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    static void Event(XmlWriter xml, ExportEvent e, TimeZoneInfo zone, ExportPlace place)
    {
        var s = e.Session;
        xml.WriteStartElement("event");
        xml.WriteAttributeString("guid", e.Guid);
        xml.WriteAttributeString("id", e.Number.ToString(CultureInfo.InvariantCulture));
        if (s.Source.Code.Length > 0) xml.WriteAttributeString("code", s.Source.Code);
        xml.WriteElementString("date", ExportWords.Time(e.Slot.Start, zone));
        xml.WriteElementString("start", ExportWords.Clock(e.Slot.Start, zone));
        xml.WriteElementString("duration", ExportWords.Duration(e.Slot) + ((e.Slot.End - e.Slot.Start).Seconds is > 0 and var seconds ? string.Create(CultureInfo.InvariantCulture, $":{seconds:00}") : ""));
        xml.WriteElementString("room", e.Slot.Room?.Name ?? "");
        xml.WriteElementString("slug", s.Slug);
        xml.WriteElementString("url", place.Url(s));
        xml.WriteElementString("title", s.Title);
        xml.WriteElementString("subtitle", s.Subtitle);
        xml.WriteElementString("track", s.Track?.Name ?? "");
        xml.WriteElementString("type", s.Type?.Name ?? "");
        xml.WriteElementString("language", s.Languages.IsEmpty ? "" : s.Languages[0]);
        xml.WriteElementString("abstract", s.Abstract);
        xml.WriteElementString("description", s.Description);
        xml.WriteStartElement("recording");
        xml.WriteElementString("license", s.License);
        if (s.Recorded is { } recorded) xml.WriteElementString("optout", recorded ? "false" : "true");
        xml.WriteEndElement();
        xml.WriteElementString("logo", s.Image);
        xml.WriteStartElement("persons");
        foreach (var p in s.Speakers) Element(xml, "person", p.Name, ("guid", p.Id.ToString()));
        xml.WriteEndElement();
        Links(xml, "links", "link", place.Links(s).Where(l => l.Kind is not (LinkKind.Attachment or LinkKind.Feedback)));
        Links(xml, "attachments", "attachment", place.Links(s).Where(l => l.Kind == LinkKind.Attachment));
        xml.WriteEndElement();
    }

    static void Links(XmlWriter xml, string list, string name, IEnumerable<SessionLink> links)
    {
        xml.WriteStartElement(list);
        foreach (var link in links) Element(xml, name, link.Title.Length > 0 ? link.Title : link.Url, ("href", link.Url));
        xml.WriteEndElement();
    }

    static void Element(XmlWriter xml, string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes) if (value.Length > 0) xml.WriteAttributeString(attribute, value);
        xml.WriteString(text);
        xml.WriteEndElement();
    }
}
