using App.Features.Organizations;
using App.Features.Organizations.Contracts;
using App.Features.Shared;

namespace App.Features.Demo;

/// <summary>An owner, a promoter and somebody at the door for each organization. Everybody knows the password.</summary>
static class DemoStaff
{
    public const string Password = "the room before the room";

    public static IReadOnlyList<(string Slug, string Name)> Organizations { get; } = [("open-hall", "Open Hall"), ("teatro-salitre", "Teatro Salitre")];

    static readonly string[] Names = ["Ada Novak", "Ben Okafor", "Cleo Martins"];

    public static string EmailOf(string role, string slug) => $"{role}@{slug}.example";

    public static async Task Add(OrganizationCard organization, IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var (members, manager) = (scope.ServiceProvider.GetRequiredService<Members>(), scope.ServiceProvider.GetRequiredService<MemberManager>());
        var there = await members.Of(organization.Id, ct);
        foreach (var (role, name) in StaffRole.All.Zip(Names))
            if (!there.Any(m => m.Email == EmailOf(role, organization.Slug))) await members.Add(organization.Id, EmailOf(role, organization.Slug), name, role, manager, Password, ct);
    }
}
