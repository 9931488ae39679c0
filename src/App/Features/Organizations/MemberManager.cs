using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace App.Features.Organizations;

/// <summary>Identity's manager with our clock, and with failures that are counted in the database.</summary>
public sealed class MemberManager(MemberStore members, IOptions<IdentityOptions> options, IPasswordHasher<Member> hasher, IEnumerable<IUserValidator<Member>> validators,
    IEnumerable<IPasswordValidator<Member>> passwords, ILookupNormalizer normalizer, IdentityErrorDescriber errors, IServiceProvider services, ILogger<UserManager<Member>> log, TimeProvider clock)
    : UserManager<Member>(members, options, hasher, validators, passwords, normalizer, errors, services, log)
{
    // What a password of nobody's is compared with, so that an unknown address takes as long as a known one.
    static readonly Lazy<string> Nobody = new(() => new PasswordHasher<Member>().HashPassword(new(), "nobody has this password"));

    public override Task<bool> IsLockedOutAsync(Member user) => Task.FromResult(user.LockedUntil > clock.GetUtcNow());

    public override async Task<IdentityResult> AccessFailedAsync(Member user)
    {
        await members.Fail(user, Options.Lockout.MaxFailedAccessAttempts, clock.GetUtcNow() + Options.Lockout.DefaultLockoutTimeSpan, CancellationToken);
        return IdentityResult.Success;
    }

    /// <summary>A password that somebody else has seen: every sign-in of theirs ends, and the next one asks for another.</summary>
    public async Task GivePasswordAsync(Member user, string password)
    {
        user.MustChangePassword = true;
        await UpdatePasswordHash(user, password, validatePassword: false); // and the stamp that sign-ins are compared with
        await UpdateUserAsync(user);
        await members.SetLockoutEndDateAsync(user, null, CancellationToken);
    }

    public void CompareWithNobody(string password) => PasswordHasher.VerifyHashedPassword(new(), Nobody.Value, password);
}
