using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Export;

/// <summary>Where what is exported can be looked at.</summary>
/// <param name="Link">Makes a path a whole address.</param>
public sealed record ExportPlace(ScheduleAddress Address, Func<string, string> Link)
{
    public string Url(ScheduleSession session) => Link(Address.Session(session));
}
