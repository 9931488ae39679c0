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
        if (speaker.Picture is { } picture && !await IsElsewhere(picture.Address, speaker, stream.State, db, ct)) await PictureStore.ForgetPortrait(picture.Address, db, ct);
        db.Store(speaker with { Portrait = null, Picture = null, Keys = [.. speaker.Keys.Where(k => !k.Contains("name:", StringComparison.Ordinal))], Slug = speaker.Id.ToString(), Name = "", Biography = "", Role = "", Image = "", Email = "", Links = [], Revision = speaker.Revision + 1, Erased = true });
        stream.Append(new SpeakerSet(speaker.Id, speaker.Revision + 1, clock.GetUtcNow()));
    }

    /// <summary>The same file may show two people, or be a session's picture too.</summary>
    static async Task<bool> IsElsewhere(string address, Speaker speaker, Conference conference, DocumentSession db, CancellationToken ct) =>
        conference.Pictures.Values.Any(p => p.Address == address) || await db.QueryFirst<bool>("select exists (select from doc_speaker where conference_id = $1 and id <> $2 and data -> 'picture' ->> 'address' = $3)", ct, speaker.ConferenceId, speaker.Id, address);
}
