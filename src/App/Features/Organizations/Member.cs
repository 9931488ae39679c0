namespace App.Features.Organizations;

/// <summary>A person who signs in, as ASP.NET Core Identity works with it; a row of <c>organizations_members</c>.</summary>
public sealed class Member
{
    public Guid Id { get; set; }
    public string Email { get; set; } = "";
    public string NormalizedEmail { get; set; } = "";
    public string Name { get; set; } = "";
    public string PasswordHash { get; set; } = "";
    public string SecurityStamp { get; set; } = "";

    /// <summary>The password was made by us and seen by somebody else.</summary>
    public bool MustChangePassword { get; set; }

    public int Failures { get; set; }
    public DateTimeOffset? LockedUntil { get; set; }
}
