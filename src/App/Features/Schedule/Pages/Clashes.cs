using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Pages;

/// <summary>What nobody can see both of.</summary>
public static class Clashes
{
    /// <summary>Of these, the ones that are on at the same time as a session of which everybody may know when it is.</summary>
    public static IEnumerable<ScheduleSession> With(ScheduleSession session, IEnumerable<ScheduleSession> others) => others.Where(o => o.Id != session.Id && o is { IsPublic: true, TimesArePublic: true } && session.TimesArePublic && session.Slots.Any(a => o.Slots.Any(b => a.Start < b.End && b.Start < a.End)));
}
