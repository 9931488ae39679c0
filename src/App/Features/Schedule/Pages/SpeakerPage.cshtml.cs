using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Pages;

/// <summary>Somebody who speaks, and where.</summary>
[PublicPage<TimelessPageKey>, InArchive(Archived.Stays)]
public sealed class SpeakerPage(ConferencePages pages) : ThingPage<ScheduleSpeaker>(pages)
{
    // Whoever speaks in nothing that is confirmed is nobody's to know.
    protected override ScheduleSpeaker? Find(ConferenceView view) => view.Schedule.Speaker(Name("speaker")) is { } found && !view.Schedule.By(found).IsEmpty ? found : null;
}
