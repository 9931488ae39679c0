using App.Features.Shared;

namespace App.Features.Live;

/// <summary>From ten in the evening to eight in the morning, where the event is, no announcement rings or mails: it waits. Urgent ones don't, and nor do reminders of sessions that somebody saved themselves.</summary>
public static class QuietHours
{
    static readonly TimeSpan Begin = TimeSpan.FromHours(22), End = TimeSpan.FromHours(8);

    /// <summary>The same moment, or the morning after it.</summary>
    public static DateTimeOffset After(DateTimeOffset at, string zoneId)
    {
        var local = EventTime.Of(at, zoneId);
        if (local.Local.TimeOfDay < Begin && local.Local.TimeOfDay >= End) return at;
        var morning = (local.Local.TimeOfDay >= Begin ? local.Local.Date.AddDays(1) : local.Local.Date) + End;
        return new DateTimeOffset(morning, local.Zone.GetUtcOffset(morning)).ToUniversalTime();
    }
}
