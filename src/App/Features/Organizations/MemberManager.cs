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

    public void CompareWithNobody(string password) => PasswordHasher.VerifyHashedPassword(new(), Nobody.Value, password);
}
