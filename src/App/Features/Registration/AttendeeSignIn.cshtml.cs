using App.Features.Registration.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Registration;

/// <summary>An attendee asks for a link, then presses it or types its code. What is answered is the same whoever asks; who they are is found out by a message.</summary>
public sealed class AttendeeSignInPage(ConferencePlaces places, SignIns signIns, SignInAllowance allowance, AttendeeSessions sessions, IVisitors visitors, Texts texts, TimeProvider clock) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true, Name = "organization")] public string OrganizationSlug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    /// <summary><c>code</c>: the mail was asked for.</summary>
    [BindProperty(SupportsGet = true)] public string? Step { get; set; }
    [BindProperty] public string? Email { get; set; }
    [BindProperty] public string? Code { get; set; }

    public ConferencePlace Place { get; private set; } = null!;

    /// <summary>The open request of this browser, while its code may be typed.</summary>
    public SignIn? Asked { get; private set; }

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
        if (Step == "code" && await signIns.FindByBrowser(Place.Event.Id, places.BrowserOf(HttpContext), ct) is { } asked && asked.IsOpen(clock.GetUtcNow())) Asked = asked;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (EmailAddress.Normalise(Email) is not { } email)
        {
            ModelState.AddModelError("email", "Enter an email address like name@example.com");
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
        Step = "code";
        if (await signIns.FindByBrowser(Place.Event.Id, places.BrowserOf(HttpContext), ct) is { } asked && await signIns.TakeByCode(asked, Code, ct) is { } attendee)
        {
            await sessions.Start(HttpContext, Place.Event.Id, attendee, (await visitors.Current(HttpContext, Place.Event.Id, ct)).Device, ct);
            return LocalRedirect(Place.Back(asked.ReturnUrl));
        }
        await OnGetAsync(ct);
        ModelState.AddModelError(Asked is null ? "" : "code", texts.Of(Asked is null ? "registration.code-dead" : "registration.code-wrong", SignIns.MostTries - (Asked?.Tries ?? 0)));
        return Again(StatusCodes.Status422UnprocessableEntity);
    }

    PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
