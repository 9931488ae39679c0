using App.Infrastructure;
using App.Infrastructure.Vendors.Pretalx;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Import;

/// <param name="Reading">Null: the source says that nothing has changed.</param>
public readonly record struct SourceReading(ScheduleReading? Reading, FileMark Mark);

/// <summary>The one contract of all sources: an address (a file's, or <c>pretalx:event</c>) becomes a schedule that is understood, or is refused with a sentence.</summary>
public sealed class ScheduleReader(Downloads downloads, PretalxClient pretalx)
{
    const string Pretalx = "pretalx:";

    /// <param name="fallbackZone">The event's, for sources that name none.</param>
    /// <param name="known">What was read last; <see cref="FileMark.None"/>: read it in any case.</param>
    /// <param name="questions">Of a Pretalx's, those whose answers are used.</param>
    public async Task<SourceReading> Read(string address, string? fallbackZone, FileMark known, IReadOnlyList<SourceQuestion> questions, CancellationToken ct)
    {
        if (PretalxEvent(address) is { } slug)
        {
            var warnings = new ImportWarnings();
            return new(Understand(await PretalxSource.Read(slug, pretalx, questions, warnings, ct), fallbackZone, warnings), FileMark.None);
        }
        return await downloads.Fetch(address, ScheduleFile.MaxBytes, known, ct) is var (bytes, mark) ? new(Read(bytes, fallbackZone), mark) : new(null, known);
    }

    public static ScheduleReading Read(ReadOnlyMemory<byte> file, string? fallbackZone)
    {
        var warnings = new ImportWarnings();
        return Understand(ScheduleFile.Read(file, warnings), fallbackZone, warnings);
    }

    /// <summary>Somewhere else than on this machine.</summary>
    public static bool IsWeb(string text) => text.StartsWith(Pretalx, StringComparison.Ordinal) ? text.Length > Pretalx.Length : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";

    /// <summary>What the organizer asks at Pretalx.</summary>
    public Task<IReadOnlyList<SourceQuestion>> Questions(string slug, CancellationToken ct) => PretalxSource.Questions(slug, pretalx, ct);

    /// <summary>The event's name at Pretalx; null: the address is a file's.</summary>
    public static string? PretalxEvent(string address) => address.StartsWith(Pretalx, StringComparison.Ordinal) ? address[Pretalx.Length..] : null;

    public static bool IsAddress(string text) => text.StartsWith(Pretalx, StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    static ScheduleReading Understand(RawSchedule raw, string? fallbackZone, ImportWarnings warnings) => new(SnapshotMaker.Make(raw, fallbackZone, warnings), warnings.All);
}
