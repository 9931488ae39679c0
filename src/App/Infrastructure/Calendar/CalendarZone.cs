using System.Globalization;

namespace App.Infrastructure.Calendar;

/// <summary>
/// A zone as a VTIMEZONE: the offset that holds at the first entry, and every change until a year after the last one, each as an observance of its own. That is exact where a repeating rule would only guess, and all that the entries need.
/// </summary>
static class CalendarZone
{
    static readonly TimeSpan Step = TimeSpan.FromDays(7);

    public static void Write(TimeZoneInfo zone, string name, DateTimeOffset first, DateTimeOffset last, Action<string> line)
    {
        line("BEGIN:VTIMEZONE");
        line("TZID:" + name);
        var changes = Changes(zone, first.AddYears(-1), last.AddYears(1)).ToList();
        if (changes.Count == 0 || changes[0] > first) Observance(zone, new DateTime(1970, 1, 1), zone.GetUtcOffset(first.AddYears(-1)), first.AddYears(-1), line);
        foreach (var at in changes) Observance(zone, at.UtcDateTime + zone.GetUtcOffset(at.AddSeconds(-1)), zone.GetUtcOffset(at.AddSeconds(-1)), at, line);
        line("END:VTIMEZONE");
    }

    static void Observance(TimeZoneInfo zone, DateTime localStart, TimeSpan from, DateTimeOffset at, Action<string> line)
    {
        var kind = zone.IsDaylightSavingTime(at) ? "DAYLIGHT" : "STANDARD";
        line("BEGIN:" + kind);
        line("DTSTART:" + localStart.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture));
        line("TZOFFSETFROM:" + Offset(from));
        line("TZOFFSETTO:" + Offset(zone.GetUtcOffset(at)));
        line("END:" + kind);
    }

    /// <summary>The instants at which the offset changes, to the second.</summary>
    static IEnumerable<DateTimeOffset> Changes(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        for (var at = from; at < to; at += Step)
        {
            if (zone.GetUtcOffset(at) == zone.GetUtcOffset(at + Step)) continue;
            var (low, high) = (at.ToUnixTimeSeconds(), (at + Step).ToUnixTimeSeconds());
            while (high - low > 1)
            {
                var middle = low + (high - low) / 2;
                if (zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(middle)) == zone.GetUtcOffset(at)) low = middle;
                else high = middle;
            }
            yield return DateTimeOffset.FromUnixTimeSeconds(high);
        }
    }

    static string Offset(TimeSpan offset) => (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(offset.Seconds == 0 ? "hhmm" : "hhmmss", CultureInfo.InvariantCulture);
}
