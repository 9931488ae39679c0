using System.Text.Json.Serialization;

namespace Sandbox;

/// <summary>How a vendor misbehaves. Each POST replaces all of it; <c>{}</c> is good behaviour.</summary>
/// <param name="Only">Beginning of the paths concerned; others behave.</param>
/// <param name="SlowMs">Every answer waits so long.</param>
/// <param name="FailNext">So many requests are answered with <paramref name="FailStatus"/>, nothing done.</param>
/// <param name="FailRate">0 to 1: the share of requests answered with <paramref name="FailStatus"/>.</param>
/// <param name="HangNext">So many requests are never answered, nothing done.</param>
/// <param name="CutNext">So many connections are cut, nothing done.</param>
/// <param name="TimeoutAfterEffect">So many requests are carried out and never answered.</param>
/// <param name="Webhooks">deliver, drop, double, triple, hold (sent in order when released), reverse (sent newest first when released).</param>
/// <param name="WebhookDelayMs">Every webhook waits so long.</param>
/// <param name="ProcessingMs">How long a delayed payment or refund takes.</param>
/// <param name="Wallets">What the buyer's device has: applePay, googlePay, link. Null: all of them.</param>
public sealed record Behaviour(
    string? Only = null, int SlowMs = 0, int FailNext = 0, int FailStatus = 500, double FailRate = 0, int HangNext = 0, int CutNext = 0, int TimeoutAfterEffect = 0,
    string Webhooks = "deliver", int WebhookDelayMs = 0, int ProcessingMs = 4000, string[]? Wallets = null)
{
    internal static readonly Behaviour Good = new();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Behaviour))]
sealed partial class BehaviourJson : JsonSerializerContext;

/// <summary>What to do with one request.</summary>
enum Interference { None, Fail, Handled, SwallowAnswer }

/// <summary>One vendor's behaviour now; counts down what is limited.</summary>
class Conduct(TimeProvider clock)
{
    int failing, hanging, cutting, swallowing;
    volatile Behaviour now = Behaviour.Good;

    public Behaviour Now => now;

    public void Become(Behaviour behaviour)
    {
        (failing, hanging, cutting, swallowing) = (behaviour.FailNext, behaviour.HangNext, behaviour.CutNext, behaviour.TimeoutAfterEffect);
        now = behaviour;
    }

    public ValueTask<Interference> Meet(HttpContext context)
    {
        var behaviour = now;
        return ReferenceEquals(behaviour, Behaviour.Good) || (behaviour.Only is { } only && !context.Request.Path.StartsWithSegments(only, StringComparison.Ordinal))
            ? ValueTask.FromResult(Interference.None)
            : new(Misbehave(behaviour, context));
    }

    async Task<Interference> Misbehave(Behaviour behaviour, HttpContext context)
    {
        if (behaviour.SlowMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(behaviour.SlowMs), clock, context.RequestAborted);
        if (Take(ref cutting))
        {
            context.Abort();
            return Interference.Handled;
        }
        if (Take(ref hanging))
        {
            await Hang(context);
            return Interference.Handled;
        }
        if (Take(ref failing) || (behaviour.FailRate > 0 && Random.Shared.NextDouble() < behaviour.FailRate)) return Interference.Fail;
        return Take(ref swallowing) ? Interference.SwallowAnswer : Interference.None;
    }

    /// <summary>Until the caller gives up.</summary>
    public static async Task Hang(HttpContext context)
    {
        try { await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted); }
        catch (OperationCanceledException) { }
    }

    static bool Take(ref int left)
    {
        for (var seen = Volatile.Read(ref left); seen > 0; seen = Volatile.Read(ref left))
            if (Interlocked.CompareExchange(ref left, seen - 1, seen) == seen) return true;
        return false;
    }
}
