using App.Infrastructure.Store;

namespace App.Features.Organizations.Contracts;

/// <summary>Who runs an organization's events: its owners and promoters, not who only stands at a door. Personal.</summary>
public sealed record OrganizationStaff(Guid MemberId, string Name, string Email)
{
    public static Task<IReadOnlyList<OrganizationStaff>> Of(Guid organizationId, QuerySession db, CancellationToken ct) => db.Query<OrganizationStaff>("""
        select m.id as member_id, m.name, m.email from organizations_roles r join organizations_members m on m.id = r.member_id where r.organization_id = $1 and r.role in ('owner', 'promoter')
        """, ct, organizationId);
}
