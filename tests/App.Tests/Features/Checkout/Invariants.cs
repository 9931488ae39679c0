using App.Features.Checkout;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;

namespace App.Tests.Features.Checkout;

static class Invariants
{
    /// <summary>What verify says of one inventory's log, written at a fact a minute.</summary>
    public static Task<List<string>> FaultsOf(IEnumerable<object> log) => FaultsOf(log, new NeverOversoldInvariant(), new OneHolderInvariant());

    public static async Task<List<string>> FaultsOf(IEnumerable<object> log, params IInvariant[] invariants)
    {
        var (version, faults) = (0, new List<string>());
        foreach (var fact in log)
        {
            var observed = new LogFact(Stock.Eve, ++version, fact, Stock.Noon.AddMinutes(version));
            foreach (var invariant in invariants) invariant.Observe(observed);
        }
        foreach (var invariant in invariants)
        {
            await invariant.Settle(default);
            faults.AddRange((await invariant.Faults(null!, default)).Select(f => $"{invariant.Id}: {f}"));
        }
        return faults;
    }
}
