using System.Globalization;

namespace App.Features.Shared;

/// <summary>Instants as people read them at the venue: <c>Friday 12 March 2027, 20:00</c>, <c>Lisbon time</c>. Times are kept in UTC and shown in the event's zone, always with its name.</summary>
public readonly record struct EventTime(DateTimeOffset At, TimeZoneInfo Zone)
{
    public static EventTime Of(DateTimeOffset at, string zoneId) => new(at, Find(zoneId));

    static TimeZoneInfo Find(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    public DateTimeOffset Local => TimeZoneInfo.ConvertTime(At, Zone);
    public string Clock => Local.ToString("HH:mm", CultureInfo.InvariantCulture);
    public string Day => Local.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);
    public string ShortDay => Local.ToString("ddd d MMMM yyyy", CultureInfo.InvariantCulture);
    public string Date => Local.ToString("d MMMM", CultureInfo.InvariantCulture);
    public string Full => $"{Day}, {Clock}";

    /// <summary>For a machine: <c>datetime=</c>.</summary>
    public string Iso => Local.ToString("yyyy-MM-dd'T'HH:mmzzz", CultureInfo.InvariantCulture);

    /// <summary><c>Europe/Lisbon</c> is read as <c>Lisbon time</c>.</summary>
    public string ZoneName => Zone.Id == "UTC" ? "UTC" : Zone.Id[(Zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ') + " time";

    public bool SameDayAs(EventTime other) => Local.Date == other.Local.Date;
}
