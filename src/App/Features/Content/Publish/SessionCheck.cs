using App.Features.Content.Package;
using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;

namespace App.Features.Content.Publish;

/// <summary>Whether conferences and sessions that content names are there. A programme changes without the content, so what is missing is a warning.</summary>
public sealed class SessionCheck(EventCatalogue events, ScheduleCatalogue schedules)
{
    public async Task<IReadOnlyList<ContentFault>> Check(ContentPackage package, CancellationToken ct)
    {
        var warnings = new List<ContentFault>();
        foreach (var folder in package.Folders.Where(f => f.Path.Length > 0))
        {
            var parts = folder.Path.Split('/');
            if (await events.Find(parts[0], parts[1], ct) is not { } e) { warnings.Add(new($"events/{folder.Path}", 0, 0, "There is no such event yet, so nobody sees this.")); continue; }
            var schedule = await schedules.Find(e.Id);
            foreach (var named in folder.Sessions)
                if (Find(schedule, named.Code) is not { IsPublic: true }) warnings.Add(new(named.File, named.Line, named.Column, $"There is no confirmed session “{named.Code}” in this conference, so it isn’t shown."));
        }
        return warnings;
    }

    /// <summary>By its address here or by what its source calls it.</summary>
    public static ScheduleSession? Find(ConferenceSchedule? schedule, string code) =>
        schedule is null ? null : schedule.Session(code) ?? schedule.Sessions.FirstOrDefault(s => s.Source.Code == code || s.Source.Key == code);
}
