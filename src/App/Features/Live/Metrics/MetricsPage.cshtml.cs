using System.Globalization;
using System.Text;
using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Live.Metrics;

/// <summary>What people look at and do on an event's pages: counted without knowing them.</summary>
public sealed class MetricsPage(EventCatalogue events, ScheduleCatalogue schedules, QuerySession db, TimeProvider clock) : PageModel
{
    const int MostSessions = 20;

    [BindProperty(SupportsGet = true)] public Guid EventId { get; set; }
    [BindProperty(SupportsGet = true)] public int Days { get; set; } = 14;

    public static IReadOnlyList<int> Periods { get; } = [7, 14, 90];
    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public IReadOnlyList<DayCount> Views { get; private set; } = [];
    public long MostPeople { get; private set; }
    public IReadOnlyList<NamedCount> Names { get; private set; } = [];
    public IReadOnlyList<(string Title, long Count)> Sessions { get; private set; } = [];
    public string Path => $"/office/events/{EventId}/metrics";
    public DayChart Chart => new(Views, "pages opened", n => n == 1 ? "1 page" : $"{n.ToString("N0", CultureInfo.InvariantCulture)} pages");

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Load()) return NotFound();
        if (!Periods.Contains(Days)) Days = 14;
        var today = DateOnly.FromDateTime(EventTime.Of(clock.GetUtcNow(), Event.TimeZone).Local.DateTime);
        var from = today.AddDays(1 - Days);
        Views = await Figures.ByDay(EventId, Event.TimeZone, from, today, db, ct);
        MostPeople = await Figures.MostPeople(EventId, Event.TimeZone, from, db, ct);
        Names = await Figures.ByName(EventId, Event.TimeZone, from, db, ct);
        var schedule = await schedules.Find(EventId);
        Sessions = [.. (await Figures.Sessions(EventId, Event.TimeZone, from, MostSessions, db, ct)).Select(s => (schedule?.Session(s.Subject)?.Title ?? s.Subject, s.Count))];
        return Page();
    }

    /// <summary>Every hour and thing, as a table for other programs. Times in UTC.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        if (!await Load()) return NotFound();
        var csv = new StringBuilder("\uFEFFhour,name,subject,count\r\n");
        foreach (var row in await Figures.All(EventId, db, ct)) csv.Append(CultureInfo.InvariantCulture, $"{row.Hour.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'},{row.Name},{row.Subject},{row.Count}\r\n");
        return File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", $"{Event.Slug}-metrics.csv");
    }

    async Task<bool> Load()
    {
        HttpContext.Allow().IsPrivate = true;
        if (await events.Find(EventId) is not { } e || e.OrganizationId != Staff.Of(User).OrganizationId) return false;
        Event = e;
        return true;
    }

    public static string Say(string name) => name switch
    {
        "view/Event" => "Event page", "view/Schedule" => "Schedule", "view/Session" => "Sessions", "view/MySchedule" => "My schedule", "view/Now" => "On now", "view/Speakers" => "Speakers", "view/Speaker" => "A speaker", "view/Track" => "A track",
        "view/Room" => "A room", "view/Sign" => "Screens at doors", "view/Search" => "Search", "view/Watch" => "A film", "view/Links" => "Links of a session", "view/Announcements" => "Announcements", "view/Reminders" => "Reminders",
        "view/Profile" => "Own page", "view/AttendeeSignIn" => "Sign in", "view/ConfirmSignIn" => "Sign in, from the mail", "view/SharedSchedule" => "A friend’s schedule", "view/ConferenceHome" => "Home", "view/Questions" => "Questions", "view/Feedback" => "Feedback", "view/Listen" => "Interpretation", "view/ListenIn" => "Listening in", "view/Copy" => "Your own pages", "view/Film" => "A film of your pages",
        "deed/link" => "Followed a session’s link", "deed/calendar-file" => "Took a calendar file", "deed/calendar-google" => "Opened Google’s calendar", "deed/calendar-outlook" => "Opened Outlook’s calendar",
        "deed/share" => "Shared a session", "deed/from-elsewhere" => "Came from another site", "deed/recommendation" => "Followed a recommendation", "deed/announcement" => "Put an announcement away",
        "deed/widget/next" => "Home: what is next", "deed/widget/countdown" => "Home: countdown", "deed/widget/calendar" => "Home: calendar", "deed/widget/sign-in" => "Home: sign in", "deed/widget/tickets" => "Home: tickets", "deed/widget/card" => "Home: a card of your own",
        "deed/checkout" => "Began to buy", "deed/save" => "Saved a session", "deed/unsave" => "Took a session off their list", "deed/place" => "Took a place", "deed/place-back" => "Gave a place back",
        "deed/calendar-feed" => "Made a calendar of their own", "deed/share-schedule" => "Made a link for friends", "deed/question" => "Asked a question", "deed/vote" => "Voted for a question", "deed/feedback" => "Said how it was",
        "deed/reminders" => "Chose reminders", "deed/rung" => "Reminders rung on a browser", "deed/not-rung" => "Reminders that no browser took", "deed/change-rung" => "Changes rung on a browser", "deed/change-not-rung" => "Changes that no browser took", "deed/announced" => "Announcements rung on a browser", "deed/not-announced" => "Announcements that no browser took",
        "deed/sign-in-asked" => "Asked to sign in", "deed/signed-in" => "Signed in", "deed/signed-out" => "Signed out", "deed/deleted" => "Deleted their page",
        "file/json" => "Schedule fetched as JSON", "file/xml" => "Schedule fetched as XML", "file/calendar" => "Schedule fetched as a calendar", "file/calendar-part" => "Calendar of a session, room, track or speaker", "file/my-calendar" => "Own calendar fetched by a program",
        _ => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..],
    };
}
