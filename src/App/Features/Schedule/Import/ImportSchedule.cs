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
        var words = await SpeakerWords.Of(command.ConferenceId, db, ct);
        var (decision, report) = ImportDecision.Decide(stream.State, words, command.Reading.Snapshot, command.ConferenceId, command.Force, command.DryRun, clock.GetUtcNow(), ImportWarnings.From(command.Reading.Warnings));
        // What can't be shown throws here, before it is kept: afterwards every page would.
        ScheduleBuilder.Build(decision.After, [.. words.Where(w => !decision.GoneWords.Contains(w.Id)).ExceptBy(decision.Words.Select(w => w.Id), w => w.Id), .. decision.Words], stream.Version);
        if (command.DryRun) return report;
        stream.Append(decision.Facts);
        foreach (var speaker in decision.Words) db.Store(speaker);
        foreach (var gone in decision.GoneWords) db.Delete<Speaker>(gone);
        return report;
    }
}

static class SpeakerWords
{
    public static async Task<IReadOnlyList<Speaker>> Of(Guid conferenceId, QuerySession db, CancellationToken ct) =>
        [.. (await db.Query<string>("select data::text from doc_speaker where conference_id = $1 order by id", ct, conferenceId)).Select(ScheduleStored.ReadSpeaker)];
}
