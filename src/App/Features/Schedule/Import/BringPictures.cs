using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Import;

/// <summary>Brings one picture that a conference's source names, and comes back for the next: never more than one at a time of a conference, and never while somebody waits for a page.</summary>
public sealed record BringPictures(Guid ConferenceId)
{
    /// <summary>At most one such message waits for a conference.</summary>
    public void Soon(Outbox outbox, DateTimeOffset now) => outbox.Schedule(this, now, $"pictures:{ConferenceId:N}");
}

[Lane(Lanes.Jobs)]
public static class BringPicturesHandler
{
    public static async Task Handle(BringPictures message, DocumentSession db, PictureFetch pictures, EventCatalogue events, TimeProvider clock, CancellationToken ct)
    {
        var (id, now) = (message.ConferenceId, clock.GetUtcNow());
        if (await events.Find(id) is not { } e) return;
        var wanted = await db.Load<ScheduleSource>(id, ct) is { BringsPictures: true };
        // As it was written last, by whichever process: nothing to do is an answer that no commit would check.
        var (conference, _) = await db.FoldFresh<Conference>(Conference.StreamOf(id), ct);
        var (words, had) = (await SpeakerWords.Of(id, db, ct), await BroughtPicture.All(id, db, ct));
        if (PictureTask.Next(conference, words, wanted, had, now) is not { } task) return;

        // A mark says something of its own address only.
        var answer = task.Address is { } address ? await pictures.Get(address, task.Had is { Fault: null } same && same.Address == address ? same.Mark : FileMark.None, ct) : null;
        var brought = await Kept(task, answer, e.OrganizationId, id, db, now, ct);
        if (brought is null) db.Delete<BroughtPicture>(task.Of);
        else db.Store(brought);
        await Show(task, brought?.Kept, conference, words, db, now, ct);
        var rest = had.Where(h => h.Id != task.Of).Concat(brought is null ? [] : [brought]).ToArray();
        if (answer is not { Silent: true } && PictureTask.Next(conference, words, wanted, rest, now) is not null) message.Soon(db.Outbox, now);
    }

    /// <summary>What is known of it afterwards. A picture that is there stays while its address does, even if the source is silent for a day.</summary>
    static async Task<BroughtPicture?> Kept(PictureTask task, PictureAnswer? answer, Guid organizationId, Guid conferenceId, DocumentSession db, DateTimeOffset now, CancellationToken ct)
    {
        if (answer is null) return null;
        if (answer.Picture is null && task.Had is { Kept: not null } had && had.Address == task.Address) return had with { At = now };
        SchedulePicture? kept = null;
        if (answer.Picture is { } picture)
        {
            var up = await PictureStore.KeepBrought(picture, organizationId, task.IsPortrait ? task.Of : null, db, now, ct);
            kept = new(up.Address, "", up.Width, up.Height);
        }
        return new(task.Of, conferenceId, task.IsPortrait, task.Address!, now, answer.Mark, kept, answer.Fault);
    }

    static async Task Show(PictureTask task, SchedulePicture? kept, Conference conference, IReadOnlyList<Speaker> words, DocumentSession db, DateTimeOffset now, CancellationToken ct)
    {
        if (task.IsPortrait)
        {
            var speaker = words.FirstOrDefault(w => w.Id == task.Of && !w.Erased);
            if (task.Had?.Kept is { } before && before.Address != kept?.Address) await PictureStore.ForgetPortrait(before.Address, db, ct);
            if (speaker is null || speaker.Portrait == kept) return;
            db.Store(speaker with { Portrait = kept, Revision = speaker.Revision + 1 });
            if (conference.Speakers.ContainsKey(speaker.Id)) await Append(new SpeakerSet(speaker.Id, speaker.Revision + 1, now));
        }
        else if (kept is not null ? conference.Pictures.GetValueOrDefault(task.Of) != kept : conference.BroughtPictures.Contains(task.Of)) await Append(new PictureSet(task.Of, kept, now, Brought: true));

        async Task Append(object fact) => (await db.FetchForWriting<Conference>(Conference.StreamOf(conference.Id), ct)).Append(fact);
    }
}
