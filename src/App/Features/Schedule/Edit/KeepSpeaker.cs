using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Edit;

/// <summary>A speaker as somebody wants them, new or changed. Answers their id. From then on imports leave the words about them alone.</summary>
/// <param name="SpeakerId">Null: a new one.</param>
/// <param name="Email">By which they sign in as a confirmed speaker; never shown. Empty: they can't.</param>
/// <param name="Picture">Null: none.</param>
/// <param name="Known">The revision that was read before changing: another one is not written over unseen. Null: not asked.</param>
public sealed record KeepSpeaker(Guid ConferenceId, Guid? SpeakerId, string Name, string Role, string Biography, string Email, SessionLink[] Links, SchedulePicture? Picture, int? Known)
{
    // The same in other languages.
    public Translations? Roles { get; init; }
    public Translations? Biographies { get; init; }
}

public static class KeepSpeakerHandler
{
    public static async Task<Guid> Handle(KeepSpeaker command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var (now, stream) = (clock.GetUtcNow(), await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct));
        if (stream.State.Id == Guid.Empty) throw new Refused("schedule.none");
        var had = command.SpeakerId is { } known ? await db.Load<Speaker>(known, ct) is { Erased: false } found && found.ConferenceId == command.ConferenceId ? found : throw new Refused("schedule.no-such-speaker") : null;
        var wanted = Decide(command, had, had?.Id ?? Ids.New(now), had is null ? await Slugs(command.ConferenceId, db, ct) : []);
        if (had is not null && had.Says(wanted)) return had.Id;
        if (had?.Picture is { } before && before.Address != wanted.Picture?.Address) await SpeakerPictures.Forget(before, had, db, ct);
        db.Store(wanted);
        stream.Append(new SpeakerSet(wanted.Id, wanted.Revision, now));
        return wanted.Id;
    }

    /// <param name="taken">Slugs of the others.</param>
    public static Speaker Decide(KeepSpeaker command, Speaker? had, Guid id, HashSet<string> taken)
    {
        if (string.IsNullOrWhiteSpace(command.Name)) throw new Refused("schedule.name-missing");
        if (had is not null && command.Known is { } seen && seen != had.Revision) throw new Refused("schedule.speaker-changed");
        KeepPicture.Check(command.Picture);
        var start = had ?? new Speaker(id, command.ConferenceId, [], Shared.Slugs.Unique(command.Name, $"speaker-{Ids.Short(id, 6)}", taken), "", "", "", "", [], 0);
        return start with { Name = command.Name, Role = command.Role, Biography = command.Biography, Roles = command.Roles, Biographies = command.Biographies, Email = command.Email, Links = command.Links, Picture = command.Picture, Revision = start.Revision + 1, ByHand = true };
    }

    static async Task<HashSet<string>> Slugs(Guid conferenceId, DocumentSession db, CancellationToken ct) =>
        (await db.Query<string>("select data->>'slug' from doc_speaker where conference_id = $1", ct, conferenceId)).ToHashSet(StringComparer.Ordinal);
}
