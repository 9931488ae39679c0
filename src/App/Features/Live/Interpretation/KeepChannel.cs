using System.Text.RegularExpressions;
using App.Features.Live.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Sound;

namespace App.Features.Live.Interpretation;

/// <param name="Language">Its code.</param>
/// <param name="Url">Where the provider lets people listen: told only to whom the session's links open. Empty: our own page alone plays it.</param>
public sealed record Channel(Guid Id, Guid SessionId, string Language, string Url)
{
    public bool HasLink => Url.Length > 0;

    public static Guid IdOf(Guid sessionId, string language) => Ids.From(sessionId, "channel:" + language);
}

public sealed record KeepChannel(Guid EventId, Guid SessionId, string Language, string Url);

public static partial class KeepChannelHandler
{
    const int Longest = 500;

    public static async Task Handle(KeepChannel command, DocumentSession db, ScheduleCatalogue schedules, SoundOptions sound, TimeProvider clock, CancellationToken ct)
    {
        if ((await schedules.Find(command.EventId))?.Session(command.SessionId) is null) throw new Refused("schedule.no-such-session");
        var stream = await db.FetchForWriting<TalkRules>(TalkRules.StreamOf(command.EventId), ct);
        stream.Append(Decide(command, stream.State, clock.GetUtcNow(), sound.IsConfigured));
    }

    /// <param name="playsHere">There is a provider whose sound our own page plays: then nobody needs another address.</param>
    public static IEnumerable<object> Decide(KeepChannel command, TalkRules rules, DateTimeOffset now, bool playsHere = false)
    {
        if (!Code().IsMatch(command.Language)) throw new Refused("interpretation.language");
        var isHere = playsHere && command.Url.Length == 0;
        if (!isHere && (command.Url.Length > Longest || !Uri.TryCreate(command.Url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.UserInfo.Length > 0)) throw new Refused("interpretation.address");
        var id = Channel.IdOf(command.SessionId, command.Language);
        return rules.Channels.GetValueOrDefault(id)?.Url == command.Url ? [] : [new ChannelSet(command.EventId, command.SessionId, id, command.Language, command.Url, now)];
    }

    [GeneratedRegex(@"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8})?\z")]
    private static partial Regex Code();
}

public sealed record RemoveChannel(Guid EventId, Guid ChannelId);

public static class RemoveChannelHandler
{
    public static async Task Handle(RemoveChannel command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<TalkRules>(TalkRules.StreamOf(command.EventId), ct);
        if (stream.State.Channels.GetValueOrDefault(command.ChannelId) is { } channel) stream.Append(new ChannelRemoved(command.EventId, channel.SessionId, channel.Id, clock.GetUtcNow()));
    }
}
