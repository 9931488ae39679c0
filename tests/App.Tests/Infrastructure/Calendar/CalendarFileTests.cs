using System.Text;
using System.Text.RegularExpressions;
using App.Infrastructure.Calendar;

namespace App.Tests.Infrastructure.Calendar;

public sealed class CalendarFileTests
{
    static readonly DateTimeOffset Now = new(2027, 1, 4, 12, 0, 0, TimeSpan.Zero);

    static CalendarEntry Entry(DateTimeOffset starts, string title = "Slow Harbour") => new("o-1@example.org", 4, Now, starts, starts.AddHours(2), title);

    [Theory]
    [InlineData("Europe/Lisbon", 2027, 3, 12, 20, "20270312T200000")]
    [InlineData("Europe/Lisbon", 2027, 7, 1, 20, "20270701T210000")]
    [InlineData("America/New_York", 2027, 11, 7, 7, "20271107T020000")]
    [InlineData("Asia/Kolkata", 2027, 3, 12, 20, "20270313T013000")]
    [InlineData("Australia/Lord_Howe", 2027, 3, 12, 20, "20270313T070000")]
    public void A_time_and_its_zones_rules_give_the_instant_back(string zone, int year, int month, int day, int hour, string local)
    {
        var starts = new DateTimeOffset(year, month, day, hour, 0, 0, TimeSpan.Zero);
        var lines = Unfold(CalendarFile.Write(zone, [Entry(starts)]));
        lines.ShouldContain($"DTSTART;TZID={zone}:{local}");
        // A calendar program takes the observance that began last before the local time.
        var observances = Observances(lines).Where(o => string.CompareOrdinal(o.Start, local) <= 0).OrderBy(o => o.Start, StringComparer.Ordinal).ToList();
        var offset = observances[^1].Offset;
        (DateTime.ParseExact(local, "yyyyMMdd'T'HHmmss", System.Globalization.CultureInfo.InvariantCulture) - offset).ShouldBe(starts.UtcDateTime);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void An_hour_that_happens_twice_is_written_in_utc(int hour) =>
        Unfold(CalendarFile.Write("America/New_York", [Entry(new(2027, 11, 7, hour, 0, 0, TimeSpan.Zero))])).ShouldContain($"DTSTART:20271107T{hour:00}0000Z");

    [Fact]
    public void Utc_needs_no_zone()
    {
        var lines = Unfold(CalendarFile.Write("UTC", [Entry(Now)]));
        lines.ShouldContain("DTSTART:20270104T120000Z");
        lines.ShouldNotContain("BEGIN:VTIMEZONE");
    }

    [Fact]
    public void Every_line_ends_in_crlf_and_has_at_most_75_octets_and_no_character_is_cut()
    {
        var title = string.Concat(Enumerable.Repeat("Über, 山田; \U0001F3AD \\ ", 30));
        var file = CalendarFile.Write("Europe/Lisbon", [Entry(Now, title) with { Place = title, Text = "a\r\nb\nc", Url = "https://example.org/" + new string('x', 200) }]);
        file.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain("\n");
        file.ShouldEndWith("END:VCALENDAR\r\n");
        foreach (var line in file.Split("\r\n")) Encoding.UTF8.GetByteCount(line).ShouldBeLessThanOrEqualTo(75);
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(file)).ShouldBe(file);
        Unescape(Value(Unfold(file), "SUMMARY")).ShouldBe(title);
        Unescape(Value(Unfold(file), "DESCRIPTION")).ShouldBe("a\nb\nc");
    }

    [Fact]
    public void A_title_can_not_add_a_line_of_its_own()
    {
        var lines = Unfold(CalendarFile.Write("UTC", [Entry(Now, "x\r\nATTENDEE:mailto:eve@example.org") with { Url = "https://example.org/\r\nATTENDEE:x" }]));
        lines.ShouldAllBe(l => !l.StartsWith("ATTENDEE", StringComparison.Ordinal));
    }

    [Fact]
    public void The_file_keeps_to_the_grammar()
    {
        var open = new Stack<string>();
        foreach (var line in Unfold(CalendarFile.Write("Europe/Lisbon", [Entry(Now), Entry(Now.AddDays(1)) with { Uid = "o-2@example.org", Cancelled = true }])))
        {
            Regex.IsMatch(line, "^[A-Z-]+(;[A-Z-]+=[^:;,\"]+)*:").ShouldBeTrue(line);
            if (line.StartsWith("BEGIN:", StringComparison.Ordinal)) open.Push(line[6..]);
            if (line.StartsWith("END:", StringComparison.Ordinal)) open.Pop().ShouldBe(line[4..]);
        }
        open.ShouldBeEmpty();
    }

    static List<string> Unfold(string file) => [.. file.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
    static string Value(List<string> lines, string name) => lines.Single(l => l.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..];
    static string Unescape(string text) => Regex.Replace(text, @"\\(.)", m => m.Groups[1].Value == "n" ? "\n" : m.Groups[1].Value);

    static IEnumerable<(string Start, TimeSpan Offset)> Observances(List<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i] is not ("BEGIN:STANDARD" or "BEGIN:DAYLIGHT")) continue;
            var to = lines[i + 3]["TZOFFSETTO:".Length..];
            var offset = new TimeSpan(int.Parse(to[1..3], System.Globalization.CultureInfo.InvariantCulture), int.Parse(to[3..5], System.Globalization.CultureInfo.InvariantCulture), 0);
            yield return (lines[i + 1]["DTSTART:".Length..], to[0] == '-' ? -offset : offset);
        }
    }
}
