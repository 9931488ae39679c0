using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Pages;

/// <summary>What a conference's page shows to everybody: the conference as it is, and what of it the hour changes.</summary>
public abstract class ConferencePageKey(ConferencePages pages, TimeProvider clock) : IPublicPageKey
{
    sealed record Key(ConferenceView View, object? Moment) : ILastingKey
    {
        public bool Lasts => View.IsArchived;
    }

    public async ValueTask<object?> Of(HttpContext context)
    {
        var route = context.Request.RouteValues;
        if (route["organization"] is not string organization || route["slug"] is not string slug) return null;
        return await pages.Find(organization, slug, context.RequestAborted) is { } view ? new Key(view, await Moment(view, route, clock.GetUtcNow())) : null;
    }

    /// <summary>Equal moments show the same. Null: the hour changes nothing.</summary>
    protected abstract ValueTask<object?> Moment(ConferenceView view, RouteValueDictionary route, DateTimeOffset now);
}

/// <summary>Of pages that change only with the conference.</summary>
public sealed class TimelessPageKey(ConferencePages pages, TimeProvider clock) : ConferencePageKey(pages, clock)
{
    protected override ValueTask<object?> Moment(ConferenceView view, RouteValueDictionary route, DateTimeOffset now) => default;
}

/// <summary>A day's page goes on every five minutes while its day is on, and when a session of it is full or isn't any more.</summary>
public sealed class DayPageKey(ConferencePages pages, SessionOccupancy occupancy, TimeProvider clock) : ConferencePageKey(pages, clock)
{
    sealed record DayMoment(int Day, int Today, long Tick, string Full);

    protected override async ValueTask<object?> Moment(ConferenceView view, RouteValueDictionary route, DateTimeOffset now)
    {
        var schedule = view.Schedule;
        var today = schedule.DayAt(now);
        var day = route["date"] is string date ? SchedulePage.Find(schedule, date) : today;
        var full = schedule.Capped.IsEmpty ? "" : string.Join(' ', (await occupancy.FullOf(schedule)).Order());
        return new DayMoment(day?.Index ?? 0, today?.IsNow(now) == true ? today.Index : 0, today?.IsNow(now) == true ? now.Ticks / DayGrid.Step.Ticks : 0, full);
    }
}
