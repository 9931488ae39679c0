using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Mine;

/// <summary>That somebody follows a speaker, to be found by the event.</summary>
/// <param name="Known">Sessions of theirs that were put onto the list: what was taken off it since doesn't come back by itself.</param>
public sealed record SpeakerFollow(Guid Id, Guid EventId, Guid Person, Guid SpeakerId, Guid[] Known)
{
    public static Guid IdOf(Guid person, Guid speakerId) => Ids.From(person, $"follows:{speakerId:N}");

    public static async Task<IReadOnlyList<SpeakerFollow>> Of(Guid eventId, Guid person, QuerySession db, CancellationToken ct) =>
        await db.LoadMany<SpeakerFollow>(await db.Query<Guid>("select id from doc_speaker_follow where event_id = $1 and person = $2 order by id", ct, eventId, person), ct);

    /// <summary>What everybody may know that they speak in.</summary>
    public static IReadOnlyList<ScheduleSession> SessionsOf(ConferenceSchedule? schedule, Guid speakerId) =>
        schedule?.Speakers.FirstOrDefault(s => s.Id == speakerId) is { } speaker ? [.. schedule.By(speaker).Where(s => s.IsPublic)] : [];
}

public sealed record FollowSpeaker(Guid EventId, Guid Person, Guid SpeakerId);

public static class FollowSpeakerHandler
{
    public static async Task Handle(FollowSpeaker command, DocumentSession db, ScheduleCatalogue schedules, TimeProvider clock, CancellationToken ct)
    {
        if (SpeakerFollow.SessionsOf(await schedules.Find(command.EventId), command.SpeakerId) is not { Count: > 0 } theirs) throw new Refused("schedule.no-such-speaker");
        var stream = await db.FetchForWriting<MySchedule>(MySchedule.StreamOf(command.EventId, command.Person), ct);
        stream.Append(Decide(command, theirs, stream.State, clock.GetUtcNow()));
        db.Store(new SpeakerFollow(SpeakerFollow.IdOf(command.Person, command.SpeakerId), command.EventId, command.Person, command.SpeakerId, [.. theirs.Select(s => s.Id)]));
    }

    /// <summary>Followed again, what was taken off the list comes back: that is what was asked for.</summary>
    public static IEnumerable<object> Decide(FollowSpeaker command, IReadOnlyList<ScheduleSession> theirs, MySchedule mine, DateTimeOffset now)
    {
        if (!mine.Followed.ContainsKey(command.SpeakerId))
        {
            if (mine.Followed.Count >= MySchedule.MostFollowed) throw new Refused("my-schedule.follows-full", MySchedule.MostFollowed);
            yield return new SpeakerFollowed(command.EventId, command.Person, command.SpeakerId, now);
        }
        foreach (var session in theirs.Where(s => !mine.Saved.ContainsKey(s.Id)).Take(MySchedule.Most - mine.Saved.Count))
            yield return new SessionSaved(command.EventId, command.Person, session.Id, SaveSessionHandler.SlotsOf(session), now);
    }
}

/// <summary>What is on the list stays: it may have been saved for its own sake.</summary>
public sealed record UnfollowSpeaker(Guid EventId, Guid Person, Guid SpeakerId);

public static class UnfollowSpeakerHandler
{
    public static async Task Handle(UnfollowSpeaker command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<MySchedule>(MySchedule.StreamOf(command.EventId, command.Person), ct);
        if (!stream.State.Followed.ContainsKey(command.SpeakerId)) return;
        stream.Append(new SpeakerUnfollowed(command.EventId, command.Person, command.SpeakerId, clock.GetUtcNow()));
        db.Delete<SpeakerFollow>(SpeakerFollow.IdOf(command.Person, command.SpeakerId));
    }
}
