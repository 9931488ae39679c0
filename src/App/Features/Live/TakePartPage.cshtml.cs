using System.Globalization;
using App.Features.Events.Contracts;
using App.Features.Live.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Live;

/// <summary>What an organizer's pages about taking part share: the event of the organization that is signed in (another's is a 404), and its schedule.</summary>
public abstract class OfficeTalkPage(EventCatalogue events, ScheduleCatalogue schedules) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid EventId { get; set; }
    [TempData] public string? Said { get; set; }

    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public ConferenceSchedule Schedule { get; private set; } = null!;
    public string Office => $"/office/events/{EventId}/schedule";
    public EventTime At(DateTimeOffset at) => new(at, Schedule.Zone);
    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        HttpContext.Allow().IsPrivate = true;
        if (await events.Find(EventId) is not { } e || e.OrganizationId != Staff.Of(User).OrganizationId || await schedules.Find(EventId) is not { } schedule) { context.Result = NotFound(); return; }
        (Event, Schedule) = (e, schedule);
        await next();
    }

    protected StatusCodeResult Back(string said, string path)
    {
        Said = said;
        Response.Headers.Location = path;
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    protected void Wrong(string field, string message)
    {
        ModelState.AddModelError(field, message);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }
}

/// <summary>Whether people ask questions and say how it was, and when.</summary>
public sealed class TakePartPage(EventCatalogue events, ScheduleCatalogue schedules, QuerySession db, MessageBus bus) : OfficeTalkPage(events, schedules), IShowsRefusals
{
    [BindProperty] public QuestionMode Mode { get; set; }
    [BindProperty] public string? Before { get; set; }
    [BindProperty] public string? After { get; set; }
    [BindProperty] public FeedbackFrom From { get; set; }

    public string Path => Office + "/take-part";

    public static IReadOnlyList<(QuestionMode Mode, string Words)> Modes { get; } =
        [(QuestionMode.Off, "Nobody asks"), (QuestionMode.Looked, "Shown when you or the speakers say so"), (QuestionMode.AtOnce, "Shown at once; you hide what doesn’t belong")];

    public static IReadOnlyList<(FeedbackFrom From, string Words)> Feedbacks { get; } =
        [(FeedbackFrom.Nobody, "Nobody is asked"), (FeedbackFrom.Attendees, "Attendees who are signed in, once each"), (FeedbackFrom.Everybody, "Everybody: once each person or device")];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!HttpMethods.IsGet(Request.Method)) return Page();
        var rules = (await db.FoldFresh<TalkRules>(TalkRules.StreamOf(EventId), ct)).State;
        (Mode, Before, After, From) = (rules.Questions.Mode, rules.Questions.MinutesBefore?.ToString(CultureInfo.InvariantCulture), rules.Questions.MinutesAfter.ToString(CultureInfo.InvariantCulture), rules.Feedback);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var before = string.IsNullOrWhiteSpace(Before) ? null : Minutes(Before);
        if (before is null && !string.IsNullOrWhiteSpace(Before)) Wrong("before", "A number of minutes up to a week, or nothing.");
        if (Minutes(After) is not { } after) { Wrong("after", "A number of minutes, up to a week."); return Page(); }
        if (!ModelState.IsValid) return Page();
        await bus.InvokeAsync(new RuleTalk(EventId, new(Mode, before, after), From), ct, new Cause(Staff.Of(User).MemberId.ToString()));
        return Back("It is so from now on.", Path);
    }

    static int? Minutes(string? text) => int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= QuestionRule.MostMinutes ? n : null;
}
