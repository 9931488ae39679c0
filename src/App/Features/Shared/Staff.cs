using System.Security.Claims;

namespace App.Features.Shared;

/// <summary>What a member may do in an organization; each may all that those below may.</summary>
public static class StaffRole
{
    public const string Owner = "owner", Promoter = "promoter", Door = "door";
    public static IReadOnlyList<string> All { get; } = [Owner, Promoter, Door];

    public static string Say(string role) => role switch { Owner => "Owner", Promoter => "Promoter", _ => "Door" };
}

/// <summary>Names of the claims in a sign-in.</summary>
public static class StaffClaim
{
    public const string Name = "member-name", Organization = "organization", OrganizationName = "organization-name", Session = "session", MustChange = "must-change-password", Choices = "organization-choices";

    /// <summary>How somebody has just shown that it is them: <c>password</c>, <c>passkey</c>, or both.</summary>
    public const string Fresh = "freshly-shown";
}

/// <summary>Who is signed in, and for which one organization: all that they see and do is bound to it.</summary>
/// <param name="HasChoices">They belong to other organizations too, and may change to one.</param>
public sealed record Staff(Guid MemberId, string Name, Guid OrganizationId, string Organization, string Role, bool HasChoices)
{
    public bool IsOwner => Role == StaffRole.Owner;
    public bool Sells => Role is StaffRole.Owner or StaffRole.Promoter;

    /// <summary>Of a page that a policy guards: there is somebody. Throws where there is nobody, since that page was left unguarded.</summary>
    public static Staff Of(ClaimsPrincipal user) => Find(user) ?? throw new InvalidOperationException("Nobody is signed in: this page is missing from the list of staff routes.");

    public static Staff? Find(ClaimsPrincipal user) => user.FindFirstValue(StaffClaim.Organization) is { } organization
        ? new(Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!), user.FindFirstValue(StaffClaim.Name)!, Guid.Parse(organization), user.FindFirstValue(StaffClaim.OrganizationName)!,
            user.FindFirstValue(ClaimTypes.Role)!, user.HasClaim(c => c.Type == StaffClaim.Choices))
        : null;
}
