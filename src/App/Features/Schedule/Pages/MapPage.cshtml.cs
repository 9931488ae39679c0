using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>Where things are: a plan a floor, and the same as a list. A room says what is on in it and what comes next.</summary>
[PublicPage<MapPageKey>, InArchive(Archived.Stays)]
public sealed class MapPage(ConferencePages pages, Texts texts, TimeProvider clock) : PageModel
{
    DateTimeOffset now;

    public ConferenceView View { get; private set; } = null!;
    public IReadOnlyList<FloorPlan> Plans { get; private set; } = [];

    /// <summary>What everybody may know of a room's hours; null: they aren't public.</summary>
    public RoomNow? On(ScheduleRoom room) => View.HasTimes ? RoomNow.Of(View.Schedule, room, now) : null;

    public async Task<IActionResult> OnGetAsync(string organization, string slug, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct, HttpContext.Moment()?.At) is not { } view) return NotFound();
        (View, now) = (view, HttpContext.Now(clock));
        Plans = [.. view.Schedule.Plans.Select(p => new FloorPlan(p, [.. p.Spots.Select(Mark)]))];
        return Page();
    }

    FloorMark Mark(PlanSpot spot)
    {
        var name = FloorPlan.NameOf(spot, texts);
        if (spot.Room is not { } room) return new(spot, name, spot.Label.Length > 0 ? $"{name}{Language.Current.Comma}{FloorPlan.Say(spot.Kind, texts)}" : name);
        if (On(room) is not { } on) return new(spot, name, name);
        return new(spot, name, string.Join(". ", new[] { name, Now(on), Next(on) }.Where(w => w.Length > 0)), View.Address.Room(room), on.Now is not null);
    }

    public string Now(RoomNow on) => on.Now is { } e ? texts.Of("map.now", e.Title, View.At(e.End).Clock) : "";
    public string Next(RoomNow on) => on.Next is { } e ? texts.Of("live.next", View.At(e.Start).When, e.Title) : "";
}

/// <summary>The map changes when something begins or ends anywhere.</summary>
public sealed class MapPageKey(ConferencePages pages, TimeProvider clock) : ConferencePageKey(pages, clock)
{
    protected override ValueTask<object?> Moment(ConferenceView view, RouteValueDictionary route, DateTimeOffset now)
    {
        if (!view.HasTimes || view.Schedule.Plans.IsEmpty) return default;
        var last = DateTimeOffset.MinValue;
        foreach (var day in view.Schedule.Days) foreach (var e in day.Entries) last = Later(Later(last, e.Start, now), e.End, now);
        return new((object)last);
    }

    static DateTimeOffset Later(DateTimeOffset last, DateTimeOffset at, DateTimeOffset now) => at > last && at <= now ? at : last;
}
