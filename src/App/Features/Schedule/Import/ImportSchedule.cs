using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Import;

/// <summary>Makes the schedule here what the source says, in one commit, and answers what that changed. A dry run answers the same and writes nothing.</summary>
/// <param name="Force">Also when most of what is here would go.</param>
public sealed record ImportSchedule(Guid ConferenceId, ScheduleReading Reading, bool DryRun = false, bool Force = false);

/// <summary>A source, understood, with what was odd about it.</summary>
public sealed record ScheduleReading(ScheduleSnapshot Snapshot, IReadOnlyList<ImportWarning> Warnings);

public static class ImportScheduleHandler
{
    public static async Task<ImportReport> Handle(ImportSchedule command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Conference>(Conference.StreamOf(command.ConferenceId), ct);
        // As it was written last, by whichever process: "nothing has changed" is an answer that no commit would check.
        var (state, _) = await db.FoldFresh<Conference>(stream.Id, ct);
        var words = await SpeakerWords.Of(command.ConferenceId, db, ct);
        var (now, brought) = (clock.GetUtcNow(), await BroughtPicture.All(command.ConferenceId, db, ct));
        var (decision, report) = ImportDecision.Decide(state, words, command.Reading.Snapshot, command.ConferenceId, command.Force, command.DryRun, now, Warnings(command.Reading, state, brought));
        // What can't be shown throws here, before it is kept: afterwards every page would.
        ScheduleBuilder.Build(decision.After, [.. words.Where(w => !decision.GoneWords.Contains(w.Id)).ExceptBy(decision.Words.Select(w => w.Id), w => w.Id), .. decision.Words], stream.Version);
        if (command.DryRun) return report;
        stream.Append(decision.Facts);
        foreach (var speaker in decision.Words) db.Store(speaker);
        foreach (var gone in decision.GoneWords) db.Delete<Speaker>(gone);
        // What is left to do follows from what is here now, so an import that changes nothing asks for nothing.
        var known = words.Where(w => decision.GoneWords.All(g => g != w.Id) && decision.Words.All(c => c.Id != w.Id)).Concat(decision.Words);
        if (PictureTask.Next(decision.Facts.Aggregate(state, Conference.Evolve), known, await db.Load<ScheduleSource>(command.ConferenceId, ct) is { BringsPictures: true }, brought, now) is not null) new BringPictures(command.ConferenceId).Soon(db.Outbox, now);
        return report;
    }

    /// <summary>With those pictures that could not be had when they were asked for: never a person's name.</summary>
    static ImportWarnings Warnings(ScheduleReading reading, Conference state, IReadOnlyList<BroughtPicture> brought)
    {
        var all = ImportWarnings.From(reading.Warnings);
        foreach (var b in brought.Where(b => b.Fault is not null)) all.Add(Warn.NoPicture, $"{(b.IsPortrait ? $"speaker {b.Id}" : state.Sessions.GetValueOrDefault(b.Id)?.Details.Title)}: {b.Fault}");
        return all;
    }
}

static class SpeakerWords
{
    public static async Task<IReadOnlyList<Speaker>> Of(Guid conferenceId, QuerySession db, CancellationToken ct) =>
        [.. (await db.Query<string>("select data::text from doc_speaker where conference_id = $1 order by id", ct, conferenceId)).Select(ScheduleStored.ReadSpeaker)];
}
