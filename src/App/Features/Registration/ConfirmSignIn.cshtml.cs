using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Registration;

/// <summary>
/// Where the link in the mail leads. Looking at it uses nothing up, whoever looks: mail scanners open links and run scripts. In the browser that asked, a press signs in. Anywhere else it says who asked, when and with what: the mail's owner stops it, lets in
/// the browser that asked (with the number that is shown there, so that nobody says yes to what they don't see), or types the mail's code to sign in here.
/// </summary>
[InArchive(Archived.Ends)]
public sealed class ConfirmSignInPage(ConferencePlaces places, SignIns signIns, AttendeeSessions sessions, IVisitors visitors, Texts texts, TimeProvider clock) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true, Name = "organization")] public string OrganizationSlug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public string? Number { get; set; }

    public ConferencePlace Place { get; private set; } = null!;

    /// <summary>Null: used, too old, stopped, or replaced by a newer one.</summary>
    public SignIn? Open { get; private set; }
    public bool NeedsCode { get; private set; }

    /// <summary>Just now, by whoever looks.</summary>
    public bool IsStopped { get; private set; }

    public string Link => $"{Place.SignIn}/{Token}";
    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await Load(ct) ? Show(StatusCodes.Status200OK) : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (Open is not { } open) return Show(StatusCodes.Status410Gone);
        if ((NeedsCode ? await signIns.TakeByCode(open, Code, ct) : await signIns.TakeByLink(open, places.BrowserOf(HttpContext), ct)) is { } attendee)
        {
            await sessions.Start(HttpContext, Place.Event.Id, attendee, NeedsCode ? "code" : "link", (await visitors.Current(HttpContext, Place.Event.Id, ct)).Device, ct);
            return LocalRedirect(Place.Back(open.ReturnUrl));
        }
        return await Wrong("code", "registration.code-wrong", ct);
    }

    public async Task<IActionResult> OnPostApproveAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (Open is not { } open) return Show(StatusCodes.Status410Gone);
        return open.ApprovedAt is not null || (NeedsCode && await signIns.Approve(open, Number, ct)) ? LocalRedirect(Link) : await Wrong("number", "attendee.number-wrong", ct);
    }

    public async Task<IActionResult> OnPostStopAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (Open is not { } open) return Show(StatusCodes.Status410Gone);
        await signIns.Stop(open, ct);
        IsStopped = true;
        return Show(StatusCodes.Status200OK);
    }

    async Task<IActionResult> Wrong(string field, string why, CancellationToken ct)
    {
        await Load(ct);
        if (Open is not null) ModelState.AddModelError(field, texts.Of(why, SignIns.MostTries - Open.Tries));
        return Show(StatusCodes.Status422UnprocessableEntity);
    }

    async Task<bool> Load(CancellationToken ct)
    {
        HttpContext.Allow().IsPrivate = true;
        if (await places.Find(OrganizationSlug, Slug, ct) is not { } place) return false;
        Place = place;
        Open = await signIns.FindByToken(place.Event.Id, Token, ct) is { } found && found.IsOpen(clock.GetUtcNow()) ? found : null;
        NeedsCode = Open?.IsBoundTo(places.BrowserOf(HttpContext)) == false;
        return true;
    }

    PageResult Show(int status)
    {
        Response.StatusCode = Open is null ? StatusCodes.Status410Gone : status;
        return Page();
    }
}
