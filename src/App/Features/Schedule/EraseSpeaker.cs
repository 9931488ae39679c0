using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Schedule;

/// <summary>Takes a speaker's name, words and portrait away for good, also from imports to come. Sessions stay.</summary>
public sealed record EraseSpeaker(Guid ConferenceId, Guid SpeakerId);

public static class EraseSpeakerHandler
{
    public static async Task Handle(EraseSpeaker command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct);
        if (await db.Load<Speaker>(command.SpeakerId, ct) is not { } speaker || speaker.ConferenceId != command.ConferenceId) throw new Refused("schedule.no-such-speaker");
        if (speaker.Erased) return;
        // A key may be a name; the hash of it in the id is all that is left, and that is how the next import knows who stays away.
        db.Delete<BroughtPicture>(speaker.Id);
        if (speaker.Portrait is { } portrait) await PictureStore.ForgetPortrait(portrait.Address, db, ct);
        if (speaker.Picture is { } picture) await SpeakerPictures.Forget(picture, speaker, db, ct);
        db.Store(speaker with { Portrait = null, Picture = null, Keys = [.. speaker.Keys.Where(k => !k.Contains("name:", StringComparison.Ordinal))], Slug = speaker.Id.ToString(), Name = "", Biography = "", Role = "", Biographies = null, Roles = null, Image = "", Email = "", Links = [], Revision = speaker.Revision + 1, Erased = true });
        stream.Append(new SpeakerSet(speaker.Id, speaker.Revision + 1, clock.GetUtcNow()));
    }
}

/// <summary>Portraits that were uploaded here.</summary>
static class SpeakerPictures
{
    /// <summary>
    /// An upload's address is its own (<see cref="PictureStore.KeepPortrait"/>) and no other form takes it, so artwork, sessions and plans made of the same file keep theirs. Only a speaker's form that was sent twice gives one upload to two
    /// speakers, whatever the conference: then it stays until the last of them goes.
    /// </summary>
    public static async Task Forget(SchedulePicture picture, Speaker of, DocumentSession db, CancellationToken ct)
    {
        var isElsewhere = await db.QueryFirst<bool>("select exists (select from doc_speaker where id <> $1 and data -> 'picture' ->> 'address' = $2)", ct, of.Id, picture.Address);
        if (!isElsewhere) await PictureStore.ForgetPortrait(picture.Address, db, ct);
    }
}
