using System.Globalization;
using System.Text;
using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Export;
using App.Features.Schedule.Import;
using App.Infrastructure;

namespace App.Tests.Features.Schedule;

/// <summary>Small schedules of our own in the shapes that real files have, and a house in memory to import them into.</summary>
static class Samples
{
    public static readonly DateTimeOffset Now = new(2027, 1, 12, 12, 0, 0, TimeSpan.Zero);
    public static readonly Guid ConferenceId = new("0190de30-0000-7000-8000-0000000000c0");
    public static readonly ExportPlace Place = new(new("open-hall", "lantern"), path => "https://foyer.example" + path);

    public static string Json(params string[] events) => $$"""
        { "schedule": { "version": "1.0", "base_url": "https://lantern.example/", "conference": { "acronym": "lantern", "title": "Lantern Days", "start": "2027-05-01", "end": "2027-05-02", "daysCount": 2, "timeslot_duration": "00:05",
          "time_zone_name": "Europe/Lisbon", "rooms": [ { "name": "Quay", "guid": "11111111-1111-4111-8111-111111111111", "capacity": 120, "description": "By the water" } ],
          "tracks": [ { "name": "Light", "color": "#FFAA00", "slug": "light" } ],
          "days": [ { "index": 1, "date": "2027-05-01", "day_start": "2027-05-01T09:00:00+01:00", "day_end": "2027-05-02T03:00:00+01:00", "rooms": { "Quay": [ {{string.Join(",", events)}} ] } } ] } } }
        """;

    public static string Event(string guid = "aaaaaaaa-0000-4000-8000-000000000001", string title = "How lamps were lit", string date = "2027-05-01T10:00:00+01:00", string duration = "00:45", string more = "") => $$"""
        { "guid": "{{guid}}", "id": 7, "date": "{{date}}", "start": "{{date[11..16]}}", "duration": "{{duration}}", "room": "Quay", "slug": "lamps", "url": "https://lantern.example/7", "title": "{{title}}", "subtitle": "", "track": "Light", "type": "talk", "language": "en",
          "abstract": "About *oil* and gas.", "description": null, "do_not_record": false, "persons": [ { "id": 3, "public_name": "Ada Quill" } ], "links": [ { "url": "https://lantern.example/oil", "title": "Oil" } ], "attachments": []{{more}} }
        """;

    public const string Pentabarf = """
        <?xml version="1.0" encoding="UTF-8"?>
        <schedule><version>Gas light</version><conference><acronym>lantern</acronym><title>Lantern Days</title><start>2027-05-01</start><end>2027-05-02</end><days>2</days><day_change>05:00:00</day_change><time_zone_name>Europe/Lisbon</time_zone_name></conference>
          <day index="1" date="2027-05-01"><room name="Quay">
            <event id="1"><start>10:00</start><duration>00:45</duration><title>How lamps were lit</title><track>Light</track><type>lecture</type><language>en</language><abstract>&lt;p&gt;About &lt;b&gt;oil&lt;/b&gt; &amp;amp; gas.&lt;/p&gt;</abstract><description/>
              <persons><person id="3">Ada Quill</person><person id="4">Bo Ferry</person></persons><links><link href="https://lantern.example/oil">Oil</link><link href="javascript:alert(1)">Bad</link><link href="https://lantern.example/untitled"/></links>
              <recording><license>CC BY</license><optout>true</optout></recording></event>
            <event id="2"><start>01:30</start><duration>01:00</duration><title>Night walk</title><persons/></event>
            <event><start>25:15</start><duration>00:30</duration><title>Later still</title></event>
          </room></day>
          <day index="2" date="2027-05-02"><room name="Loft"><event id="1"><start>10:00</start><duration>00:45</duration><title>How lamps were lit</title></event></room></day>
        </schedule>
        """;

    public static ScheduleReading Read(string text) => ScheduleReader.Read(Encoding.UTF8.GetBytes(text), null);

    /// <summary>What an import would be refused with.</summary>
    public static Refused Refusal(string text) => Refusal(Encoding.UTF8.GetBytes(text));
    public static Refused Refusal(byte[] bytes) => Should.Throw<Refused>(() => ScheduleReader.Read(bytes, null));

    public static ImportWarning? Warning(this ScheduleReading reading, string kind) => reading.Warnings.FirstOrDefault(w => w.Kind == kind);
}

/// <summary>A conference in memory: facts folded, words about speakers kept, as a commit would.</summary>
sealed class House
{
    public Conference State { get; private set; } = Conference.Empty;
    public Dictionary<Guid, Speaker> Words { get; } = [];
    public List<object> Facts { get; } = [];
    public int Version => Facts.Count;

