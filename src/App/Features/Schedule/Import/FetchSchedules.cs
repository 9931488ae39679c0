using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Import;

/// <summary>The recurring job <c>fetch-schedule</c>: every conference with a source, each by itself.</summary>
public sealed record FetchSchedules;

[Lane(Lanes.Jobs)]
public static class FetchSchedulesHandler
{
    /// <summary>One source that fails doesn't keep the others; at the end the job says how many did, and its own record has the reasons of the last.</summary>
    public static async Task Handle(FetchSchedules _, QuerySession db, ScheduleImports imports, TimeProvider clock, CancellationToken ct)
    {
        var failures = new List<string>();
        foreach (var source in await ScheduleSource.All(db, ct))
        {
            if (!await IsDue(source, db, clock.GetUtcNow(), ct)) continue;
            try { await imports.FetchIfChanged(source.Id, source.Address, ct); }
            catch (Refused e) { failures.Add($"{source.Address}: {e.Key}"); }
            catch (Exception e) when (!ct.IsCancellationRequested) { failures.Add($"{source.Address}: {e.Message}"); }
        }
        if (failures.Count > 0) throw new InvalidOperationException(string.Join("; ", failures));
    }

    static async Task<bool> IsDue(ScheduleSource source, QuerySession db, DateTimeOffset now, CancellationToken ct) =>
        source.EveryMinutes is not { } minutes || await ImportRun.Latest(source.Id, 1, db, ct) is not [var last] || last.Began.AddMinutes(minutes) <= now;
}
