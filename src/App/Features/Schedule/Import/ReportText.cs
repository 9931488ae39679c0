using System.Globalization;

namespace App.Features.Schedule.Import;

/// <summary>An import's report as people read it in a terminal.</summary>
static class ReportText
{
    public static void Write(ImportReport report, TextWriter to)
    {
        to.WriteLine($"{report.Title}{(report.Release.Length > 0 ? $", version {report.Release}" : "")} ({report.Format}, {report.TimeZone}){(report.DryRun ? ". Dry run: nothing was written." : "")}");
        var c = report.Counts;
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {c.Rooms} rooms, {c.Tracks} tracks, {c.Types} types, {c.Tags} tags, {c.Speakers} speakers, {c.Sessions} sessions in {c.Slots} slots, {c.Breaks} breaks"));
        foreach (var (name, list) in new[] { ("added", report.Added), ("changed", report.Changed), ("moved", report.Moved), ("cancelled", report.Cancelled), ("restored", report.Restored) }) List(name, list, to);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"unchanged",-10}{report.Unchanged,6}"));
        foreach (var w in report.Warnings)
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  warning: {w.Kind} ({w.Count})"));
            foreach (var example in w.Examples) to.WriteLine($"    {example}");
        }
    }

    static void List(string name, ImportList list, TextWriter to)
    {
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-10}{list.Count,6}"));
        // The first import adds everything: nobody reads that list here.
        if (list.Count <= 20) foreach (var title in list.Titles) to.WriteLine($"    {title}");
    }
}
