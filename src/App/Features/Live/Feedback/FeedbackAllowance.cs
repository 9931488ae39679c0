using System.Net;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Live.Feedback;

/// <summary>Section <c>Feedback</c>.</summary>
public sealed record FeedbackOptions
{
    /// <summary>Of devices about one session in an hour, by one network address.</summary>
    public int PerOrigin { get; init; } = 300;
}

/// <summary>
/// How often devices that nobody is signed in on may say something about one session in an hour, by network: a hall's guests share one, so it is many, and who is signed in is never counted. It keeps one machine from
/// outvoting a hall, not a crowd of them: that is why devices are counted apart.
/// </summary>
public sealed class FeedbackAllowance(EventStore store, Secrets secrets, FeedbackOptions options, TimeProvider clock)
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    readonly Allowance said = new(store, secrets, clock, "feedback", Window);

    /// <summary>False: too often. It is counted all the same.</summary>
    public async Task<bool> Takes(Guid sessionId, IPAddress? origin, CancellationToken ct) => await said.Hit($"{sessionId:N}:{Origins.Network(origin)}", ct) <= options.PerOrigin;
}
