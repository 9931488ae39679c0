using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Pages;

/// <summary>The screen beside a door. Its script asks again by itself; while the network is away the last answer stays.</summary>
[PublicPage<RoomPageKey>, InArchive(Archived.Stays)]
public sealed class SignPage(ConferencePages pages, TimeProvider clock) : RoomNowPage(pages, clock)
{
    /// <summary>On a screen that hangs there all week a time alone would be today's.</summary>
    public string Start(ScheduleEntry e) => View.At(e.Start) is var at && at.SameDayAs(View.At(At)) ? at.Clock : at.When;
}
