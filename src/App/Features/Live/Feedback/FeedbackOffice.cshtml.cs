using System.Globalization;
using System.Text;
using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;
using Microsoft.AspNetCore.Mvc;

namespace App.Features.Live.Feedback;

/// <summary>What people said of a conference's sessions: averages, how the stars are spread, the words. Never who.</summary>
public sealed class FeedbackOfficePage(EventCatalogue events, ScheduleCatalogue schedules, QuerySession db) : OfficeTalkPage(events, schedules)
{
    public const int MostShown = 500;
    const int MostWritten = 200_000;

    /// <summary>One session, with what was said of it.</summary>
    [BindProperty(SupportsGet = true)] public Guid? Session { get; set; }

    public string Path => Office + "/feedback";
    public IReadOnlyList<(ScheduleSession Session, FeedbackFigures Figures)> Sessions { get; private set; } = [];
    public (ScheduleSession Session, FeedbackFigures Figures)? Chosen { get; private set; }
    public IReadOnlyList<FeedbackComment> Comments { get; private set; } = [];

    /// <summary>Whose stars they are, and what devices say beside them.</summary>
    public static string Whose(FeedbackFigures f) => f.IsOfDevices ? Counted(f.Count, "device", "devices")
        : Counted(f.Count, "person", "people") + (f.Devices.Sum() is > 0 and var n ? $"; {Say(FeedbackFigures.AverageOf(f.Devices))} from {Counted(n, "device", "devices")} where nobody was signed in" : "");

    static string Counted(int n, string one, string many) => $"{n} {(n == 1 ? one : many)}";

    public static string Say(double average) => average.ToString("0.0", CultureInfo.InvariantCulture);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var figures = await FeedbackFigures.Of(EventId, db, ct);
        Sessions = [.. figures.Values.Select(f => (Session: Schedule.Session(f.SessionId), f)).Where(p => p.Session is not null).Select(p => (p.Session!, p.f)).OrderByDescending(p => p.f.Average).ThenByDescending(p => p.f.Count).ThenBy(p => p.Item1.Title, StringComparer.OrdinalIgnoreCase)];
        if (Session is not { } id) return Page();
        if (Schedule.Session(id) is not { } session) return NotFound();
        Chosen = (session, figures.GetValueOrDefault(id) ?? new(id, [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]));
        Comments = await FeedbackComment.Of(EventId, id, wordsOnly: true, MostShown, db, ct);
        return Page();
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var to = new StringBuilder("Session,Speakers,Stars,Comment,Said,Signed in\r\n");
        foreach (var said in await FeedbackComment.Of(EventId, null, wordsOnly: false, MostWritten, db, ct))
        {
            var session = Schedule.Session(said.SessionId);
            string?[] cells = [session?.Title, session is null ? "" : string.Join(", ", session.Speakers.Select(s => s.Name)), said.Stars.ToString(CultureInfo.InvariantCulture), said.Comment, At(said.At).Local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), said.SignedIn ? "yes" : "no"];
            to.AppendJoin(',', cells.Select(Csv.Cell)).Append("\r\n");
        }
        return File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(to.ToString())).ToArray(), "text/csv; charset=utf-8", $"{Event.Slug}-feedback.csv");
    }
}
