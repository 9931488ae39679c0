using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Shared;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Registration;

/// <summary>An attendee asks for a link, then presses it or types its code; or shows a passkey. What is answered is the same whoever asks; who they are is found out by a message.</summary>
[InArchive(Archived.Ends)]
public sealed class AttendeeSignInPage(ConferencePlaces places, SignIns signIns, SignInAllowance allowance, AttendeeSessions sessions, AttendeePasskeys passkeys, IVisitors visitors, Texts texts, TimeProvider clock) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true, Name = "organization")] public string OrganizationSlug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    /// <summary><c>code</c>: the mail was asked for.</summary>
    [BindProperty(SupportsGet = true)] public string? Step { get; set; }
    [BindProperty] public string? Email { get; set; }
    [BindProperty] public string? Code { get; set; }

    /// <summary>What an authenticator said, as JSON.</summary>
    [BindProperty] public string? Credential { get; set; }

    public ConferencePlace Place { get; private set; } = null!;

    /// <summary>The open request of this browser, while its code may be typed.</summary>
    public SignIn? Asked { get; private set; }

    /// <summary>What is wanted of whoever approves the request on another device.</summary>
    public string Number => signIns.Number(Asked!.Id);
    public bool HasPasskeys => passkeys.AreOffered;

    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public override async Task OnPageHandlerExecutionAsync(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context, Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutionDelegate next)
    {
        HttpContext.Allow().IsPrivate = true;
        if (await places.Find(OrganizationSlug, Slug, HttpContext.RequestAborted) is not { } place)
        {
            context.Result = NotFound();
            return;
        }
        Place = place;
        await next();
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if ((await visitors.Current(HttpContext, Place.Event.Id, ct)).Attendee is not null) return LocalRedirect(Place.Back(ReturnUrl));
        if (Step == "code") Asked = await OfThisBrowser(ct);
        return Page();
    }

    /// <summary>Asked every few seconds by the page that waits for the mail to be read elsewhere: it tells, and changes nothing.</summary>
    public async Task<IActionResult> OnGetWaitingAsync(CancellationToken ct)
    {
        Asked = await OfThisBrowser(ct);
        return Partial("_Waiting", this);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (EmailAddress.Normalise(Email) is not { } email)
        {
            ModelState.AddModelError("email", texts.Of("attendee.ask-email"));
            return Again(StatusCodes.Status422UnprocessableEntity);
        }
        if (!await allowance.Takes(email, HttpContext.Connection.RemoteIpAddress, ct))
        {
            ModelState.AddModelError("", texts.Of("registration.too-often", (int)SignInAllowance.Window.TotalMinutes));
            Response.Headers.RetryAfter = ((int)SignInAllowance.Window.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Again(StatusCodes.Status429TooManyRequests);
        }
        await signIns.Ask(Place.Event.Id, email, places.Bind(HttpContext), BrowserName.Of(Request.Headers.UserAgent), Place.Back(ReturnUrl), ct);
        return LocalRedirect(Place.SignIn + "?step=code");
    }

    public async Task<IActionResult> OnPostCodeAsync(CancellationToken ct)
    {
        if (await signIns.FindByBrowser(Place.Event.Id, places.BrowserOf(HttpContext), ct) is { } asked && await signIns.TakeByCode(asked, Code, ct) is { } attendee) return await ComeIn(attendee, "code", asked.ReturnUrl, ct);
        return await NotNow("code", ct);
    }

    /// <summary>Somebody said yes on another device: this browser, which asked, goes in.</summary>
    public async Task<IActionResult> OnPostApprovedAsync(CancellationToken ct)
    {
        var browser = places.BrowserOf(HttpContext);
        if (await signIns.FindByBrowser(Place.Event.Id, browser, ct) is { } asked && await signIns.TakeApproved(asked, browser, ct) is { } attendee) return await ComeIn(attendee, "approved", asked.ReturnUrl, ct);
        return await NotNow("", ct);
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync(CancellationToken ct) => Content(await passkeys.BeginSignIn(HttpContext, ct), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(CancellationToken ct) => await ComeIn(await passkeys.SignIn(HttpContext, Place.Event.Id, Credential, ct), "passkey", ReturnUrl, ct);

    async Task<IActionResult> ComeIn(Guid attendee, string way, string? returnUrl, CancellationToken ct)
    {
        await sessions.Start(HttpContext, Place.Event.Id, attendee, way, (await visitors.Current(HttpContext, Place.Event.Id, ct)).Device, ct);
        return LocalRedirect(Place.Back(returnUrl));
    }

    async Task<SignIn?> OfThisBrowser(CancellationToken ct) => await signIns.FindByBrowser(Place.Event.Id, places.BrowserOf(HttpContext), ct) is { } asked && asked.IsOpen(clock.GetUtcNow()) ? asked : null;

    async Task<IActionResult> NotNow(string field, CancellationToken ct)
    {
        Step = "code";
        await OnGetAsync(ct);
        ModelState.AddModelError(Asked is null ? "" : field, Asked is null || field.Length == 0 ? texts.Of("registration.code-dead") : texts.Of("registration.code-wrong", SignIns.MostTries - Asked.Tries));
        return Again(StatusCodes.Status422UnprocessableEntity);
    }

    PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
