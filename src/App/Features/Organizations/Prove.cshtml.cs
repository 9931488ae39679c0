using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Passkeys;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Organizations;

/// <summary>Asks whoever sits here to show that it is them, says for what, and sends them back. Who needs a passkey and has none makes it here: that shows as much as using one.</summary>
public sealed class ProvePage(MemberManager members, SignInManager<Member> signIn, Sessions sessions, StepUp stepUp, PasskeyCeremonies ceremonies, PasskeyStore passkeys, Texts texts) : PageModel, IShowsRefusals
{
    const string Path = "/account/prove";

    public static string AddressOf(GuardedDeed deed, string returnUrl) => $"{Path}/{deed.Name}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    [BindProperty(SupportsGet = true)] public string? Deed { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    [BindProperty] public string? Password { get; set; }

    /// <summary>The password, wanted of whoever adds a passkey.</summary>
    [BindProperty] public string? Proof { get; set; }

    /// <summary>What an authenticator said, as JSON.</summary>
    [BindProperty] public string? Credential { get; set; }
    [BindProperty] public string? PasskeyName { get; set; }

    public bool HasPasskey { get; private set; }
    public GuardedDeed Asks { get; private set; } = GuardedDeed.Keys;
    public bool IsFile => Asks == GuardedDeed.PeopleFile;
    public bool WantsPasskey => stepUp.WantsPasskey(Asks);
    public bool IsShown => stepUp.Lets(User, Asks);
    public string Back => ReturnUrl is { } url && Url.IsLocalUrl(url) ? url : "/office";
    public string Here => $"{Path}/{Asks.Name}";
    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context)
    {
        HttpContext.Allow().IsPrivate = true;
        if (GuardedDeed.Find(Deed) is { } deed) Asks = deed;
        else context.Result = NotFound();
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        HasPasskey = (await Mine(ct)).Count > 0;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await IsPassword(Password)) return await GoOn("password", ct);
        ModelState.AddModelError("password", texts.Of("organizations.wrong-password"));
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await OnGetAsync(ct);
    }

    /// <summary>The question to use a passkey or, for who has none, to make one; then with the password, asked before the authenticator is.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync(CancellationToken ct)
    {
        if ((await Mine(ct)).Count > 0) return Content(await ceremonies.BeginSignIn(HttpContext, AccountPage.Realm, ct), "application/json");
        if (!await IsPassword(Proof)) return new ContentResult { Content = texts.Of("organizations.wrong-password"), ContentType = "text/plain", StatusCode = StatusCodes.Status422UnprocessableEntity };
        var me = await Me();
        return Content(await ceremonies.BeginAdding(HttpContext, AccountPage.Realm, new(me.Id, me.Email, me.Name), [], ct), "application/json");
    }

    public async Task<IActionResult> OnPostPasskeyAsync(CancellationToken ct) =>
        await ceremonies.SignIn(HttpContext, AccountPage.Realm, Credential, ct) == Staff.Of(User).MemberId ? await GoOn("passkey", ct) : throw new Refused("passkeys.unknown");

    public async Task<IActionResult> OnPostAddPasskeyAsync(CancellationToken ct)
    {
        await ceremonies.Add(HttpContext, AccountPage.Realm, Staff.Of(User).MemberId, Credential, PasskeyName, ct);
        return await GoOn("passkey", ct);
    }

    /// <summary>Back at once to what was typed; a file is fetched by a link of this page, which would otherwise stay and look unanswered.</summary>
    async Task<IActionResult> GoOn(string way, CancellationToken ct)
    {
        await sessions.Prove(User, way, ct);
        return LocalRedirect(IsFile ? AddressOf(Asks, Back) : Back);
    }

    async Task<bool> IsPassword(string? typed) => (await signIn.CheckPasswordSignInAsync(await Me(), typed is { Length: <= SignInPage.LongestPassword } ? typed : "", lockoutOnFailure: true)).Succeeded;
    Task<IReadOnlyList<Passkey>> Mine(CancellationToken ct) => passkeys.Of(AccountPage.Realm, [Staff.Of(User).MemberId], ct);
    async Task<Member> Me() => await members.FindByIdAsync(Staff.Of(User).MemberId.ToString()) ?? throw new InvalidOperationException("The session names a member who isn't there.");
}
