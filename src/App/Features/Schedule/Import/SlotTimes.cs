using System.Globalization;

namespace App.Features.Schedule.Import;

/// <summary>When an event is, out of a date, a day, a time of day, a duration and an end of which any may be missing, wrong or contradict another.</summary>
sealed class SlotTimes(TimeZoneInfo zone, int dayChange, DateOnly? first, DateOnly? last, ImportWarnings warnings)
{
    static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    /// <summary>Null: it isn't scheduled, or nobody can say when.</summary>
    public (DateTimeOffset Start, DateTimeOffset End)? Of(RawEvent e)
    {
        if (e.Date.Length == 0 && (e.Day is null || e.Start.Length == 0)) return null;
        if (Start(e) is not { } start || !IsLikely(start.Year)) { warnings.Add(Warn.BadTime, Named(e)); return null; }
        if (Length(e, start) is not { } length || length <= TimeSpan.Zero || length > Longest) { warnings.Add(Warn.BadDuration, $"{Named(e)}: {(e.Duration.Length > 0 ? e.Duration : e.End)}"); return null; }
        if (length > TimeSpan.FromDays(1)) warnings.Add(Warn.LongDuration, $"{Named(e)}: {e.Duration}");
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, zone).DateTime);
        if ((first is { } from && date < from.AddDays(-31)) || (last is { } to && date > to.AddDays(31))) warnings.Add(Warn.FarOutside, $"{Named(e)}: {date:yyyy-MM-dd}");
        else if (e.Day is { } day && date != day && date != day.AddDays(1)) warnings.Add(Warn.OtherDay, $"{Named(e)}: {date:yyyy-MM-dd} under {day:yyyy-MM-dd}");
        return (start.ToUniversalTime(), (start + length).ToUniversalTime());
    }

    /// <summary>Years in which conferences are, and no zone's hours run over the edge of what a clock can say.</summary>
    public static bool IsLikely(int year) => year is >= 1990 and <= 2200;

    /// <summary>Of what says its start and end outright.</summary>
    public bool Allows(DateTimeOffset start, DateTimeOffset end, string named)
    {
        if (!IsLikely(start.Year)) warnings.Add(Warn.BadTime, named);
        else if (end <= start || end - start > Longest) warnings.Add(Warn.BadDuration, named);
        else return true;
        return false;
    }

    DateTimeOffset? Start(RawEvent e)
    {
        if (e.Date.Length >= 16)
        {
            if (Instant(e.Date, zone) is not { } at) return null;
            if (TimeOfDay(e.Start) is { } said && said.TotalHours < 24 && Instant(e.Date, zone, ignoreOffset: true) is { } local && local.TimeOfDay is var written && new TimeSpan(written.Hours, written.Minutes, 0) != said) warnings.Add(Warn.TimesDiffer, $"{Named(e)}: {e.Start} and {e.Date}");
            return at;
        }
        if ((e.Day ?? JsonSchedule.Date(e.Date)) is not { } day || TimeOfDay(e.Start) is not { } time) return null;
        if (time.TotalHours >= 24) warnings.Add(Warn.PastMidnight, $"{Named(e)}: {e.Start}");
        // Before the day's change the night of that day is meant.
        else if (time.TotalMinutes < dayChange) day = day.AddDays(1);
        return Local(day.ToDateTime(TimeOnly.MinValue) + time, zone);
    }

    static TimeSpan? Length(RawEvent e, DateTimeOffset start)
    {
        var until = e.End.Length >= 16 && Instant(e.End, TimeZoneInfo.Utc) is { } end ? end - start : (TimeSpan?)null;
        if (e.Duration.Length == 0) return until;
        // A duration is written in whole minutes; an end that agrees with it may be more exact.
        return Duration(e.Duration) is not { } said ? until : until is { } exact && (exact - said).Duration() < TimeSpan.FromMinutes(1) ? exact : said;
    }

    /// <summary>"09:30", "09:30:00", "0930", "25:00".</summary>
    public static TimeSpan? TimeOfDay(string text)
    {
        var digits = text.Replace(":", "", StringComparison.Ordinal);
        if (digits.Length is < 3 or > 6 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        if (digits.Length > 4) number /= 100;
        return number / 100 <= 47 && number % 100 < 60 ? new TimeSpan(number / 100, number % 100, 0) : null;
    }

    /// <summary>"00:45", "1:30:00", "49:30", "1.02:00:00" (days), "45" (minutes), "PT45M".</summary>
    public static TimeSpan? Duration(string text)
    {
        text = text.Trim();
        var sign = text.StartsWith('-') ? -1 : 1;
        if (text.StartsWith('P'))
        {
            try { return System.Xml.XmlConvert.ToTimeSpan(text); }
            catch (Exception e) when (e is FormatException or OverflowException) { return null; }
        }
        var parts = text.TrimStart('-').Split(':');
        var numbers = new List<int>();
        foreach (var part in parts)
            if (int.TryParse(part.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 100_000) numbers.Add(number);
            else return null;
        return sign * (numbers.Count switch
        {
            1 => TimeSpan.FromMinutes(numbers[0]),
            2 => new TimeSpan(numbers[0], numbers[1], 0),
            3 => new TimeSpan(numbers[0], numbers[1], numbers[2]),
            4 => new TimeSpan(numbers[0], numbers[1], numbers[2], numbers[3]),
            _ => TimeSpan.Zero,
        });
    }

    /// <summary>A time without an offset is the zone's.</summary>
    static DateTimeOffset? Instant(string text, TimeZoneInfo zone, bool ignoreOffset = false)
    {
        text = text.Replace(' ', 'T');
        var hasOffset = text.EndsWith('Z') || text.AsSpan(10).IndexOfAny('+', '-') >= 0;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, hasOffset ? DateTimeStyles.None : DateTimeStyles.AssumeUniversal, out var at)) return null;
        // At the edge of what a clock can say there is no zone's hour; such a time is refused anyway.
        return ignoreOffset ? new(at.DateTime, TimeSpan.Zero) : hasOffset || !IsLikely(at.Year) ? at : Local(at.DateTime, zone);
    }

    /// <summary>An hour that the zone skips is taken as the next one.</summary>
    static DateTimeOffset Local(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local));
    }

    public static string Named(RawEvent e) => e.Title.Length > 0 ? e.Title : e.Code.Length > 0 ? e.Code : e.Id;
}
