using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Mine;

/// <summary>What was saved on the device becomes the attendee's with the sign-in, and leaves the device: the next person there starts empty. A second sign-in finds nothing more to take.</summary>
public static class MergeSavedHandler
{
    public static async Task Handle(AttendeeSignedIn signedIn, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        if (signedIn.Device is not { } device) return;
        var from = await db.FetchForWriting<MySchedule>(MySchedule.StreamOf(signedIn.EventId, device), ct);
        if (from.State.Saved.IsEmpty && from.State.Followed.IsEmpty) return;
        var to = await db.FetchForWriting<MySchedule>(MySchedule.StreamOf(signedIn.EventId, signedIn.AttendeeId), ct);
        var (taken, left) = Decide(signedIn, device, from.State, to.State, clock.GetUtcNow());
        to.Append(taken);
        from.Append(left);
        foreach (var follow in await SpeakerFollow.Of(signedIn.EventId, device, db, ct))
        {
            db.Delete<SpeakerFollow>(follow.Id);
            if (taken.OfType<SpeakerFollowed>().Any(f => f.SpeakerId == follow.SpeakerId))
                db.Store(follow with { Id = SpeakerFollow.IdOf(signedIn.AttendeeId, follow.SpeakerId), Person = signedIn.AttendeeId });
        }
    }

    public static (IReadOnlyList<object> Taken, IReadOnlyList<object> Left) Decide(AttendeeSignedIn signedIn, Guid device, MySchedule from, MySchedule to, DateTimeOffset now)
    {
        var saved = from.Saved.OrderBy(s => s.Value.At).ToArray();
        var room = MySchedule.Most - to.Saved.Count;
        var followed = from.Followed.OrderBy(f => f.Value).Select(f => f.Key).ToArray();
        return (
            [.. saved.Where(s => !to.Saved.ContainsKey(s.Key)).Take(room).Select(s => new SessionSaved(signedIn.EventId, signedIn.AttendeeId, s.Key, s.Value.Seen, now)),
             .. followed.Where(f => !to.Followed.ContainsKey(f)).Take(MySchedule.MostFollowed - to.Followed.Count).Select(f => new SpeakerFollowed(signedIn.EventId, signedIn.AttendeeId, f, now))],
            [.. saved.Select(s => new SessionUnsaved(signedIn.EventId, device, s.Key, now)), .. followed.Select(f => new SpeakerUnfollowed(signedIn.EventId, device, f, now))]);
    }
}

/// <summary>Whoever deleted themselves keeps nothing here either: no saved session, no place, nobody they follow, no open address.</summary>
public static class ForgetSavedHandler
{
    public static async Task Handle(AttendeeErased erased, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var (now, stream) = (clock.GetUtcNow(), await db.FetchForWriting<MySchedule>(MySchedule.StreamOf(erased.EventId, erased.AttendeeId), ct));
        // Here, where it is still known which: whoever else hears of it may come too late to read the list.
        foreach (var session in stream.State.Saved.Keys.Order()) db.Outbox.Publish(new ReleasePlace(erased.EventId, session, erased.AttendeeId));
        stream.Append([
            .. stream.State.Saved.Keys.Order().Select(s => new SessionUnsaved(erased.EventId, erased.AttendeeId, s, now)),
            .. stream.State.Followed.Keys.Order().Select(s => new SpeakerUnfollowed(erased.EventId, erased.AttendeeId, s, now)),
            .. Enum.GetValues<ScheduleLinkKind>().Where(k => stream.State.Link(k).IsOpen).Select(k => new ScheduleLinkRevoked(erased.EventId, erased.AttendeeId, k, now)),
        ]);
        foreach (var follow in await SpeakerFollow.Of(erased.EventId, erased.AttendeeId, db, ct)) db.Delete<SpeakerFollow>(follow.Id);
    }
}
