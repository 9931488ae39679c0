using System.Globalization;
using System.Xml.Linq;
using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Import;

/// <summary>schedule.xml of pentabarf, frab and pretalx, and its relatives (days of entries). Tolerant of what is missing; DTDs were refused before this.</summary>
static class XmlSchedule
{
    public static readonly XNamespace Ours = "urn:foyer:schedule:1";

    /// <summary>Null: it is something else.</summary>
    public static RawSchedule? Read(XElement root)
    {
        var days = root.DescendantsAndSelf().Where(e => e.Name.LocalName == "day").ToArray();
        if (root.Name.LocalName != "schedule" || days.Length == 0) return null;
        var conference = Child(root, "conference") ?? root;
        var stated = days.SelectMany(d => Children(d, "room")).Select(r => new RawRoom(Attribute(r, "guid"), Attribute(r, "name"), Attribute(r, "description"), int.TryParse(Attribute(r, "capacity"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seats) ? seats : null));
        return new("schedule.xml")
        {
            Title = Text(conference, "title"), Acronym = Text(conference, "acronym"), Release = Text(root, "version") is { Length: > 0 } version ? version : Text(conference, "release"), TimeZone = Text(conference, "time_zone_name"),
            DayChange = Text(conference, "day_change"), BaseUrl = Text(conference, "base_url"), Url = Text(conference, "url"), First = JsonSchedule.Date(Text(conference, "start")), Last = JsonSchedule.Date(Text(conference, "end")),
            Rooms = [.. stated.Where(r => r.Name.Length > 0)],
            Labels = [.. Children(Child(root, "tracks"), "track").Concat(Children(Child(conference, "tracks"), "track")).Concat(Children(conference, "track")).Select(t => new RawLabel(LabelKind.Track, "", Attribute(t, "name") is { Length: > 0 } name ? name : t.Value.Trim(), "", Attribute(t, "color"), Attribute(t, "slug")))],
            Events = [.. days.SelectMany(Day)],
            Extras = root.Element(Ours + "extras") is { } extras ? ScheduleExtras.Read(extras.Value) : null,
        };
    }

    static IEnumerable<RawEvent> Day(XElement day)
    {
        var date = JsonSchedule.Date(Attribute(day, "date"));
        return Children(day, "room").SelectMany(r => Children(r, "event").Select(e => Event(e, date, Attribute(r, "name"))))
            .Concat(Children(day, "event").Concat(Children(day, "entry")).Select(e => Event(e, date, "")));
    }

    static RawEvent Event(XElement e, DateOnly? day, string room) => new()
    {
        Guid = Attribute(e, "guid"), Code = Attribute(e, "code"), Id = Attribute(e, "id"), Slug = Text(e, "slug"), Url = Text(e, "url"), Day = day,
        Date = Text(e, "date"), Start = Text(e, "start"), Duration = Text(e, "duration"), End = Text(e, "end"), Room = room.Length > 0 ? room : Text(e, "room"),
        Title = Text(e, "title"), Subtitle = Text(e, "subtitle"), Track = Text(e, "track"), Type = Text(e, "type") is { Length: > 0 } type ? type : Text(e, "category"),
        Tags = [.. Children(Child(e, "tags"), "tag").Concat(Children(Child(e, "topics"), "topic")).Select(t => t.Value.Trim()).Where(t => t.Length > 0)],
        Language = Text(e, "language"), Abstract = Text(e, "abstract"), Description = Text(e, "description"), License = Text(Child(e, "recording"), "license"), Image = Text(e, "logo"),
        DoNotRecord = Text(Child(e, "recording"), "optout").ToLowerInvariant() switch { "true" or "yes" or "1" => true, "false" or "no" or "0" => false, _ => null },
        // Entries that only take time up: no persons, and a list of rooms instead of one.
        IsBreak = e.Name.LocalName == "entry" && Child(e, "room") is { HasAttributes: false } && !Children(Child(e, "speakers"), "speaker").Any(),
        Persons = [.. Children(Child(e, "persons"), "person").Concat(Children(Child(e, "speakers"), "speaker")).Select(Person)],
        Links = [.. Children(Child(e, "links"), "link").Select(l => Link(l, false)), .. Children(Child(e, "attachments"), "attachment").Select(l => Link(l, true)), .. Feedback(e)],
    };

    static RawPerson Person(XElement p)
    {
        var whole = Child(p, "name") is not null || Child(p, "profile") is not null;
        var name = Child(p, "name") is { } named ? named.Value.Trim() : Child(p, "profile") is { } profile ? Attribute(profile, "name") is { Length: > 0 } said ? said : profile.Value.Trim() : p.Value.Trim();
        return new(Attribute(p, "guid"), Attribute(p, "code"), Attribute(p, "id"), name, whole ? Text(p, "biography") is { Length: > 0 } biography ? biography : Text(p, "description") : "");
    }

    static RawLink Link(XElement l, bool isAttachment) => new(Attribute(l, "href") is { Length: > 0 } href ? href : Attribute(l, "url") is { Length: > 0 } url ? url : l.Value.Trim(), l.Value.Trim(), Attribute(l, "type"), isAttachment,
        Attribute(l, "hreflang") is { Length: > 0 } of ? of : Attribute(l, "language"));

    static IEnumerable<RawLink> Feedback(XElement e) => Text(e, "feedback_url") is { Length: > 0 } url ? [new RawLink(url, "", "feedback")] : [];

    static XElement? Child(XElement? parent, string name) => parent?.Elements().FirstOrDefault(e => e.Name.LocalName == name);
    static IEnumerable<XElement> Children(XElement? parent, string name) => parent?.Elements().Where(e => e.Name.LocalName == name) ?? [];
    static string Text(XElement? parent, string name) => Child(parent, name)?.Value.Trim() ?? "";
    static string Attribute(XElement element, string name) => element.Attribute(name)?.Value.Trim() ?? "";
}
