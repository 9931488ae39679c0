using App.Features.Shared;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Organizations;

/// <summary>A member's own page: password, other organizations, signing out.</summary>
public sealed class AccountPage(MemberManager members, Sessions sessions, Texts texts) : PageModel
{
    [BindProperty] public string? Current { get; set; }
    [BindProperty] public string? Fresh { get; set; }
    [TempData] public bool Changed { get; set; }

    public IReadOnlyList<Membership> Others { get; private set; } = [];
    public string Email { get; private set; } = "";
    public bool MustChange => User.HasClaim(c => c.Type == StaffClaim.MustChange);
    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var staff = Staff.Of(User);
        Email = (await Me()).Email;
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
        await sessions.Start(HttpContext, me, Staff.Of(User).OrganizationId, ct); // the old cookie was for the old password
        Changed = true;
        return LocalRedirect("/account");
    }

    public async Task<IActionResult> OnPostOrganizationAsync(Guid organizationId, CancellationToken ct)
    {
        var me = await Me();
        if ((await sessions.Memberships(me.Id, ct)).FirstOrDefault(m => m.OrganizationId == organizationId) is not { } membership || MustChange) return NotFound();
        await sessions.End(HttpContext);
        await sessions.Start(HttpContext, me, organizationId, ct);
        return LocalRedirect(membership.Role == StaffRole.Door ? "/door" : "/office");
    }

    async Task<Member> Me() => await members.FindByIdAsync(Staff.Of(User).MemberId.ToString()) ?? throw new InvalidOperationException("The session names a member who isn't there.");
}
