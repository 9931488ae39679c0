using System.Globalization;
using System.Xml.Linq;

namespace App.Features.Demo;

/// <summary>The conference as its schedule tells it (content/demo), moved to other days.</summary>
public sealed record DemoSchedule(string Title, string Venue, string City, string TimeZone, IReadOnlyList<DemoDay> Days)
{
    public static DemoSchedule Read()
    {
        using var stream = typeof(DemoSchedule).Assembly.GetManifestResourceStream("demo/fosdem-2024.xml")!;
        var root = XElement.Load(stream);
        var conference = root.Element("conference")!;
        return new((string)conference.Element("title")!, (string)conference.Element("venue")!, (string)conference.Element("city")!, (string)conference.Element("time_zone_name")!,
            [.. root.Elements("day").Select(DemoDay.Read)]);
    }
}

public sealed record DemoDay(DateOnly Date, IReadOnlyList<string> Rooms, IReadOnlyList<DemoSession> Sessions)
{
    public TimeOnly FirstStart => Sessions.Min(s => s.Start);

    public static DemoDay Read(XElement day)
    {
        var rooms = day.Elements("room").Select(r => (Name: (string)r.Attribute("name")!, Sessions: r.Elements("event"))).ToArray();
        return new(DateOnly.Parse((string)day.Attribute("date")!, CultureInfo.InvariantCulture), [.. rooms.Select(r => r.Name)],
            [.. rooms.SelectMany(r => r.Sessions.Select(s => new DemoSession(TimeOnly.Parse((string)s.Element("start")!, CultureInfo.InvariantCulture), r.Name, (string)s.Element("title")!))).OrderBy(s => s.Start)]);
    }
}

public sealed record DemoSession(TimeOnly Start, string Room, string Title);
