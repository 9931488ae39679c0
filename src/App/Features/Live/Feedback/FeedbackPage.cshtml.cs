using System.Globalization;
using App.Features.Events.Contracts;
using App.Features.Live.Contracts;
using App.Features.Registration.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Live.Feedback;

/// <summary>How was it? One to five stars and a few words, from whoever heard half of it; they may change their mind for a week.</summary>
[InArchive(Archived.Ends)]
public sealed class FeedbackPage(TalkSessions sessions, IVisitors visitors, FeedbackAllowance allowance, QuerySession db, MessageBus bus, TimeProvider clock) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true)] public string Organization { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Session { get; set; } = "";
    [BindProperty] public string? Stars { get; set; }
    [BindProperty] public string? Comment { get; set; }
    [TempData] public bool Thanks { get; set; }

    public TalkView View { get; private set; } = null!;
    public TalkHours Hours { get; private set; }
    public Visitor Visitor { get; private set; } = null!;

    /// <summary>It was said before, and is being changed.</summary>
    public bool IsKnown { get; private set; }

    public bool MustSignIn => Visitor.Attendee is null && View.Rules.Feedback != FeedbackFrom.Everybody;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var ct = HttpContext.RequestAborted;
        HttpContext.Allow().IsPrivate = true;
        if (await sessions.Find(Organization, Slug, Session, ct) is not { Rules.Feedback: not FeedbackFrom.Nobody } view) { context.Result = NotFound(); return; }
        (View, Hours, Visitor) = (view, TalkHours.OfFeedback(view.Rules.Feedback, view.Schedule, view.Session, clock.GetUtcNow()), await visitors.Current(HttpContext, view.Event.Id, ct));
        await next();
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Guid[] mine = [.. new[] { Visitor.Attendee?.Id, Visitor.Device }.OfType<Guid>().Select(p => SessionFeedback.IdOf(View.Session.Id, p))];
        var found = await db.LoadMany<SessionFeedback>(mine, ct);
        if (found.OrderBy(f => Array.IndexOf(mine, f.Id)).FirstOrDefault() is not { } feedback) return Page();
        IsKnown = true;
        if (HttpMethods.IsGet(Request.Method)) (Stars, Comment) = (feedback.Stars.ToString(CultureInfo.InvariantCulture), feedback.Comment);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (MustSignIn) return Redirect(View.SignIn(View.Feedback));
        if (Visitor.Attendee is null && !await allowance.Takes(View.Session.Id, HttpContext.Connection.RemoteIpAddress, ct)) throw new Refused("feedback.too-often");
        var stars = int.TryParse(Stars, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        await bus.InvokeAsync(new GiveFeedback(View.Event.Id, View.Session.Id, Visitor.Attendee?.Id ?? visitors.GiveDevice(HttpContext), Visitor.Attendee is not null, Visitor.Device, stars, Comment ?? ""), ct);
        Thanks = true;
        Response.Headers.Location = View.Feedback;
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
