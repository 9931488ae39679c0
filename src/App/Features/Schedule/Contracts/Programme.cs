using App.Infrastructure.Web;

namespace App.Features.Schedule.Contracts;

/// <summary>What an event's page says of its schedule, and where that is.</summary>
public sealed record Programme(string Path, string Words, string Deed)
{
    /// <summary>Null: nothing is public.</summary>
    public static Programme? Of(ConferenceSchedule? schedule, ScheduleAddress address, Texts texts)
    {
        if (schedule is not { IsEmpty: false, Visibility: not ScheduleVisibility.Hidden }) return null;
        var sessions = texts.Count("programme.sessions", schedule.Sessions.Length);
        if (schedule.Visibility != ScheduleVisibility.Times || schedule.Days.IsEmpty) return new(address.Schedule, $"{sessions} {texts.Of("programme.so-far")}", texts.Of("programme.see-whats-on"));
        var rooms = texts.Count("programme.rooms", schedule.Rooms.Count(r => !schedule.In(r).IsEmpty));
        return new(address.Schedule, string.Join(Language.Current.Comma, sessions, rooms, texts.Count("programme.days", schedule.Days.Length)) + ".", texts.Of("programme.see"));
    }
}