    public ImportReport Import(string text, bool force = false) => Import(Samples.Read(text), force);

    public ImportReport Import(ScheduleReading reading, bool force = false, DateTimeOffset? at = null)
    {
        var (decision, report) = ImportDecision.Decide(State, [.. Words.Values], reading.Snapshot, Samples.ConferenceId, force, false, at ?? Samples.Now, ImportWarnings.From(reading.Warnings));
        Append([.. decision.Facts]);
        foreach (var speaker in decision.Words) Words[speaker.Id] = speaker;
        foreach (var gone in decision.GoneWords) Words.Remove(gone);
        return report;
    }

    public void Append(params object[] facts)
    {
        Facts.AddRange(facts);
        State = facts.Aggregate(State, Conference.Evolve);
    }

    public Session Session(string title) => State.Sessions.Values.Single(s => s.Details.Title == title);
    public ConferenceSchedule Schedule => ScheduleBuilder.Build(State, [.. Words.Values], Version);

    /// <summary>The conference as people see it, in words: equal texts are equal conferences.</summary>
    public string Told()
    {
        var (s, to) = (Schedule, new StringBuilder());
        to.AppendLine(CultureInfo.InvariantCulture, $"{s.Title}|{s.Acronym}|{s.Release}|{s.TimeZone}|{s.DayChange}|{s.Url}");
        foreach (var r in s.Rooms) to.AppendLine(CultureInfo.InvariantCulture, $"room {r.Name}|{r.Slug}|{r.Description}|{r.Capacity}");
        foreach (var l in s.Tracks.Concat(s.Types).Concat(s.Tags)) to.AppendLine(CultureInfo.InvariantCulture, $"{l.Kind} {l.Name}|{l.Slug}|{l.Description}|{l.Color}");
        foreach (var p in s.Speakers.OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Biography, StringComparer.Ordinal)) to.AppendLine(CultureInfo.InvariantCulture, $"speaker {p.Name}|{p.Biography}|{p.Role}|{p.Image}|{string.Join(' ', p.Links)}");
        foreach (var b in s.Breaks) to.AppendLine(CultureInfo.InvariantCulture, $"break {b.Title}|{b.Room?.Name}|{b.Start:O}|{b.End:O}");
        foreach (var x in s.Sessions.OrderBy(x => x.Source.Key, StringComparer.Ordinal))
            to.AppendLine(CultureInfo.InvariantCulture, $"session {x.Source}|{x.Title}|{x.Subtitle}|{x.Abstract}|{x.Description}|{x.Track?.Name}|{x.Type?.Name}|{string.Join(',', x.Tags.Select(t => t.Name))}|{string.Join(',', x.Languages)}|{string.Join(',', x.Speakers.Select(p => p.Name))}|{string.Join(',', x.Slots.Select(t => $"{t.Room?.Name} {t.Start:O} {t.End:O}"))}|{string.Join(',', x.Links)}|{x.Image}|{x.License}|{x.Featured}|{x.Recorded}|{x.Capacity}|{string.Join(',', x.Recommended.Select(r => s.Session(r)?.Title))}");
        foreach (var (of, text) in Translated(s).Where(t => t.Text is not null)) to.AppendLine(CultureInfo.InvariantCulture, $"{of} {text!.Of} {string.Join('|', text.In.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => $"{i.Key}={i.Value}"))}");
        return to.ToString();
    }

    static IEnumerable<(string Of, Translations? Text)> Translated(ConferenceSchedule s) =>
    [
        ("conference", s.Titles), .. s.Rooms.SelectMany(r => new[] { (r.Slug, r.Names), (r.Slug, r.Descriptions) }), .. s.Tracks.Concat(s.Types).Concat(s.Tags).SelectMany(l => new[] { (l.Slug, l.Names), (l.Slug, l.Descriptions) }),
        .. s.Speakers.OrderBy(p => p.Slug, StringComparer.Ordinal).SelectMany(p => new[] { (p.Name, p.Roles), (p.Name, p.Biographies) }), .. s.Breaks.Select(b => (b.Title, b.Titles)),
        .. s.Sessions.OrderBy(x => x.Slug, StringComparer.Ordinal).SelectMany(x => new[] { (x.Slug, x.Titles), (x.Slug, x.Subtitles), (x.Slug, x.Abstracts), (x.Slug, x.Descriptions) }),
    ];
}
