using System.Globalization;

namespace App.Features.Schedule.Import;

/// <summary>The zone a source's times are shown in.</summary>
static class SourceZone
{
    public static string Of(RawSchedule raw, string? fallback, ImportWarnings warnings)
    {
        var said = raw.Extras?.TimeZone ?? raw.TimeZone;
        if (said.Length > 0)
        {
            if (Known(said) is { } known) return known;
            warnings.Add(Warn.UnknownZone, said);
        }
        else warnings.Add(Warn.NoZone, fallback ?? "taken from the first session");
        return Known(fallback ?? "") ?? Offset(raw) ?? "UTC";
    }

    static string? Known(string name)
    {
        if (name.Length is 0 or > 80 || !TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)) return null;
        return zone.HasIanaId ? zone.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var iana) ? iana : null;
    }

    /// <summary>Whole hours from UTC have names; their sign is the other way round (POSIX).</summary>
    static string? Offset(RawSchedule raw)
    {
        foreach (var e in raw.Events)
            if (e.Date.Length > 19 && DateTimeOffset.TryParse(e.Date, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at.Offset.Minutes == 0)
                return at.Offset == TimeSpan.Zero ? "UTC" : Known(string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{(at.Offset > TimeSpan.Zero ? "-" : "+")}{Math.Abs(at.Offset.Hours)}"));
        return null;
    }
}

/// <summary>When a day of the programme ends and the next begins, in minutes after midnight: as the source says, moved where its own list of days says otherwise.</summary>
static class DayChanges
{
    const int Usual = 4 * 60, Latest = 12 * 60;

    public static int Of(RawSchedule raw, TimeZoneInfo zone)
    {
        var (late, early) = (0, Latest);
        foreach (var e in raw.Events)
        {
            if (e.Day is not { } day || e.Date.Length < 19 || !DateTimeOffset.TryParse(e.Date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) continue;
            var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
            var (date, minutes) = (DateOnly.FromDateTime(local), (int)local.TimeOfDay.TotalMinutes);
            if (date == day) early = Math.Min(early, minutes);
            else if (date == day.AddDays(1) && minutes < Latest) late = Math.Max(late, minutes + 1);
        }
        var said = SlotTimes.TimeOfDay(raw.Extras?.DayChange ?? raw.DayChange) is { } time ? (int)time.TotalMinutes % (24 * 60) : Usual;
        return Math.Max(late, Math.Min(Math.Min(said, Latest), early));
    }
}
