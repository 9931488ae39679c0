using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Registration;

/// <summary>Who may come to a conference and why; letting somebody in, and taking access away.</summary>
public sealed class AttendeesPage(EventCatalogue events, QuerySession db, MessageBus bus) : PageModel, IShowsRefusals
{
    public const int Most = 100;

    [BindProperty(SupportsGet = true)] public Guid EventId { get; set; }
    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Taking { get; set; }
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Email { get; set; }
    [TempData] public string? Said { get; set; }

    public CatalogueEvent Event { get; private set; } = null!;
    public IReadOnlyList<AttendeeCard> Found { get; private set; } = [];
    public long All { get; private set; }
    public TitoSource? Tito { get; private set; }

    /// <summary>Null: nobody is asked how they travel.</summary>
    public TravelFigures? Travel { get; private set; }

    /// <summary>Not asking any more takes the answers away, so it is said twice.</summary>
    [BindProperty(SupportsGet = true)] public bool Stopping { get; set; }
    public string Path => $"/office/events/{EventId}/attendees";
    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public override async Task OnPageHandlerExecutionAsync(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context, Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutionDelegate next)
    {
        HttpContext.Allow().IsPrivate = true;
        if (!await EventOrders.IsOf(EventId, Staff.Of(User).OrganizationId, db, HttpContext.RequestAborted) || await events.Find(EventId) is not { } e) { context.Result = NotFound(); return; }
        Event = e;
        await next();
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        (All, Tito) = (await db.QueryFirst<long>("select count(*) from doc_attendee where event_id = $1 and data -> 'grounds' <> '[]'", ct, EventId), await db.Load<TitoSource>(EventId, ct));
        Travel = await db.Load<TravelQuestion>(EventId, ct) is null ? null : await TravelFigures.Of(EventId, db, ct);
        Found = AttendeeCard.Read(await db.Query<string>("""
            select data::text from doc_attendee where event_id = $1 and ($2 = '' or lower(data ->> 'name') like '%' || $3 || '%' or email like '%' || $3 || '%') order by lower(data ->> 'name'), id limit $4
            """, ct, EventId, Q?.Trim() ?? "", Escaped(Q), Most));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > 200) ModelState.AddModelError("name", "Enter their name, as people say it");
        if (EmailAddress.Normalise(Email) is null) ModelState.AddModelError("email", "Enter an email address like name@example.com");
        if (!Event.IsConference) return NotFound();
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await OnGetAsync(ct);
        }
        await bus.InvokeAsync(new InviteAttendee(EventId, Email!, Name!.Trim()), ct, new Cause(Staff.Of(User).MemberId.ToString()));
        Said = $"{Name.Trim()} is invited; the mail is on its way.";
        return LocalRedirect(Path);
    }

    public async Task<IActionResult> OnPostTravelAsync(bool ask, CancellationToken ct)
    {
        if (!Event.IsConference) return NotFound();
        await bus.InvokeAsync(new AskAboutTravel(EventId, ask), ct, new Cause(Staff.Of(User).MemberId.ToString()));
        Said = ask ? "Attendees are asked on their own page how they travel." : "Nobody is asked any more, and what was answered is deleted.";
        return LocalRedirect(Path);
    }

    public async Task<IActionResult> OnPostTakeAsync(Guid attendeeId, CancellationToken ct)
    {
        await bus.InvokeAsync(new TakeAccessAway(EventId, attendeeId), ct, new Cause(Staff.Of(User).MemberId.ToString()));
        Said = "Access taken away. It counts from their next click.";
        return LocalRedirect(Path);
    }

#pragma warning disable CA1308 // as Postgres lowers what it is compared with
    static string Escaped(string? text) => (text ?? "").Trim().ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
#pragma warning restore CA1308
}
