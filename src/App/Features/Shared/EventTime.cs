using System.Globalization;
using App.Infrastructure.Web;

namespace App.Features.Shared;

/// <summary>Instants as people read them at the venue, in the page's language: <c>Friday 12 March 2027, 20:00</c>, <c>Lisbon time</c>. Times are kept in UTC and shown in the event's zone, always with its name.</summary>
public readonly record struct EventTime(DateTimeOffset At, TimeZoneInfo Zone)
{
    public static EventTime Of(DateTimeOffset at, string zoneId) => new(at, Find(zoneId));

    static TimeZoneInfo Find(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    public DateTimeOffset Local => TimeZoneInfo.ConvertTime(At, Zone);
    public string Clock => Local.ToString("HH:mm", CultureInfo.InvariantCulture);
    public string Day => Language.Current.Write(Local, Language.Current.Day);
    public string ShortDay => Language.Current.Write(Local, Language.Current.ShortDay);
    public string LongDate => Language.Current.Write(Local, Language.Current.LongDate);
    public string Date => Language.Current.Write(Local, Language.Current.Date);
    public string Full => $"{Day}{Language.Current.Comma}{Clock}";
    public string Weekday => Language.Current.Write(Local, Language.Current.Weekday);
    public string ShortWeekday => Language.Current.Write(Local, Language.Current.ShortWeekday);

    /// <summary>Fri 12 Mar, 20:00.</summary>
    public string When => $"{ShortWeekday}{Language.Current.Comma}{Clock}";

    /// <summary>For a machine: <c>datetime=</c>.</summary>
    public string Iso => Local.ToString("yyyy-MM-dd'T'HH:mmzzz", CultureInfo.InvariantCulture);

    /// <summary><c>Europe/Lisbon</c> is read as <c>Lisbon time</c>.</summary>
    public string ZoneName => Zone.Id == "UTC" ? "UTC" : string.Format(CultureInfo.InvariantCulture, Language.Current.Zone, Zone.Id[(Zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' '));

    public bool SameDayAs(EventTime other) => Local.Date == other.Local.Date;
}
