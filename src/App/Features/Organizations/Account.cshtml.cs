using App.Features.Shared;
using App.Infrastructure.Passkeys;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Organizations;

/// <summary>A member's own page: password, passkeys, where they are signed in, other organizations, signing out.</summary>
public sealed class AccountPage(MemberManager members, SignInManager<Member> signIn, Sessions sessions, PasskeyCeremonies ceremonies, PasskeyStore passkeys, Texts texts) : PageModel, IShowsRefusals
{
    /// <summary>Of passkeys that open the office.</summary>
    public const string Realm = "staff";

    [BindProperty] public string? Current { get; set; }
    [BindProperty] public string? Fresh { get; set; }
    /// <summary>What an authenticator said, as JSON.</summary>
    [BindProperty] public string? Credential { get; set; }
    [BindProperty] public string? PasskeyName { get; set; }

    /// <summary>The password, wanted of whoever adds a passkey: they might sit at somebody else's desk.</summary>
    [BindProperty] public string? Proof { get; set; }
    [TempData] public bool Changed { get; set; }
    [TempData] public string? Said { get; set; }

    public IReadOnlyList<Passkey> Passkeys { get; private set; } = [];
    public IReadOnlyList<MemberSession> SignedIn { get; private set; } = [];
    public bool HasPasskeys => ceremonies.AreOffered && !MustChange;

    public IReadOnlyList<Membership> Others { get; private set; } = [];
    public string Email { get; private set; } = "";
    public bool MustChange => User.HasClaim(c => c.Type == StaffClaim.MustChange);
    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var staff = Staff.Of(User);
        Email = (await Me()).Email;
        (Passkeys, SignedIn) = (await passkeys.Of(Realm, [staff.MemberId], ct), await sessions.Of(User, ct));
        if (!MustChange) Others = [.. (await sessions.Memberships(staff.MemberId, ct)).Where(m => m.OrganizationId != staff.OrganizationId)];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var me = await Me();
        if (Fresh == Current && Fresh?.Length > 0) ModelState.AddModelError("fresh", "Choose another one than now");
        else
        {
            me.MustChangePassword = false; // written with the new password, or not at all
            foreach (var error in (await members.ChangePasswordAsync(me, Current ?? "", Fresh ?? "")).Errors)
                ModelState.AddModelError(error.Code == "PasswordMismatch" ? "current" : "fresh", texts.Of(error.Code == "PasswordMismatch" ? "organizations.wrong-password" : "organizations.weak-password"));
        }
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await OnGetAsync(ct);
        }
        await sessions.EndOthers(me.Id, User);
        await sessions.End(HttpContext);
        await sessions.Start(HttpContext, me, Staff.Of(User).OrganizationId, "password", ct); // the old cookie was for the old password
        Changed = true;
        return LocalRedirect("/account");
    }

    public async Task<IActionResult> OnPostOrganizationAsync(Guid organizationId, CancellationToken ct)
    {
        var me = await Me();
        if ((await sessions.Memberships(me.Id, ct)).FirstOrDefault(m => m.OrganizationId == organizationId) is not { } membership || MustChange) return NotFound();
        await sessions.ChangeOrganization(HttpContext, me, organizationId, ct);
        return LocalRedirect(membership.Role == StaffRole.Door ? "/door" : "/office");
    }

    /// <summary>Asked before the authenticator is: else a mistyped password would leave a passkey on it that opens nothing.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync(CancellationToken ct)
    {
        var me = await Me();
        if (MustChange) return NotFound();
        if (!(await signIn.CheckPasswordSignInAsync(me, Proof ?? "", lockoutOnFailure: true)).Succeeded)
            return new ContentResult { Content = texts.Of("organizations.wrong-password"), ContentType = "text/plain", StatusCode = StatusCodes.Status422UnprocessableEntity };
        return Content(await ceremonies.BeginAdding(HttpContext, Realm, new(me.Id, me.Email, me.Name), await passkeys.Of(Realm, [me.Id], ct), ct), "application/json");
    }

    public async Task<IActionResult> OnPostAddPasskeyAsync(CancellationToken ct)
    {
        if (MustChange) return NotFound();
        await ceremonies.Add(HttpContext, Realm, Staff.Of(User).MemberId, Credential, PasskeyName, ct);
        Said = texts.Of("passkeys.added");
        return LocalRedirect("/account");
    }

    public async Task<IActionResult> OnPostRemovePasskeyAsync(string? passkey, CancellationToken ct)
    {
        Said = await passkeys.Remove(Realm, [Staff.Of(User).MemberId], passkey, ct) ? texts.Of("passkeys.removed") : texts.Of("passkeys.gone");
        return LocalRedirect("/account");
    }

    public async Task<IActionResult> OnPostEndAsync(Guid number, CancellationToken ct)
    {
        Said = await sessions.End(Staff.Of(User).MemberId, number, ct) ? texts.Of("attendee.signed-out-there") : texts.Of("attendee.over-already");
        return LocalRedirect("/account");
    }

    async Task<Member> Me() => await members.FindByIdAsync(Staff.Of(User).MemberId.ToString()) ?? throw new InvalidOperationException("The session names a member who isn't there.");
}
