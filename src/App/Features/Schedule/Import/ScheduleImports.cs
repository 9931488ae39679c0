using App.Features.Events.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Import;

/// <summary>Reads a source and imports it, with a note of how it went. What goes wrong leaves the schedule as it was.</summary>
public sealed class ScheduleImports(MessageBus bus, ScheduleReader reader, EventCatalogue events, Texts texts, QuerySession db, TimeProvider clock)
{
    /// <summary>However sure a source is that nothing has changed: this long at the most nobody looks for themselves.</summary>
    static readonly TimeSpan Trusted = TimeSpan.FromDays(1);

    /// <returns>Throws <see cref="Refused"/> when the source is; the note is written then too.</returns>
    public async Task<ImportReport> Fetch(Guid conferenceId, string address, string by, bool dryRun, bool force, CancellationToken ct) =>
        (await Run(conferenceId, address, by, dryRun, force, null, async (zone, _) => await reader.Read(address, zone, FileMark.None, await Questions(conferenceId, address, ct), ct), ct))!;

    /// <summary>For the job: what says that it is as it was when it was imported last isn't read again.</summary>
    /// <returns>Null: nothing has changed.</returns>
    public async Task<ImportReport?> FetchIfChanged(Guid conferenceId, string address, CancellationToken ct)
    {
        var known = await ImportRun.Latest(conferenceId, 1, db, ct) is [{ Error: null, Mark.IsNone: false } last] && last.Source == address && last.ReadAt + Trusted > clock.GetUtcNow() ? last : null;
        return await Run(conferenceId, address, "job", false, false, known, async (zone, mark) => await reader.Read(address, zone, mark, await Questions(conferenceId, address, ct), ct), ct);
    }

    /// <param name="name">For people.</param>
    public async Task<ImportReport> Upload(Guid conferenceId, string name, ReadOnlyMemory<byte> file, string by, bool dryRun, bool force, CancellationToken ct) =>
        (await Run(conferenceId, name, by, dryRun, force, null, (zone, _) => Task.FromResult(new SourceReading(ScheduleReader.Read(file, zone), FileMark.None)), ct))!;

    async Task<IReadOnlyList<SourceQuestion>> Questions(Guid conferenceId, string address, CancellationToken ct) =>
        await db.Load<ScheduleSource>(conferenceId, ct) is { } source && source.Address == address ? [.. source.Questions.Where(q => q.Use is not null)] : [];

    /// <param name="known">The run after which the source may say that nothing has changed.</param>
    async Task<ImportReport?> Run(Guid conferenceId, string source, string by, bool dryRun, bool force, ImportRun? known, Func<string, FileMark, Task<SourceReading>> read, CancellationToken ct)
    {
        var e = await events.Find(conferenceId) ?? throw new Refused("events.no-such-event");
        var (began, at) = (clock.GetTimestamp(), clock.GetUtcNow());
        var run = new ImportRun(Ids.New(at), conferenceId, source, by, at, at.ToUnixTimeMilliseconds(), 0, null, null) { ReadAt = at };
        try
        {
            var (reading, mark) = await read(e.TimeZone, known?.Mark ?? FileMark.None);
            if (reading is not null) run = run with { Report = await bus.InvokeAsync<ImportReport>(new ImportSchedule(conferenceId, reading, dryRun, force), ct, new Cause(by)), Mark = mark };
            else run = run with { Mark = mark, ReadAt = known!.ReadAt };
            return run.Report;
        }
        catch (Exception x) when (x is Refused || !ct.IsCancellationRequested)
        {
            run = run with { Error = x is Refused refused ? texts.Of(refused) : $"{x.GetType().Name}: {x.Message}" };
            throw;
        }
        finally
        {
            // A run that was called off has neither been done nor gone wrong.
            if (!dryRun && !(run.WasUnchanged && run.Mark is null)) await bus.InvokeAsync(new RecordImport(run with { Seconds = clock.GetElapsedTime(began).TotalSeconds }), CancellationToken.None);
        }
    }
}
