using System.IO.Compression;
using App.Features.Schedule.Import;

namespace App.Features.Demo;

/// <summary>The conference's whole schedule as its organizers published it (content/demo), read by the importer that everybody uses, on other days at the same hours.</summary>
static class DemoProgramme
{
    public static ScheduleReading Read(int days)
    {
        using var packed = typeof(DemoProgramme).Assembly.GetManifestResourceStream("demo/fosdem-2024.schedule.xml.gz")!;
        using var file = new MemoryStream();
        using (var unpacked = new GZipStream(packed, CompressionMode.Decompress)) unpacked.CopyTo(file);
        var reading = ScheduleReader.Read(file.GetBuffer().AsMemory(0, (int)file.Length), fallbackZone: null);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(reading.Snapshot.TimeZone);
        return reading with { Snapshot = reading.Snapshot with { Sessions = [.. reading.Snapshot.Sessions.Select(s => s with { Slots = [.. s.Slots.Select(t => t with { Start = Later(t.Start, days, zone), End = Later(t.End, days, zone) })] })] } };
    }

    static DateTimeOffset Later(DateTimeOffset at, int days, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime.AddDays(days);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
