using System.Runtime.CompilerServices;
using App.Features.Live.Contracts;
using App.Features.Live.Metrics;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Live;

namespace App.Features.Live;

/// <summary>
/// What a conference's stream says. <c>schedule</c>: its version. <c>now</c>: when something last began, ended or opened. <c>places/{session}</c>: taken, of how many. <c>people</c>: how many look. <c>news</c>, <c>yours</c>: which announcements are shown, to everybody and to some.
/// Numbers are told as they are; of all else only that it changed, and the page asks for its own parts again, in its own language, from memory.
/// </summary>
public sealed class LiveNews(ScheduleCatalogue schedules, SessionOccupancy places, Notices notices, Presence presence, Counters counters, TimeProvider clock) : ILiveSource
{
    static readonly ConditionalWeakTable<ConferenceSchedule, DateTimeOffset[]> Known = [];

    public async Task Refresh(IReadOnlyCollection<LiveChannel> channels, CancellationToken ct)
    {
        foreach (var channel in channels)
            if (await schedules.Find(channel.Id) is { } schedule) await Refresh(channel, schedule);
        await presence.Exchange(channels, ct);
        foreach (var channel in channels)
        {
            channel.Set("people", Number(presence.Of(channel.Id)));
            counters.Peak(channel.Id, presence.Of(channel.Id));
        }
    }

    async Task Refresh(LiveChannel channel, ConferenceSchedule schedule)
    {
        channel.Set("schedule", Number(schedule.Version));
        var (everybody, some) = await notices.Marks(channel.Id);
        channel.Set("news", $"\"{everybody}\"");
        channel.Set("yours", $"\"{some}\"");
        if (schedule.Visibility != ScheduleVisibility.Times) return;
        channel.Set("now", Number(LastBorder(schedule, clock.GetUtcNow())));
        foreach (var session in schedule.Sessions)
            if (session.Capacity is { } capacity)
                channel.Set("places/" + session.Slug, $"[{Number((await places.Of(session)).Taken)},{Number(capacity)}]");
    }

    /// <summary>The last moment up to now at which what is on, or what is open, changed: in seconds since 1970; 0 before the first.</summary>
    public static long LastBorder(ConferenceSchedule schedule, DateTimeOffset now)
    {
        var borders = Known.GetValue(schedule, Borders);
        var at = Array.BinarySearch(borders, now);
        var last = at >= 0 ? at : ~at - 1;
        return last < 0 ? 0 : borders[last].ToUnixTimeSeconds();
    }

    static DateTimeOffset[] Borders(ConferenceSchedule schedule)
    {
        var moments = new SortedSet<DateTimeOffset>();
        foreach (var entry in schedule.Days.SelectMany(d => d.Entries))
        {
            moments.Add(entry.Start);
            moments.Add(entry.End);
            if (entry.Session?.LinkRule.MinutesBefore is { } minutes) moments.Add(entry.Start.AddMinutes(-minutes));
        }
        return [.. moments];
    }

    static string Number(long n) => n.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
