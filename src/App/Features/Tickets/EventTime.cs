using System.Globalization;

namespace App.Features.Tickets;

/// <summary>Times as people read them: in the event's zone, and the zone said.</summary>
static class EventTime
{
    /// <summary>Friday 12 March 2027</summary>
    public static string Day(DateTimeOffset at, string zone) => Local(at, zone).ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Fri 12 Mar</summary>
    public static string ShortDay(DateTimeOffset at, string zone) => Local(at, zone).ToString("ddd d MMM", CultureInfo.InvariantCulture);

    /// <summary>2027-03-12T20:00+00:00, for machines that show it to people where the event is.</summary>
    public static string WithOffset(DateTimeOffset at, string zone) => Local(at, zone).ToString("yyyy-MM-ddTHH:mmzzz", CultureInfo.InvariantCulture);

    /// <summary>20:00</summary>
    public static string Clock(DateTimeOffset at, string zone) => Local(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Lisbon time</summary>
    public static string Zone(string zone) => zone.LastIndexOf('/') is >= 0 and var slash && !zone.StartsWith("Etc/", StringComparison.Ordinal) ? zone[(slash + 1)..].Replace('_', ' ') + " time" : "UTC";

    /// <summary>Friday 12 March 2027, 20:00, Lisbon time</summary>
    public static string Moment(DateTimeOffset at, string zone) => $"{Day(at, zone)}, {Clock(at, zone)}, {Zone(zone)}";

    static DateTimeOffset Local(DateTimeOffset at, string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? TimeZoneInfo.ConvertTime(at, known) : at.ToUniversalTime();
}
