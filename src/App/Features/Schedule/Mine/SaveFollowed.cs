using App.Features.Schedule.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Mine;

/// <summary>A session may have become a speaker's: whoever follows them is looked for once, however many sessions an import brought.</summary>
public sealed record LookForFollowers(Guid EventId);

[Inline]
public static class LookForFollowersSoonHandler
{
    public static Task Handle(SessionDescribed described, DocumentSession db) => Soon(described.ConferenceId, described.At, db);
    public static Task Handle(SessionStated stated, DocumentSession db) => Soon(stated.ConferenceId, stated.At, db);

    static Task Soon(Guid eventId, DateTimeOffset at, DocumentSession db)
    {
        if (eventId != Guid.Empty) db.Outbox.Schedule(new LookForFollowers(eventId), at, $"followers:{eventId:N}");
        return Task.CompletedTask;
    }
}

public static class LookForFollowersHandler
{
    public static async Task Handle(LookForFollowers message, DocumentSession db, ScheduleCatalogue schedules, CancellationToken ct)
    {
        var ids = await db.Query<Guid>("select id from doc_speaker_follow where event_id = $1", ct, message.EventId);
        if (ids.Count == 0 || await schedules.FindFresh(message.EventId, ct) is not { } schedule) return;
        var theirs = schedule.Speakers.ToDictionary(s => s.Id, s => SpeakerFollow.SessionsOf(schedule, s.Id));
        foreach (var person in (await db.LoadMany<SpeakerFollow>(ids, ct)).Where(f => theirs.GetValueOrDefault(f.SpeakerId, []).Any(s => !f.Known.Contains(s.Id))).Select(f => f.Person).Distinct())
            db.Outbox.Publish(new SaveFollowed(message.EventId, person, schedule.Version));
    }
}

/// <param name="AtLeast">The schedule's version that has something new.</param>
public sealed record SaveFollowed(Guid EventId, Guid Person, int AtLeast);

/// <summary>Told twice, nothing is new the second time.</summary>
public static class SaveFollowedHandler
{
    public static async Task Handle(SaveFollowed message, DocumentSession db, ScheduleCatalogue schedules, TimeProvider clock, CancellationToken ct)
    {
        var schedule = await schedules.FindAtLeast(message.EventId, message.AtLeast, ct);
        var stream = await db.FetchForWriting<MySchedule>(MySchedule.StreamOf(message.EventId, message.Person), ct);
        var follows = (await SpeakerFollow.Of(message.EventId, message.Person, db, ct)).Where(f => stream.State.Followed.ContainsKey(f.SpeakerId)).ToArray();
        stream.Append(Decide(message, follows, f => SpeakerFollow.SessionsOf(schedule, f.SpeakerId), stream.State, clock.GetUtcNow()));
        foreach (var follow in follows) db.Store(follow with { Known = [.. follow.Known.Union(SpeakerFollow.SessionsOf(schedule, follow.SpeakerId).Select(s => s.Id))] });
    }

    public static IEnumerable<object> Decide(SaveFollowed message, IReadOnlyList<SpeakerFollow> follows, Func<SpeakerFollow, IReadOnlyList<ScheduleSession>> theirs, MySchedule mine, DateTimeOffset now) =>
        follows.SelectMany(f => theirs(f).Where(s => !f.Known.Contains(s.Id)).Select(s => (Session: s, f.SpeakerId))).Where(n => !mine.Saved.ContainsKey(n.Session.Id)).DistinctBy(n => n.Session.Id).Take(MySchedule.Most - mine.Saved.Count)
            .Select(n => new SessionSaved(message.EventId, message.Person, n.Session.Id, SaveSessionHandler.SlotsOf(n.Session), now, n.SpeakerId));
}
