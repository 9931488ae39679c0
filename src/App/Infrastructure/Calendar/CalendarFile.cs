using System.Globalization;
using System.Text;

namespace App.Infrastructure.Calendar;

/// <param name="Uid">The same for the same thing, for ever: that is how a calendar knows that it moved.</param>
/// <param name="Sequence">Goes up with each change.</param>
/// <param name="Stamp">When this description was made.</param>
public sealed record CalendarEntry(string Uid, int Sequence, DateTimeOffset Stamp, DateTimeOffset Starts, DateTimeOffset Ends, string Title)
{
    public string Place { get; init; } = "";
    public string Text { get; init; } = "";
    public string Url { get; init; } = "";
    public bool Cancelled { get; init; }
}

/// <summary>Writes iCalendar (RFC 5545): times in their zone with its rules beside them, text escaped, lines folded at 75 octets and never inside a character.</summary>
public static class CalendarFile
{
    public const string ContentType = "text/calendar; charset=utf-8; method=PUBLISH";
    const string Local = "yyyyMMdd'T'HHmmss", Utc = "yyyyMMdd'T'HHmmss'Z'";

    /// <param name="name">What calendars that subscribe to it call it.</param>
    /// <param name="zone">An IANA name. One that this machine doesn't know is written as UTC.</param>
    public static string Write(string zone, IReadOnlyList<CalendarEntry> entries, string name = "")
    {
        var known = zone is not "UTC" and not "Etc/UTC" && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : null;
        var file = new StringBuilder();
        Line(file, "BEGIN:VCALENDAR");
        Line(file, "VERSION:2.0");
        Line(file, "PRODID:-//Foyer//Tickets//EN");
        Line(file, "CALSCALE:GREGORIAN");
        Line(file, "METHOD:PUBLISH");
        if (name.Length > 0) { Line(file, "NAME:" + Escape(name)); Line(file, "X-WR-CALNAME:" + Escape(name)); }
        if (known is not null && entries.Count > 0) CalendarZone.Write(known, zone, entries.Min(e => e.Starts), entries.Max(e => e.Ends), line => Line(file, line));
        foreach (var entry in entries) WriteEntry(file, entry, known, zone);
        Line(file, "END:VCALENDAR");
        return file.ToString();
    }

    static void WriteEntry(StringBuilder file, CalendarEntry e, TimeZoneInfo? zone, string name)
    {
        Line(file, "BEGIN:VEVENT");
        Line(file, "UID:" + Escape(e.Uid));
        Line(file, "DTSTAMP:" + e.Stamp.UtcDateTime.ToString(Utc, CultureInfo.InvariantCulture));
        Line(file, string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{e.Sequence}"));
        Line(file, "DTSTART" + Time(e.Starts, zone, name));
        Line(file, "DTEND" + Time(e.Ends, zone, name));
        Line(file, "SUMMARY:" + Escape(e.Title));
        if (e.Place.Length > 0) Line(file, "LOCATION:" + Escape(e.Place));
        if (e.Text.Length > 0) Line(file, "DESCRIPTION:" + Escape(e.Text));
        if (e.Url.Length > 0) Line(file, "URL:" + OneLine(e.Url));
        Line(file, e.Cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
        Line(file, "END:VEVENT");
    }

    // An hour that happens twice can't be told apart in local time.
    static string Time(DateTimeOffset at, TimeZoneInfo? zone, string name) => zone is null || zone.IsAmbiguousTime(at)
        ? ":" + at.UtcDateTime.ToString(Utc, CultureInfo.InvariantCulture)
        : $";TZID={name}:" + TimeZoneInfo.ConvertTime(at, zone).ToString(Local, CultureInfo.InvariantCulture);

    /// <summary>RFC 5545 §3.3.11. Control characters are not allowed in text at all.</summary>
    static string Escape(string text) => string.Concat(text.ReplaceLineEndings("\n").Select(c => c switch
    {
        '\\' => "\\\\",
        ';' => "\\;",
        ',' => "\\,",
        '\n' => "\\n",
        _ when char.IsControl(c) => "",
        _ => c.ToString(),
    }));

    static string OneLine(string text) => string.Concat(text.Where(c => !char.IsControl(c)));

    /// <summary>RFC 5545 §3.1.</summary>
    static void Line(StringBuilder file, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > 75)
            {
                file.Append("\r\n ");
                octets = 1;
            }
            file.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        file.Append("\r\n");
    }
}
