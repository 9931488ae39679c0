using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Edit;

/// <summary>A floor plan, new or changed.</summary>
/// <param name="PlanId">Null: a new one.</param>
/// <param name="Name">Of the floor or the building.</param>
public sealed record KeepPlan(Guid ConferenceId, Guid? PlanId, string Name, SchedulePicture Picture);

public static class KeepPlanHandler
{
    const int Most = 40;

    public static async Task Handle(KeepPlan command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var (now, stream) = (clock.GetUtcNow(), await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct));
        stream.Append(Decide(command, command.PlanId ?? Ids.New(now), stream.State, now));
    }

    public static IEnumerable<object> Decide(KeepPlan command, Guid id, Conference conference, DateTimeOffset now)
    {
        if (conference.Id == Guid.Empty) throw new Refused("schedule.none");
        if (string.IsNullOrWhiteSpace(command.Name)) throw new Refused("schedule.name-missing");
        KeepPicture.Check(command.Picture);
        var (had, others) = (conference.Plans.GetValueOrDefault(id), conference.Plans.Values.Where(p => p.Id != id).ToArray());
        if (command.PlanId is not null && had is null) throw new Refused("schedule.no-such-plan");
        if (Array.Exists(others, p => string.Equals(p.Name, command.Name, StringComparison.OrdinalIgnoreCase))) throw new Refused("schedule.name-taken", command.Name);
        if (had is null && others.Length >= Most) throw new Refused("schedule.too-many-plans", Most);
        if (had is not null && (had.Name, had.Picture) == (command.Name, command.Picture)) return [];
        var slug = had?.Slug ?? Slugs.Unique(command.Name, $"plan-{Ids.Short(id, 6)}", others.Select(p => p.Slug).ToHashSet(StringComparer.Ordinal));
        return [new PlanSet(id, slug, command.Name, command.Picture, had?.Position ?? KeepRoomHandler.Next(others.Select(p => p.Position)), now, had?.Names)];
    }
}

/// <summary>With all that stands on it.</summary>
public sealed record RemovePlan(Guid ConferenceId, Guid PlanId);

public static class RemovePlanHandler
{
    public static async Task Handle(RemovePlan command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct);
        if (stream.State.Plans.ContainsKey(command.PlanId)) stream.Append(new PlanRemoved(command.PlanId, clock.GetUtcNow()));
    }
}
