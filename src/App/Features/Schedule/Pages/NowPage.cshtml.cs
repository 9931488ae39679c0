using App.Features.Events.Contracts;
using App.Features.Live.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>A room's line on the page of what is on.</summary>
/// <param name="Taken">Of the session that is on or comes next, where places are given out.</param>
public sealed record RoomLine(ScheduleRoom Room, RoomNow On, (int Taken, int Waiting) Taken)
{
    public ScheduleSession? Session => (On.Now ?? On.Next)?.Session;
}

/// <summary>What is on in each room at this moment, and what comes next today. The page for who has five minutes and a choice of rooms; it goes on by itself while it is open.</summary>
[InArchive(Archived.Stays)]
public sealed class NowPage(ConferencePages pages, SessionOccupancy places, ILivePeople people, TimeProvider clock) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public IReadOnlyList<RoomLine> Rooms { get; private set; } = [];
    public EventTime Now { get; private set; }
    public long People { get; private set; }

    /// <summary>The first thing that comes, where nothing is on and nothing comes today.</summary>
    public ScheduleEntry? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(string organization, string slug, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct, HttpContext.Moment()?.At) is not { HasTimes: true } view) return NotFound();
        (View, Now, People) = (view, view.At(HttpContext.Now(clock)), people.Of(view.Event.Id));
        var lines = new List<RoomLine>();
        foreach (var room in view.Schedule.Rooms)
        {
            var on = RoomNow.Of(view.Schedule, room, Now.At) is var all && all.Next is { } next && !view.At(next.Start).SameDayAs(Now) ? all with { Next = null } : all;
            if (on is { Now: null, Next: null }) continue;
            var session = (on.Now ?? on.Next)!.Session;
            lines.Add(new(room, on, session is { Capacity: not null } ? await places.Of(session) : default));
        }
        Rooms = lines;
        if (lines.Count == 0) Next = view.Schedule.Days.SelectMany(d => d.Entries).Where(e => e.Start > Now.At).MinBy(e => e.Start);
        return Page();
    }
}
