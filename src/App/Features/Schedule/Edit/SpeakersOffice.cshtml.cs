using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Pages;
using App.Infrastructure.Store;
using Microsoft.AspNetCore.Mvc;

namespace App.Features.Schedule.Edit;

/// <summary>Everybody the conference knows of, also who speaks in drafts only or in nothing yet: found by name, role or address.</summary>
public sealed class SpeakersOffice(QuerySession db, EventCatalogue events, ScheduleCatalogue schedules) : OfficeSchedulePage(events, schedules)
{
    public const int Most = 300;

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }

    public int All { get; private set; }

    /// <summary>By name; <see cref="Most"/> at the most.</summary>
    public IReadOnlyList<(Speaker Speaker, IReadOnlyList<ScheduleSession> Sessions)> Found { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is not { } schedule) return NotFound();
        var known = schedule.SpeakersBySlug.Values.Select(s => s.Id).ToHashSet();
        Speaker[] all = [.. (await db.Query<string>("select data::text from doc_speaker where conference_id = $1", ct, EventId)).Select(ScheduleStored.ReadSpeaker).Where(s => known.Contains(s.Id))];
        var sessions = schedule.SessionsById.Values.Where(s => s.State != SessionState.Cancelled).SelectMany(s => s.Speakers.Select(p => (p.Id, Session: s))).ToLookup(x => x.Id, x => x.Session);
        var wanted = FoldedText.Of(Q?.Trim() ?? "");
        All = all.Length;
        Found = [.. all.Where(s => wanted.Length == 0 || FoldedText.Of($"{s.Name} {s.Role} {s.Email}").Contains(wanted, StringComparison.Ordinal))
            .OrderBy(s => s.Name, StringComparer.InvariantCultureIgnoreCase).ThenBy(s => s.Slug, StringComparer.Ordinal).Take(Most).Select(s => (s, (IReadOnlyList<ScheduleSession>)[.. sessions[s.Id]]))];
        return Page();
    }
}
