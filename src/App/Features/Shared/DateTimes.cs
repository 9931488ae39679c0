using System.Globalization;

namespace App.Features.Shared;

/// <summary>Local times as <c>datetime-local</c> writes them.</summary>
public static class DateTimes
{
    public const string Format = "yyyy-MM-dd'T'HH:mm";

    /// <summary>Null: no time, or one that the clocks of that zone skip. Of an hour that comes twice, the first.</summary>
    public static DateTimeOffset? Read(string? text, string zoneId)
    {
        if (!DateTime.TryParseExact(text?.Trim(), [Format, "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return null;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone) || zone.IsInvalidTime(local) || local.Year is < 2000 or > 2200) return null;
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
