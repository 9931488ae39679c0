using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace Sandbox.Sound;

sealed class SoundConduct(TimeProvider clock) : Conduct(clock);

/// <summary>How this provider lies. Each POST replaces all of it; <c>{}</c> is the truth.</summary>
/// <param name="Location">Given instead of the session's own.</param>
/// <param name="Type">Of answers, instead of application/sdp.</param>
/// <param name="Answer">Instead of a session description.</param>
/// <param name="Redirect">307, to there.</param>
public sealed record SoundLie(string? Location = null, string? Type = null, string? Answer = null, string? Redirect = null);

/// <param name="Kind">whip or whep.</param>
public sealed record SoundSession(string Id, string Kind, string Channel, string Offer, string Authorization)
{
    public bool Ended { get; set; }
}

/// <summary>What the engine is to do: answer an offer, or end what it answered (Kind is then "end").</summary>
public sealed record SoundWork(string Id, string Kind, string Channel, string Offer);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SoundLie))]
[JsonSerializable(typeof(SoundSession[]))]
[JsonSerializable(typeof(SoundWork))]
sealed partial class SoundJson : JsonSerializerContext;

/// <summary>Who sends and who hears. One sender a channel; nobody hears a channel to which nobody sends. Sound itself flows where a browser stands in as the engine (<c>/_sandbox/sound/engine</c>); without one, answers are right in form and nothing comes of them.</summary>
sealed class SoundBook(TimeProvider clock)
{
    static readonly TimeSpan EngineIsThere = TimeSpan.FromSeconds(5), Patience = TimeSpan.FromSeconds(8);
    readonly Lock gate = new();
    readonly List<SoundSession> sessions = [];
    readonly Channel<SoundWork> work = Channel.CreateUnbounded<SoundWork>();
    readonly ConcurrentDictionary<string, TaskCompletionSource<string>> answers = new();
    long engineSeen;
    int next;

    public SoundLie Lie { get; set; } = new();

    bool HasEngine => clock.GetUtcNow().Ticks - Volatile.Read(ref engineSeen) < EngineIsThere.Ticks;

    /// <summary>Null: 409 for a second sender, 404 for who would hear nobody.</summary>
    public SoundSession? Begin(string kind, string channel, string offer, string authorization)
    {
        lock (gate)
        {
            var isSent = sessions.Exists(s => s is { Kind: "whip", Ended: false } && s.Channel == channel);
            if (isSent == (kind == "whip")) return null;
            var session = new SoundSession($"s{++next:000000}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}", kind, channel, offer, authorization);
            sessions.Add(session);
            return session;
        }
    }

    public async Task<string> Answer(SoundSession session, CancellationToken ct)
    {
        if (!HasEngine) return Formal(session.Kind);
        var answer = answers[session.Id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Writer.TryWrite(new(session.Id, session.Kind, session.Channel, session.Offer));
        return await answer.Task.WaitAsync(Patience, clock, ct);
    }

    public bool End(string kind, string channel, string id)
    {
        lock (gate)
        {
            if (sessions.Find(s => s.Id == id && s.Kind == kind && s.Channel == channel) is not { Ended: false } session) return false;
            session.Ended = true;
        }
        if (HasEngine) work.Writer.TryWrite(new(id, "end", channel, ""));
        return true;
    }

    public SoundSession[] All { get { lock (gate) return [.. sessions]; } }

    /// <summary>For the engine; null: nothing for a second.</summary>
    public async Task<SoundWork?> Next(CancellationToken ct)
    {
        Volatile.Write(ref engineSeen, clock.GetUtcNow().Ticks);
        using var second = CancellationTokenSource.CreateLinkedTokenSource(ct);
        second.CancelAfter(TimeSpan.FromSeconds(1));
        try { return await work.Reader.ReadAsync(second.Token); }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested) { return null; }
    }

    /// <summary>The engine has gone: answers are formal again.</summary>
    public void Leave()
    {
        Volatile.Write(ref engineSeen, 0);
        while (work.Reader.TryRead(out _)) { }
    }

    public void Done(string id, string sdp) { if (answers.TryRemove(id, out var answer)) answer.TrySetResult(sdp); }

    static string Formal(string kind) => string.Join("\r\n",
        "v=0", "o=- 4611731400430051336 2 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0", "a=ice-lite", "m=audio 9 UDP/TLS/RTP/SAVPF 111", "c=IN IP4 0.0.0.0", "a=mid:0", kind == "whip" ? "a=recvonly" : "a=sendonly",
        "a=ice-ufrag:sand", "a=ice-pwd:aSandboxHasNoEarAndNoMouth", "a=fingerprint:sha-256 " + string.Join(':', Enumerable.Repeat("5A", 32)), "a=setup:passive", "a=rtcp-mux", "a=rtpmap:111 opus/48000/2", "");
}
