using System.Collections.Immutable;
using App.Features.Live.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Live.Interpretation;

public sealed record Handover(Guid Person, int Minutes, DateTimeOffset At);

/// <summary>Who is in an interpreters' booth and who is on air: never more than one, since the stream has one place for it. One hot stream a channel, so that the clock too can act on it.</summary>
public sealed record Booth(Guid ChannelId) : IEventSourced<Booth>
{
    const int MessagesKept = 20;

    /// <summary>Whoever isn't heard of for so long has left. Longer than a browser lets a page in the background sleep (a minute).</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);

    public static Booth Empty { get; } = new(Guid.Empty);

    public static Guid StreamOf(Guid channelId) => Ids.From(channelId, "booth");

    public Guid EventId { get; init; }
    public Guid SessionId { get; init; }

    /// <summary>When each was last heard of.</summary>
    public ImmutableSortedDictionary<Guid, DateTimeOffset> Present { get; init; } = ImmutableSortedDictionary<Guid, DateTimeOffset>.Empty;

    public Guid? OnAir { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Until { get; init; }
    public Handover? Asked { get; init; }

    /// <summary>The newest last.</summary>
    public ImmutableArray<Guid> Messages { get; init; } = [];

    /// <summary>Whether listeners hear somebody, also while nobody has written down that the line was lost.</summary>
    public bool IsLive(DateTimeOffset now) => OnAir is { } person && Present.TryGetValue(person, out var seen) && now - seen < Lease;

    public static Booth Evolve(Booth s, object fact) => fact switch
    {
        BoothEntered e => s with { EventId = e.EventId, SessionId = e.SessionId, ChannelId = e.ChannelId, Present = s.Present.SetItem(e.Person, e.At) },
        BoothSeen e => s with { Present = s.Present.SetItem(e.Person, e.At) },
        BoothLeft e => s.Silent(e.Person) with { Present = s.Present.Remove(e.Person) },
        MikeTaken e => s with { OnAir = e.Person, Since = e.At, Until = e.Until, Asked = null },
        MikeReleased e => s.Silent(e.Person),
        HandoverAsked e => s with { Asked = new(e.Person, e.Minutes, e.At) },
        BoothMessageSent e => s with { Messages = [.. s.Messages.Append(e.MessageId).TakeLast(MessagesKept)] },
        _ => s,
    };

    /// <summary>What time alone makes true: a lost line frees the microphone.</summary>
    public static IReadOnlyList<object> Expire(Booth s, DateTimeOffset now) =>
        [.. s.Present.Where(p => now - p.Value >= Lease).Select(p => new BoothLeft(s.EventId, s.SessionId, s.ChannelId, p.Key, Lost: true, now))];

    Booth Silent(Guid person) => OnAir == person ? this with { OnAir = null, Since = null, Until = null, Asked = null } : this;
}
