using System.Runtime.ExceptionServices;
using System.Security.Claims;
using System.Security.Cryptography;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace App.Features.Organizations;

/// <summary>Where a member may be signed in to.</summary>
public sealed record Membership(Guid OrganizationId, string Name, string Role);

/// <param name="Number">By which its owner ends it; it opens nothing.</param>
/// <param name="Way"><c>password</c> or <c>passkey</c>.</param>
public sealed record MemberSession(Guid Number, string Browser, string Way, string Organization, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool IsThis);

/// <summary>
/// Sign-ins: a cookie that names a row (security.md S20). The row binds it to one member and one organization and is looked at with each request, so that signing out, a changed role or a removed member counts at once,
/// on every replica. It ends twelve hours after it began, and half an hour after it was last used; not at a door, where nobody comes for half an hour and then everybody.
/// </summary>
public sealed class Sessions(EventStore store, QuerySession db, TimeProvider clock)
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30), Longest = TimeSpan.FromHours(12);

    sealed record Found(string Name, string SecurityStamp, bool MustChangePassword, string Role, string Organization, DateTimeOffset SeenAt, DateTimeOffset? PasswordAt, DateTimeOffset? PasskeyAt, long Choices);

    /// <summary>By which way somebody came in, and when they last showed by each that it was them.</summary>
    sealed record Shown(string Way, DateTimeOffset? PasswordAt, DateTimeOffset? PasskeyAt);

    public Task<IReadOnlyList<Membership>> Memberships(Guid memberId, CancellationToken ct) => db.Query<Membership>("""
        select r.organization_id, o.data ->> 'name' as name, r.role from organizations_roles r join doc_organization o on o.id = r.organization_id where r.member_id = $1 order by name, r.organization_id
        """, ct, memberId);

    /// <summary>Instead of the one this browser may have.</summary>
    public Task Start(HttpContext context, Member member, Guid organizationId, string way, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return Start(context, member, organizationId, way == "passkey" ? new(way, null, now) : new Shown(way, now, null), ct);
    }

    async Task Start(HttpContext context, Member member, Guid organizationId, Shown shown, CancellationToken ct)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var now = clock.GetUtcNow();
        await using (var command = store.Command("""
            with over as (delete from organizations_sessions where ends_at < $4 or id = $9)
            insert into organizations_sessions (id, member_id, organization_id, started_at, ends_at, seen_at, number, browser, way, password_at, passkey_at)
            values ($1, $2, $3, $4, $5, $4, $6, $7, $8, $10, $11)
            """, SHA256.HashData(secret), member.Id, organizationId, now, now + Longest, Ids.New(now), BrowserName.Of(context.Request.Headers.UserAgent), shown.Way, IdOf(context.User) ?? [], shown.PasswordAt, shown.PasskeyAt)) await command.ExecuteNonQueryAsync(ct);
        var identity = new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, member.Id.ToString()), new(StaffClaim.Organization, organizationId.ToString()), new(StaffClaim.Session, Ids.ToText(secret)), new(Stamp, member.SecurityStamp),
        ], IdentityConstants.ApplicationScheme);
        await context.SignInAsync(IdentityConstants.ApplicationScheme, new(identity));
    }

    const string Stamp = "security-stamp";

    public async Task End(HttpContext context)
    {
        if (IdOf(context.User) is { } id)
        {
            await using var command = store.Command("delete from organizations_sessions where id = $1", id);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>They have just shown that it is them.</summary>
    /// <param name="way"><c>password</c> or <c>passkey</c>.</param>
    public async Task Prove(ClaimsPrincipal member, string way, CancellationToken ct)
    {
        await using var command = store.Command($"update organizations_sessions set {(way == "passkey" ? "passkey_at" : "password_at")} = $2 where id = $1", IdOf(member) ?? [], clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Another organization of theirs, in this browser. That they change is no proof that it is them: what they showed before counts as long as it did.</summary>
    public async Task ChangeOrganization(HttpContext context, Member member, Guid organizationId, CancellationToken ct)
    {
        var before = IdOf(context.User) ?? [];
        var shown = await db.QueryFirst<Shown>("select way, password_at, passkey_at from organizations_sessions where id = $1", ct, before) ?? new("password", null, null);
        await End(context);
        await Start(context, member, organizationId, shown, ct);
    }

    /// <summary>Those of a member that still count, this one among them.</summary>
    public async Task<IReadOnlyList<MemberSession>> Of(ClaimsPrincipal member, CancellationToken ct)
    {
        var (now, id) = (clock.GetUtcNow(), Guid.Parse(member.FindFirstValue(ClaimTypes.NameIdentifier)!));
        return await db.Query<MemberSession>($"""
            select s.number, s.browser, s.way, o.data ->> 'name' as organization, s.started_at, s.seen_at, s.id = $4 as is_this
            from organizations_sessions s join organizations_roles r on r.member_id = s.member_id and r.organization_id = s.organization_id join doc_organization o on o.id = s.organization_id
            where s.member_id = $1 and {Counts} order by s.seen_at desc, s.number
            """, ct, id, now, now - Idle, IdOf(member) ?? []);
    }

    /// <summary>Only of one's own.</summary>
    public async Task<bool> End(Guid memberId, Guid number, CancellationToken ct)
    {
        await using var command = store.Command("delete from organizations_sessions where member_id = $1 and number = $2", memberId, number);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>All of a member's sign-ins but this one: their password was changed.</summary>
    public async Task EndOthers(Guid memberId, ClaimsPrincipal but)
    {
        await using var command = store.Command("delete from organizations_sessions where member_id = $1 and id <> $2", memberId, IdOf(but) ?? []);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The cookie is genuine; whether it still counts stands in the database.</summary>
    public async Task Validate(CookieValidatePrincipalContext context)
    {
        try
        {
            if (context.Principal is { } principal && await Find(principal, context.HttpContext.RequestAborted) is { } found && found.SecurityStamp == principal.FindFirstValue(Stamp))
            {
                context.ReplacePrincipal(new(Identity(principal, found, clock.GetUtcNow() - StepUp.Lasts)));
                return;
            }
        }
        catch (Exception e) when (e is NpgsqlException or StoreUnavailableException or TimeoutException)
        {
            // Pages for everybody, the one about this fault among them, must stand without the database; a page for staff says that it can't know now.
            context.HttpContext.Items[Unknown] = ExceptionDispatchInfo.Capture(e);
            context.RejectPrincipal();
            return;
        }
        context.HttpContext.Items[Ended] = context.Principal;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>Whose sign-in it was that is over with this request. Null: nobody's, or it isn't over.</summary>
    public static ClaimsPrincipal? EndedFor(HttpContext context) => context.Items[Ended] as ClaimsPrincipal;

    static readonly object Ended = new();

    /// <summary>Nobody is sent to sign in again because the database didn't answer.</summary>
    public static void ThrowIfUnknown(HttpContext context) => (context.Items[Unknown] as ExceptionDispatchInfo)?.Throw();

    static readonly object Unknown = new();

    async Task<Found?> Find(ClaimsPrincipal principal, CancellationToken ct)
    {
        if (IdOf(principal) is not { } id) return null;
        var now = clock.GetUtcNow();
        var found = await db.QueryFirst<Found>($"""
            select m.name, m.security_stamp, m.must_change_password, r.role, o.data ->> 'name' as organization, s.seen_at, s.password_at, s.passkey_at, (select count(*) from organizations_roles c where c.member_id = m.id) as choices
            from organizations_sessions s join organizations_members m on m.id = s.member_id
            join organizations_roles r on r.member_id = s.member_id and r.organization_id = s.organization_id
            join doc_organization o on o.id = s.organization_id
            where s.id = $1 and {Counts}
            """, ct, id, now, now - Idle);
        // Written once a minute at the most, not with each page.
        if (found is not null && found.SeenAt < now.AddMinutes(-1))
        {
            await using var command = store.Command("update organizations_sessions set seen_at = $2 where id = $1", id, now);
            await command.ExecuteNonQueryAsync(ct);
        }
        return found;
    }

    const string Counts = "s.ends_at > $2 and (r.role = 'door' or s.seen_at > $3)";

    static ClaimsIdentity Identity(ClaimsPrincipal cookie, Found found, DateTimeOffset since)
    {
        Claim[] kept = [.. new[] { ClaimTypes.NameIdentifier, StaffClaim.Organization, StaffClaim.Session, Stamp }.Select(type => cookie.FindFirst(type)!)];
        var identity = new ClaimsIdentity(
            [.. kept, new(StaffClaim.Name, found.Name), new(StaffClaim.OrganizationName, found.Organization), new(ClaimTypes.Role, found.Role)], IdentityConstants.ApplicationScheme);
        if (found.MustChangePassword) identity.AddClaim(new(StaffClaim.MustChange, "1"));
        if (found.Choices > 1) identity.AddClaim(new(StaffClaim.Choices, "1"));
        if (found.PasswordAt > since) identity.AddClaim(new(StaffClaim.Fresh, "password"));
        if (found.PasskeyAt > since) identity.AddClaim(new(StaffClaim.Fresh, "passkey"));
        return identity;
    }

    static byte[]? IdOf(ClaimsPrincipal principal) =>
        principal.FindFirstValue(StaffClaim.Session) is { } secret ? SHA256.HashData(System.Buffers.Text.Base64Url.DecodeFromChars(secret)) : null;
}
