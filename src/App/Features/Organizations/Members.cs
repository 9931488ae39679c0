using System.Security.Cryptography;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Organizations;

/// <summary>One line of an organization's list.</summary>
public sealed record ListedMember(Guid Id, string Name, string Email, string Role, bool MustChangePassword, DateTimeOffset? LastSeen);

/// <summary>Who works for an organization, and as what. An organization keeps at least one owner, whoever presses at the same time.</summary>
public sealed class Members(EventStore store, QuerySession db, TimeProvider clock)
{
    const string PasswordLetters = "23456789bcdfghjkmnpqrstvwxz";

    public Task<IReadOnlyList<ListedMember>> Of(Guid organizationId, CancellationToken ct) => db.Query<ListedMember>("""
        select m.id, m.name, m.email, r.role, m.must_change_password,
            (select max(s.seen_at) from organizations_sessions s where s.member_id = m.id and s.organization_id = $1) as last_seen
        from organizations_roles r join organizations_members m on m.id = r.member_id where r.organization_id = $1
        order by array_position(array['owner', 'promoter', 'door'], r.role), lower(m.name), m.id
        """, ct, organizationId);

    /// <summary>Gives somebody a role. Answers the password made for them, to be shown once; null when they have an account already and keep theirs.</summary>
    /// <param name="password">For accounts whose password is known beforehand (a demo's); then it needn't be changed.</param>
    public async Task<string?> Add(Guid organizationId, string email, string name, string role, MemberManager manager, string? password = null, CancellationToken ct = default)
    {
        if (!StaffRole.All.Contains(role)) throw new Refused("organizations.no-such-role");
        var member = await manager.FindByNameAsync(email);
        var made = member is null ? password ?? NewPassword() : null;
        if (member is null)
        {
            member = new Member { Id = Ids.New(clock.GetUtcNow()), Email = email, Name = name, MustChangePassword = password is null };
            var created = await manager.CreateAsync(member, made!);
            // Somebody added the same person this moment: their account it is.
            if (!created.Succeeded) (member, made) = (await manager.FindByNameAsync(email) ?? throw new Refused("organizations.not-added", string.Join(" ", created.Errors.Select(e => e.Description))), null);
        }
        await using var command = store.Command("insert into organizations_roles (organization_id, member_id, role) values ($1, $2, $3) on conflict do nothing", organizationId, member.Id, role);
        if (await command.ExecuteNonQueryAsync(ct) == 0) throw new Refused("organizations.already-member", member.Name);
        return made;
    }

    /// <summary>For who forgot theirs: a password to be shown once. Who works for another organization too is its colleague as well, so no single owner may open their account. Null: no such member here.</summary>
    public async Task<(string Name, string Password)?> RenewPassword(Guid organizationId, Guid memberId, MemberManager manager, CancellationToken ct)
    {
        var roles = await db.Query<Guid>("select organization_id from organizations_roles where member_id = $1", ct, memberId);
        if (!roles.Contains(organizationId) || await manager.FindByIdAsync(memberId.ToString()) is not { } member) return null;
        if (roles.Count > 1) throw new Refused("organizations.works-elsewhere", member.Name);
        return (member.Name, await RenewPassword(member, manager));
    }

    /// <summary>By whoever runs the installation.</summary>
    public static async Task<string> RenewPassword(Member member, MemberManager manager)
    {
        var made = NewPassword();
        await manager.GivePasswordAsync(member, made);
        return made;
    }

    public Task<bool> ChangeRole(Guid organizationId, Guid memberId, string role, CancellationToken ct)
    {
        if (!StaffRole.All.Contains(role)) throw new Refused("organizations.no-such-role");
        return UnlessLastOwner("update organizations_roles set role = $3", role == StaffRole.Owner, organizationId, memberId, ct, role);
    }

    public Task<bool> Remove(Guid organizationId, Guid memberId, CancellationToken ct) => UnlessLastOwner("delete from organizations_roles", false, organizationId, memberId, ct);

    /// <summary>False: no such member here. The owners' rows are locked in order, so of two owners who remove each other one stays.</summary>
    async Task<bool> UnlessLastOwner(string change, bool staysOwner, Guid organizationId, Guid memberId, CancellationToken ct, params object[] more)
    {
        await using (var command = store.Command($"""
            with owners as materialized (select member_id from organizations_roles where organization_id = $1 and role = 'owner' order by member_id for update)
            {change} where organization_id = $1 and member_id = $2
            and ({(staysOwner ? "true" : "false")} or role <> 'owner' or exists (select from owners where member_id <> $2))
            """, [organizationId, memberId, .. more])) if (await command.ExecuteNonQueryAsync(ct) == 1) return true;
        return (await Of(organizationId, ct)).Any(m => m.Id == memberId) ? throw new Refused("organizations.last-owner") : false;
    }

    /// <summary>Four groups that can be read out over the phone; 27^16 of them.</summary>
    static string NewPassword() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(PasswordLetters, 4)));
}
