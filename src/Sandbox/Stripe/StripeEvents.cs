using System.Collections.Concurrent;

namespace Sandbox.Stripe;

/// <summary>Every event, by account and in order; handed to the webhooks as it comes.</summary>
sealed class StripeEvents(TimeProvider clock, StripeWebhooks webhooks)
{
    readonly ConcurrentDictionary<string, StripeEvent> byId = new();
    readonly ConcurrentDictionary<string, List<StripeEvent>> logs = new();

    public StripeEvent? Find(string id) => byId.GetValueOrDefault(id);

    public IEnumerable<StripeEvent> All => byId.Values.OrderBy(e => e.Created).ThenBy(e => e.Position);

    /// <param name="id">Follows from what happened.</param>
    /// <param name="silent">Read from the ledger: it was sent before.</param>
    public void Add(string id, string type, string? account, StripeObject of, bool silent = false, long? created = null)
    {
        var happened = new StripeEvent(id, type, account, created ?? clock.GetUtcNow().ToUnixTimeSeconds(), of);
        var log = logs.GetOrAdd(account ?? "", static _ => []);
        lock (log)
        {
            happened.Position = log.Count;
            log.Add(happened);
        }
        byId[id] = happened;
        if (!silent) webhooks.Send(happened);
    }

    /// <summary>Newest first.</summary>
    public (IReadOnlyList<StripeEvent> Page, bool HasMore) List(string? account, Func<StripeEvent, bool> wanted, string? startingAfter, int limit)
    {
        var found = new List<StripeEvent>(limit);
        if (!logs.TryGetValue(account ?? "", out var log)) return (found, false);
        lock (log)
        {
            var start = log.Count - 1;
            if (startingAfter is not null)
                start = Find(startingAfter) is { } after && after.Account == account ? after.Position - 1 : throw StripeError.Missing("event", startingAfter, "starting_after");
            for (var i = start; i >= 0; i--)
            {
                if (!wanted(log[i])) continue;
                if (found.Count == limit) return (found, true);
                found.Add(log[i]);
            }
        }
        return (found, false);
    }

    public void Clear()
    {
        byId.Clear();
        logs.Clear();
    }
}
