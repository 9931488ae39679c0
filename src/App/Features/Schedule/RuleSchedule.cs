using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Schedule;

/// <summary>What people outside see of a schedule, and when links open. Null parts stay as they are.</summary>
/// <param name="SessionId">Whose links; null: all without a rule of their own.</param>
/// <param name="Links">Null: not ruled by this command.</param>
public sealed record RuleSchedule(Guid ConferenceId, ScheduleVisibility? Visibility = null, Guid? SessionId = null, LinkRule? Links = null);

public static class RuleScheduleHandler
{
    public static async Task Handle(RuleSchedule command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct);
        stream.Append(Decide(command, stream.State, clock.GetUtcNow()));
    }

    public static IEnumerable<object> Decide(RuleSchedule command, Conference conference, DateTimeOffset now)
    {
        if (conference.Id == Guid.Empty) throw new Refused("schedule.none");
        if (command.SessionId is { } id && !conference.Sessions.ContainsKey(id)) throw new Refused("schedule.no-such-session");
        if (command.Visibility is { } visibility && visibility != conference.Visibility) yield return new ScheduleShown(visibility, now, conference.Id);
        if (command.Links is { } rule && rule != (command.SessionId is { } of ? conference.Sessions[of].LinkRule : conference.LinkRule)) yield return new LinksRuled(command.SessionId, rule, now);
    }
}
