using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Sandbox.Stripe;

/// <summary>
/// Stripe's promise: the same key gives the same answer, byte for byte; with another body it is an error, and while the first is still at work a conflict. Answers are kept until the sandbox is reset
/// (Stripe: 24 hours at least); what the ledger holds, intents and refunds, is known again after a restart.
/// </summary>
sealed class Idempotency
{
    internal sealed class Entry(string print)
    {
        public string Print => print;
        public volatile Answer? Answer;
    }

    internal sealed record Answer(int Status, StripeObject Body);

    readonly ConcurrentDictionary<(string? Account, string Key), Entry> entries = new();

    public static string Print(string path, ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(body, hash);
        return string.Concat(path, " ", Convert.ToHexStringLower(hash[..16]));
    }

    /// <summary>An entry with an answer is a repetition; one without is ours to fill or to let go.</summary>
    public Entry Begin(string? account, string key, string print)
    {
        if (key.Length > 255) throw StripeError.Invalid("Idempotency keys can be at most 255 characters.");
        var mine = new Entry(print);
        var entry = entries.GetOrAdd((account, key), mine);
        if (ReferenceEquals(entry, mine)) return mine;
        if (entry.Print != print)
            throw new StripeError(400, "idempotency_error", null, $"Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{key}' if you meant to execute a different request.");
        return entry.Answer is not null ? entry
            : throw new StripeError(409, "idempotency_error", "idempotency_key_in_use", "There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through). Please try again later.");
    }

    public void Remember(string? account, string key, string print, StripeObject body) => entries[(account, key)] = new(print) { Answer = new(200, body) };

    public void LetGo(string? account, string key) => entries.TryRemove((account, key), out _);

    public void Clear() => entries.Clear();
}
