using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Export;

/// <summary>Where what is exported can be looked at, and for whom it is written.</summary>
/// <param name="Link">Makes a path a whole address.</param>
public sealed record ExportPlace(ScheduleAddress Address, Func<string, string> Link)
{
    /// <summary>For everybody, so without what only some may know: links that open by a rule, labels that nothing public has.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Of a conference that shows no links at all.</summary>
    public bool WithoutLinks { get; init; }

    /// <summary>It is over: see <see cref="OpenLinks.Archived"/>.</summary>
    public bool IsArchived { get; init; }

    public string Url(ScheduleSession session) => Link(Address.Session(session));

    public IEnumerable<SessionLink> Links(ScheduleSession session) => WithoutLinks || (IsPublic && !session.LinkRule.IsForEverybody) ? [] : IsArchived ? session.Links.Where(OpenLinks.Lasts) : session.Links;

    public IEnumerable<ScheduleLabel> Labels(ConferenceSchedule schedule, IEnumerable<ScheduleLabel> labels) => IsPublic ? labels.Where(l => !schedule.With(l).IsEmpty) : labels;
}
