using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Live;

/// <summary>What an organizer tells people: written, looked at as they will see it, published, withdrawn.</summary>
public sealed class OfficeAnnouncementsPage(EventCatalogue events, ScheduleCatalogue schedules, QuerySession db, MessageBus bus, TimeProvider clock) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true)] public Guid EventId { get; set; }

    /// <summary>The draft that is being written; null: a new one.</summary>
    [BindProperty(SupportsGet = true)] public Guid? Draft { get; set; }
    [BindProperty(Name = "")] public AnnouncementForm Form { get; set; } = new();
    [TempData] public string? Said { get; set; }

    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public IReadOnlyList<Announcement> All { get; private set; } = [];
    public Announcement? Writing { get; private set; }
    public IReadOnlyList<ScheduleSession> Sessions { get; private set; } = [];

    public static IReadOnlyList<(Audience Audience, string Words)> Audiences { get; } =
        [(Audience.Everybody, "Everybody who looks"), (Audience.SignedIn, "People who are signed in"), (Audience.Holders, "People with a ticket"), (Audience.Savers, "People who saved a session")];

    public string Path => $"/office/events/{EventId}/announcements";
    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";
    public bool IsArchived => Event.IsArchived(clock.GetUtcNow());

    public string At(DateTimeOffset at) => EventTime.Of(at, Event.TimeZone) is var time ? $"{time.ShortDay}, {time.Clock}" : "";
    public string To(AnnouncementWords words) => words.SessionId is { } id ? $"People who saved “{Sessions.FirstOrDefault(s => s.Id == id)?.Title ?? "a session"}”" : Audiences.First(a => a.Audience == words.Audience).Words;

    public string State(Announcement a) => a switch
    {
        { Status: AnnouncementStatus.Draft } => "Draft",
        { Status: AnnouncementStatus.Withdrawn } => "Withdrawn",
        { Words.Until: { } until } when until <= clock.GetUtcNow() => "Over",
        { Words.From: { } from } when from > clock.GetUtcNow() => "From " + At(from),
        _ => "Shown",
    };

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        HttpContext.Allow().IsPrivate = true;
        if (await events.Find(EventId) is not { } e || e.OrganizationId != Staff.Of(User).OrganizationId) { context.Result = NotFound(); return; }
        Event = e;
        Sessions = (await schedules.FindFresh(EventId, HttpContext.RequestAborted))?.Sessions ?? [];
        var (board, _) = await db.FoldFresh<AnnouncementBoard>(AnnouncementBoard.StreamOf(EventId), HttpContext.RequestAborted);
        All = [.. board.All.Values.OrderByDescending(a => a.PublishedAt ?? a.WrittenAt)];
        Writing = Draft is { } id && board.All.TryGetValue(id, out var found) && found.Status == AnnouncementStatus.Draft ? found : null;
        if (HttpMethods.IsGet(Request.Method) && Draft is not null && Writing is null) { context.Result = NotFound(); return; }
        await next();
    }

    public Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (HttpMethods.IsGet(Request.Method) && Writing is { } draft) Form = AnnouncementForm.Of(draft.Words, Event.TimeZone);
        return Task.FromResult<IActionResult>(Page());
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!Event.IsConference) return NotFound();
        ModelState.Clear();
        var (words, faults) = Form.Read(Event.TimeZone);
        foreach (var (field, fault) in faults) ModelState.AddModelError(field, fault);
        if (faults.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        var id = Draft ?? Ids.New(clock.GetUtcNow());
        await Do(new WriteAnnouncement(EventId, id, words), ct);
        return Back("Kept as a draft. This is how people will see it.", $"{Path}?draft={id}");
    }

    public async Task<IActionResult> OnPostPublishAsync(Guid id, CancellationToken ct)
    {
        await Do(new PublishAnnouncement(EventId, id), ct);
        return Back("Published.", Path);
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, CancellationToken ct)
    {
        await Do(new WithdrawAnnouncement(EventId, id), ct);
        return Back("Withdrawn: it is gone from all pages.", Path);
    }

    Task Do(object command, CancellationToken ct) => bus.InvokeAsync(command, ct, new Cause(Staff.Of(User).MemberId.ToString()));

    StatusCodeResult Back(string said, string path)
    {
        Said = said;
        Response.Headers.Location = path;
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
