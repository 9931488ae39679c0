using App.Features.Events.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Import;

/// <summary>Reads a source and imports it, with a note of how it went. What goes wrong leaves the schedule as it was.</summary>
public sealed class ScheduleImports(MessageBus bus, ScheduleReader reader, EventCatalogue events, Texts texts, TimeProvider clock)
{
    /// <returns>Throws <see cref="Refused"/> when the source is; the note is written then too.</returns>
    public Task<ImportReport> Fetch(Guid conferenceId, string address, string by, bool dryRun, bool force, CancellationToken ct) =>
        Run(conferenceId, address, by, dryRun, force, zone => reader.Read(address, zone, ct), ct);

    /// <param name="name">For people.</param>
    public Task<ImportReport> Upload(Guid conferenceId, string name, ReadOnlyMemory<byte> file, string by, bool dryRun, bool force, CancellationToken ct) =>
        Run(conferenceId, name, by, dryRun, force, zone => Task.FromResult(ScheduleReader.Read(file, zone)), ct);

    async Task<ImportReport> Run(Guid conferenceId, string source, string by, bool dryRun, bool force, Func<string, Task<ScheduleReading>> read, CancellationToken ct)
    {
        var e = await events.Find(conferenceId) ?? throw new Refused("events.no-such-event");
        var (began, at) = (clock.GetTimestamp(), clock.GetUtcNow());
        ImportReport? report = null;
        string? error = null;
        try
        {
            var reading = await read(e.TimeZone);
            report = await bus.InvokeAsync<ImportReport>(new ImportSchedule(conferenceId, reading, dryRun, force), ct);
            return report;
        }
        catch (Exception x) when (x is Refused || !ct.IsCancellationRequested)
        {
            error = x is Refused refused ? texts.Of(refused) : $"{x.GetType().Name}: {x.Message}";
            throw;
        }
        finally
        {
            if (!dryRun && (report is not null || error is not null))
                await bus.InvokeAsync(new RecordImport(new(Ids.New(at), conferenceId, source, by, at, at.ToUnixTimeMilliseconds(), clock.GetElapsedTime(began).TotalSeconds, report, error)), CancellationToken.None);
        }
    }
}
