using App.Infrastructure;
using App.Infrastructure.Passkeys;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Organizations;

/// <summary>Staff sign in here, with a password or a passkey. An unknown address and a wrong password get the same words after the same work; too many tries are refused whether the address is known or not.</summary>
public sealed class SignInPage(MemberManager members, SignInManager<Member> signIn, Sessions sessions, SignInLimits limits, PasskeyCeremonies passkeys, Texts texts) : PageModel, IShowsRefusals
{
    public const int LongestPassword = 256;

    [BindProperty] public string? Email { get; set; }
    [BindProperty] public string? Password { get; set; }

    /// <summary>What an authenticator said, as JSON.</summary>
    [BindProperty] public string? Credential { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public bool HasPasskeys => passkeys.AreOffered;

    /// <summary>Something was sent when the sign-in was over, and waits behind it.</summary>
    public bool HoldsForm => ReturnUrl?.StartsWith(HeldPage.Path + "/", StringComparison.Ordinal) == true;

    public Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        Task.FromResult<IActionResult>(User.Identity?.IsAuthenticated == true ? LocalRedirect(Target(User.FindFirst(System.Security.Claims.ClaimTypes.Role)?.Value)) : Page());

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var (email, password) = (Email?.Trim() ?? "", Password ?? "");
        if (email.Length == 0) ModelState.AddModelError("email", texts.Of("sign-in.ask-email"));
        if (password.Length == 0) ModelState.AddModelError("password", texts.Of("sign-in.ask-password"));
        if (!ModelState.IsValid) return Again(StatusCodes.Status422UnprocessableEntity);

        var (address, origin) = (members.NormalizeName(email), HttpContext.Connection.RemoteIpAddress?.ToString() ?? "");
        if (!limits.Allows(address, origin)) return TooOften();
        var member = await members.FindByNameAsync(email);
        var result = await Check(member, password.Length <= LongestPassword ? password : "");
        var memberships = member is not null && result.Succeeded ? await sessions.Memberships(member.Id, ct) : [];
        if (memberships.Count == 0)
        {
            limits.Fail(address, origin);
            return result.IsLockedOut || !limits.Allows(address, origin) ? TooOften() : Wrong();
        }
        limits.Succeed(address);
        return await ComeIn(member!, memberships[0], "password", ct);
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync(CancellationToken ct) => Content(await passkeys.BeginSignIn(HttpContext, AccountPage.Realm, ct), "application/json");

    /// <summary>Guesses at a password lock an account against passwords; whoever holds its passkey still comes in.</summary>
    public async Task<IActionResult> OnPostPasskeyAsync(CancellationToken ct)
    {
        var member = await members.FindByIdAsync((await passkeys.SignIn(HttpContext, AccountPage.Realm, Credential, ct)).ToString());
        return member is not null && await sessions.Memberships(member.Id, ct) is [var first, ..] ? await ComeIn(member, first, "passkey", ct) : throw new Refused("passkeys.unknown");
    }

    async Task<IActionResult> ComeIn(Member member, Membership membership, string way, CancellationToken ct)
    {
        await sessions.Start(HttpContext, member, membership.OrganizationId, way, ct);
        return LocalRedirect(member.MustChangePassword ? "/account" : Target(membership.Role));
    }

    async Task<Microsoft.AspNetCore.Identity.SignInResult> Check(Member? member, string password)
    {
        if (member is not null) return await signIn.CheckPasswordSignInAsync(member, password, lockoutOnFailure: true);
        members.CompareWithNobody(password);
        return Microsoft.AspNetCore.Identity.SignInResult.Failed;
    }

    string Target(string? role) => ReturnUrl is { } url && Url.IsLocalUrl(url) ? url : role == Shared.StaffRole.Door ? "/door" : "/office";

    PageResult Wrong()
    {
        ModelState.AddModelError("", texts.Of("organizations.wrong-sign-in"));
        return Again(StatusCodes.Status422UnprocessableEntity);
    }

    PageResult TooOften()
    {
        ModelState.AddModelError("", texts.Of("organizations.too-many-tries", (int)SignInLimits.Window.TotalMinutes));
        Response.Headers.RetryAfter = ((int)SignInLimits.Window.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Again(StatusCodes.Status429TooManyRequests);
    }

    PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
