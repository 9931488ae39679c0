using System.Collections.Concurrent;

namespace App.Features.Organizations;

/// <summary>
/// How often somebody may try to sign in: by the address they name (known to us or not, so that being refused tells nothing) and by where they come from. Counted by this process, on top of
/// the account's own lockout, which all processes share.
/// </summary>
public sealed class SignInLimits(TimeProvider clock)
{
    public const int ByAddress = 5, ByOrigin = 40;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    const int MostRemembered = 20_000;

    readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset Until)> failures = new(StringComparer.Ordinal);

    public bool Allows(string address, string origin) => Count("a:" + address) < ByAddress && Count("o:" + origin) < ByOrigin;

    public void Fail(string address, string origin)
    {
        if (failures.Count > MostRemembered) Forget();
        Add("a:" + address);
        Add("o:" + origin);
    }

    public void Succeed(string address) => failures.TryRemove("a:" + address, out _);

    int Count(string key) => failures.TryGetValue(key, out var f) && f.Until > clock.GetUtcNow() ? f.Failures : 0;

    void Add(string key)
    {
        var now = clock.GetUtcNow();
        failures.AddOrUpdate(key, (1, now + Window), (_, f) => f.Until > now ? (f.Failures + 1, f.Until) : (1, now + Window));
    }

    void Forget()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, f) in failures) if (f.Until <= now) failures.TryRemove(key, out _);
        if (failures.Count > MostRemembered) failures.Clear(); // somebody fills it: the accounts' own lockout still holds
    }
}
