using App.Features.Shared;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Organizations;

/// <summary>An owner's list of who works here.</summary>
public sealed class MembersPage(Members members, MemberManager manager) : PageModel, IShowsRefusals
{
    public static IReadOnlyList<(string Role, string Does)> Does { get; } =
    [
        (StaffRole.Door, "scans tickets and finds guests"), (StaffRole.Promoter, "sells: events, orders, refunds, and the door"), (StaffRole.Owner, "everything, and who works here"),
    ];

    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Email { get; set; }
    [BindProperty] public string? Role { get; set; }

    public IReadOnlyList<ListedMember> All { get; private set; } = [];
    public string? NewPassword { get; private set; }
    public string? NewName { get; private set; }
    [TempData] public string? Said { get; set; }

    Guid Organization => Staff.Of(User).OrganizationId;
    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        All = await members.Of(Organization, ct);
        return Page();
    }

    /// <summary>Shows the password in the answer to the post itself: it is kept nowhere, not even until a redirect.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > 120) ModelState.AddModelError("name", "Enter their name, as people say it");
        if (EmailAddress.Normalise(Email) is null) ModelState.AddModelError("email", "Enter an email address like name@example.com");
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await OnGetAsync(ct);
        }
        NewPassword = await members.Add(Organization, Email!.Trim(), Name!.Trim(), Role ?? "", manager, ct: ct);
        NewName = Name.Trim();
        if (NewPassword is null) Said = $"{NewName} has an account already and signs in with it as before.";
        (Name, Email) = (null, null);
        return await OnGetAsync(ct);
    }

    public async Task<IActionResult> OnPostRoleAsync(Guid memberId, string role, CancellationToken ct)
    {
        if (!await members.ChangeRole(Organization, memberId, role, ct)) return NotFound();
        Said = "Role changed. It counts from their next click.";
        return LocalRedirect("/office/members");
    }

    public async Task<IActionResult> OnPostPasswordAsync(Guid memberId, CancellationToken ct)
    {
        if (memberId == Staff.Of(User).MemberId) return LocalRedirect("/account");
        if (await members.RenewPassword(Organization, memberId, manager, ct) is not { } made) return NotFound();
        (NewName, NewPassword) = made;
        return await OnGetAsync(ct);
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid memberId, CancellationToken ct)
    {
        if (!await members.Remove(Organization, memberId, ct)) return NotFound();
        Said = "Removed. Their sign-in ended.";
        return LocalRedirect("/office/members");
    }
}
