using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Pages;

/// <summary>The sessions of a track.</summary>
[PublicPage<TimelessPageKey>, InArchive(Archived.Stays)]
public sealed class TrackPage(ConferencePages pages) : ThingPage<ScheduleLabel>(pages)
{
    protected override ScheduleLabel? Find(ConferenceView view) => view.Schedule.Track(Name("track")) is { } found && !view.Schedule.With(found).IsEmpty ? found : null;
}
