using System.Globalization;
using App.Features.Live.Contracts;
using App.Features.Shared;

namespace App.Features.Schedule.Contracts;

/// <summary>The strip of news of a conference's pages: what is on, how many look, what everybody is told.</summary>
public static class ConferenceStrip
{
    public static LiveStrip Of(ScheduleAddress address, ConferenceSchedule schedule, IReadOnlyList<Notice> notices) => new($"{address.Page}/live", schedule.Visibility == ScheduleVisibility.Times && !schedule.Days.IsEmpty ? $"{address.Page}/now" : "", $"{address.Page}/announcements", $"{address.Page}/count",
        string.Create(CultureInfo.InvariantCulture, $$"""{"schedule":{{schedule.Version}},"news":"{{Notices.Mark(notices)}}","yours":""}"""), notices);
}
