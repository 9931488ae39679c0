using System.Text.Json;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Import;

/// <summary>One import as it went, kept for people to look at.</summary>
/// <param name="By">job, or a member's id, or command-line.</param>
/// <param name="Report">Null: it was refused or failed, or the source said that nothing had changed.</param>
/// <param name="Error">The sentence people read; null: it worked.</param>
public sealed record ImportRun(Guid Id, Guid ConferenceId, string Source, string By, DateTimeOffset Began, long BeganMs, double Seconds, ImportReport? Report, string? Error)
{
    const int Kept = 50;

    /// <summary>What the source called what it gave; null: it said nothing of that kind.</summary>
    public FileMark? Mark { get; init; }

    /// <summary>When it was last read whole.</summary>
    public DateTimeOffset ReadAt { get; init; }

    /// <summary>So often before the same came of it: one line stands for all of them.</summary>
    public int Before { get; init; }

    /// <summary>When the same came of it first; null: this once.</summary>
    public DateTimeOffset? Since { get; init; }

    public bool WasUnchanged => Report is null && Error is null;

    bool ChangedNothing => Report is null or { ChangesNothing: true };

    /// <summary>Whether this says no more than the run before it: the job looked at the same source, and the same came of it. A report is never given up for less.</summary>
    internal bool Repeats(ImportRun last) =>
        By == "job" && last.By == By && last.Source == Source && last.Error == Error && ChangedNothing && last.ChangedNothing && (Report is not null || last.Report is null);

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<ImportRun>> Latest(Guid conferenceId, int most, QuerySession db, CancellationToken ct) =>
        [.. (await db.Query<string>("select data::text from doc_schedule_import where conference_id = $1 order by began desc limit $2", ct, conferenceId, most)).Select(json => JsonSerializer.Deserialize(json, ScheduleJson.Default.ImportRun)!)];

    internal static Task ForgetOld(Guid conferenceId, DocumentSession db, CancellationToken ct) => db.Execute("delete from doc_schedule_import where id in (select id from doc_schedule_import where conference_id = $1 order by began desc offset $2)", ct, conferenceId, Kept);
}

public sealed record RecordImport(ImportRun Run);

public static class RecordImportHandler
{
    /// <summary>A source that is looked at every five minutes would push out what anybody wants to read of it within hours.</summary>
    public static async Task Handle(RecordImport command, DocumentSession db, CancellationToken ct)
    {
        var run = command.Run;
        if (await ImportRun.Latest(run.ConferenceId, 1, db, ct) is [var last] && run.Repeats(last))
        {
            run = run with { Before = last.Before + 1, Since = last.Since ?? last.Began };
            db.Delete<ImportRun>(last.Id);
        }
        db.Store(run);
        await ImportRun.ForgetOld(run.ConferenceId, db, ct);
    }
}
