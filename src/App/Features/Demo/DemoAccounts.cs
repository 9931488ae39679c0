using App.Features.Organizations;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace App.Features.Demo;

/// <summary>Who may sign in to the demo. Everybody knows the password, which is why the demo is for development only.</summary>
public sealed class DemoAccounts(Members members, IServiceScopeFactory scopes)
{
    public const string Password = "come in and look";

    /// <summary>The address says what somebody may do.</summary>
    static readonly (string Organization, string Role, string Name)[] All =
    [
        ("open-hall", StaffRole.Owner, "Lotte Peeters"), ("open-hall", StaffRole.Promoter, "Yusuf Demir"), ("open-hall", StaffRole.Door, "Ngozi Adeyemi"),
        ("teatro-salitre", StaffRole.Owner, "Marta Quintela"), ("teatro-salitre", StaffRole.Promoter, "Tiago Moreira"), ("teatro-salitre", StaffRole.Door, "Beatriz Nogueira"),
    ];

    public static IEnumerable<string> Addresses => All.Select(a => Address(a.Organization, a.Role));

    static string Address(string organization, string role) => $"{role}@{organization}.example";

    /// <summary>Answers the promoter's id. Those who are there stay as they are.</summary>
    public async Task<string> Add(OrganizationCard organization, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<MemberManager>();
        var there = await members.Of(organization.Id, ct);
        foreach (var (_, role, name) in All.Where(a => a.Organization == organization.Slug))
        {
            var address = Address(organization.Slug, role);
            if (!there.Any(m => m.Email == address)) await members.Add(organization.Id, address, name, role, manager, Password, ct);
        }
        return (await members.Of(organization.Id, ct)).First(m => m.Role == StaffRole.Promoter).Id.ToString();
    }
}
