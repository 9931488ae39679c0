using System.Security.Claims;
using App.Features.Organizations.Contracts;
using App.Features.Shared;

namespace App.Features.Content.Pages;

/// <summary>The source is the whole installation's: when it serves several organizations, only the platform's own (<c>Operations:Organization</c>, a slug) has a say in it.</summary>
public sealed class PlatformsOwn(OrganizationDirectory organizations, IConfiguration configuration)
{
    public bool Is(OrganizationCard? own) => configuration["Operations:Organization"] is not { Length: > 0 } slug || own?.Slug == slug;

    public async Task<bool> Admits(ClaimsPrincipal user, CancellationToken ct) => Is(await organizations.Find(Staff.Of(user).OrganizationId, ct));
}
