using System.Net;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Registration;

/// <summary>Section <c>Registration</c>.</summary>
public sealed record RegistrationOptions
{
    /// <summary>In a quarter of an hour, by one network address: a venue's guests share one.</summary>
    public int SignInsPerOrigin { get; init; } = 100;
}

/// <summary>How often a link may be asked for (security.md S18): by the address named, known or not, and by where the request comes from. Two buckets that know nothing of each other.</summary>
public sealed class SignInAllowance(EventStore store, Secrets secrets, RegistrationOptions options, TimeProvider clock)
{
    public const int PerAddress = 3;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    readonly Allowance asked = new(store, secrets, clock, "attendee-sign-in", Window);

    /// <summary>False: too often. Both are counted, whichever is full.</summary>
    public async Task<bool> Takes(string email, IPAddress? origin, CancellationToken ct)
    {
        var byOrigin = await asked.Hit("origin:" + Origins.Network(origin), ct) <= options.SignInsPerOrigin;
        return await asked.Hit("address:" + email, ct) <= PerAddress && byOrigin;
    }
}
