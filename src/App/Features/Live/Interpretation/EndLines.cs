using App.Features.Live.Contracts;
using App.Features.Registration.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Sound;

namespace App.Features.Live.Interpretation;

/// <summary>Sound that an interpreter sends to the provider. Kept until the provider was told to end it, so that no process that dies leaves anybody on air.</summary>
/// <param name="Session">Where the provider keeps it; whoever has this address may end it, so it is in no page.</param>
public sealed record BoothLine(Guid Id, Guid ChannelId, Guid Person, string Session)
{
    public static async Task<IReadOnlyList<BoothLine>> Of(Guid channelId, QuerySession db, CancellationToken ct) =>
        await db.LoadMany<BoothLine>(await db.Query<Guid>("select id from doc_booth_line where channel_id = $1", ct, channelId), ct);
}

/// <summary>A line that a provider has begun. Whatever else sends on this channel ends: nobody is heard twice.</summary>
public sealed record KeepLine(BoothLine Line);

public static class KeepLineHandler
{
    public static async Task Handle(KeepLine command, DocumentSession db, CancellationToken ct)
    {
        db.Store(command.Line);
        foreach (var other in await BoothLine.Of(command.Line.ChannelId, db, ct))
            if (other.Id != command.Line.Id) db.Outbox.Publish(new EndLine(other.Id));
    }
}

/// <summary>Cuts a line at the provider. Told twice, the second time finds nothing; while the provider is away it waits for it.</summary>
public sealed record EndLine(Guid LineId);

public static class EndLineHandler
{
    public static async Task Handle(EndLine command, DocumentSession db, SoundClient sound, CancellationToken ct)
    {
        if (await db.Load<BoothLine>(command.LineId, ct) is not { } line) return;
        await sound.End(new(line.Session), ct);
        db.Delete<BoothLine>(line.Id);
    }
}

/// <summary>Whoever isn't on air any more isn't heard any more: handed over, off air, gone, lost, or the channel itself removed. What counts is who is on air now, so news that comes late cuts nobody off who has the microphone by then.</summary>
public static class EndLinesHandler
{
    public static Task Handle(MikeTaken taken, DocumentSession db, CancellationToken ct) => EndOthers(taken.ChannelId, db, ct);
    public static Task Handle(MikeReleased released, DocumentSession db, CancellationToken ct) => EndOthers(released.ChannelId, db, ct);
    public static Task Handle(BoothLeft left, DocumentSession db, CancellationToken ct) => EndOthers(left.ChannelId, db, ct);

    public static async Task Handle(ChannelRemoved removed, DocumentSession db, CancellationToken ct) => End(await BoothLine.Of(removed.ChannelId, db, ct), db);

    public static async Task Handle(AttendeeErased erased, DocumentSession db, CancellationToken ct) =>
        End(await db.LoadMany<BoothLine>(await db.Query<Guid>("select id from doc_booth_line where person = $1", ct, erased.AttendeeId), ct), db);

    internal static async Task EndOthers(Guid channelId, DocumentSession db, CancellationToken ct)
    {
        var onAir = (await db.FoldFresh<Booth>(Booth.StreamOf(channelId), ct)).State.OnAir;
        End((await BoothLine.Of(channelId, db, ct)).Where(l => l.Person != onAir), db);
    }

    static void End(IEnumerable<BoothLine> lines, DocumentSession db)
    {
        foreach (var line in lines) db.Outbox.Publish(new EndLine(line.Id));
    }
}

/// <summary>The microphone may have gone to somebody else while the provider was asked.</summary>
public sealed record EndOtherLines(Guid ChannelId);

public static class EndOtherLinesHandler
{
    public static Task Handle(EndOtherLines command, DocumentSession db, CancellationToken ct) => EndLinesHandler.EndOthers(command.ChannelId, db, ct);
}
