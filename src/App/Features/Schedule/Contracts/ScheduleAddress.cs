using System.Globalization;

namespace App.Features.Schedule.Contracts;

/// <summary>Where a conference's pages and files are: one place, so that exports, calendars, mails and pages agree.</summary>
/// <param name="Organization">Its slug.</param>
/// <param name="Event">The event's slug.</param>
public readonly record struct ScheduleAddress(string Organization, string Event)
{
    public string Page => $"/e/{Organization}/{Event}";
    public string Schedule => $"{Page}/schedule";
    public string Search => $"{Page}/search";
    public string Tagged(ScheduleLabel tag) => $"{Search}?tag={tag.Slug}";
    public string SaidBy(ScheduleSpeaker speaker) => $"{Search}?speaker={speaker.Slug}";
    public string Speakers => $"{Page}/speakers";
    public string Collage => $"{Page}/collage";
    public string Map => $"{Page}/map";
    public string Day(ScheduleDay day) => $"{Schedule}/day/{day.Date:yyyy-MM-dd}";
    public string Session(ScheduleSession session) => $"{Schedule}/{session.Slug}";
    public string Links(ScheduleSession session) => $"{Session(session)}/links";

    /// <summary>Where it is asked again whether a session's link opens, before it is gone to.</summary>
    /// <param name="pass">Of somebody's own; empty: of nobody in particular.</param>
    public string Join(ScheduleSession session, int link, string pass = "") => string.Create(CultureInfo.InvariantCulture, $"{Session(session)}/join/{link}{(pass.Length > 0 ? "/" : "")}{pass}");
    public string Room(ScheduleRoom room) => $"{Page}/rooms/{room.Slug}";
    public string OnMap(ScheduleRoom room) => $"{Map}#room-{room.Slug}";
    public string Track(ScheduleLabel track) => $"{Page}/tracks/{track.Slug}";
    /// <summary>An attendee's own page; who isn't signed in comes to it by the sign-in.</summary>
    public string Profile => $"{Page}/profile";

    /// <param name="back">Where they go on afterwards.</param>
    public string SignIn(string back) => $"{Page}/sign-in?returnUrl={Uri.EscapeDataString(back)}";
    public string Mine => $"{Page}/my-schedule";
    public string Feed(string token) => $"{Mine}/{token}.ics";
    public string Shared(string token) => $"{Mine}/{token}";
    public string Speaker(ScheduleSpeaker speaker) => $"{Page}/speakers/{speaker.Slug}";
}
