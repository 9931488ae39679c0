using System.Text.Json;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Import;

/// <summary>Where a conference's schedule is fetched from by itself.</summary>
/// <param name="Id">The conference's.</param>
/// <param name="Address">A file's, or <c>pretalx:event</c>.</param>
/// <param name="EveryMinutes">Null: as often as the job runs.</param>
public sealed record ScheduleSource(Guid Id, string Address, int? EveryMinutes)
{
    public static async Task<IReadOnlyList<ScheduleSource>> All(QuerySession db, CancellationToken ct) =>
        [.. (await db.Query<string>("select data::text from doc_schedule_source order by id", ct)).Select(json => JsonSerializer.Deserialize(json, ScheduleJson.Default.ScheduleSource)!)];
}

/// <param name="Address">Null: it is fetched no more.</param>
public sealed record SetScheduleSource(Guid ConferenceId, string? Address, int? EveryMinutes);

public static class SetScheduleSourceHandler
{
    public static Task Handle(SetScheduleSource command, DocumentSession db)
    {
        if (command.Address is null) db.Delete<ScheduleSource>(command.ConferenceId);
        else if (!ScheduleReader.IsAddress(command.Address)) throw new Refused("downloads.not-an-address");
        else db.Store(new ScheduleSource(command.ConferenceId, command.Address, command.EveryMinutes is > 0 ? command.EveryMinutes : null));
        return Task.CompletedTask;
    }
}
