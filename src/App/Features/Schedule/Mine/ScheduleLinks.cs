using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Mine;

/// <summary>
/// Addresses that open somebody's schedule without a sign-in: 16 bytes of the stream's id and 16 of an HMAC over it, the kind and the generation. Nothing is stored that opens anything;
/// revoking moves the generation on, so an old address is no address.
/// </summary>
public sealed class ScheduleLinks(Secrets secrets)
{
    readonly Lazy<byte[]> key = new(() => secrets.Get("schedule-links"));

    public string Token(Guid stream, ScheduleLinkKind kind, int generation)
    {
        Span<byte> token = stackalloc byte[32];
        Sign(stream, kind, generation, token);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The stream that a token may be of; <see cref="Opens"/> says whether it is.</summary>
    public static Guid? StreamOf(string? token) => Read(token) is { } bytes ? new Guid(bytes.AsSpan(0, 16), bigEndian: true) : null;

    public bool Opens(string token, MySchedule mine, ScheduleLinkKind kind)
    {
        if (mine.Link(kind) is not { IsOpen: true } link || Read(token) is not { } given) return false;
        Span<byte> right = stackalloc byte[32];
        Sign(MySchedule.StreamOf(mine.EventId, mine.Person), kind, link.Generation, right);
        return CryptographicOperations.FixedTimeEquals(given, right);
    }

    static byte[]? Read(string? token)
    {
        if (token is not { Length: 43 }) return null;
        var bytes = new byte[32];
        return Base64Url.DecodeFromChars(token, bytes, out _, out var written) == OperationStatus.Done && written == 32 ? bytes : null;
    }

    void Sign(Guid stream, ScheduleLinkKind kind, int generation, Span<byte> token)
    {
        Span<byte> said = stackalloc byte[21], mac = stackalloc byte[32];
        stream.TryWriteBytes(said, bigEndian: true, out _);
        said[16] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(said[17..], generation);
        HMACSHA256.HashData(key.Value, said, mac);
        said[..16].CopyTo(token);
        mac[..16].CopyTo(token[16..]);
    }
}

public sealed record OpenScheduleLink(Guid EventId, Guid Person, ScheduleLinkKind Kind);

public static class OpenScheduleLinkHandler
{
    public static async Task Handle(OpenScheduleLink command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<MySchedule>(MySchedule.StreamOf(command.EventId, command.Person), ct);
        if (stream.State.Link(command.Kind) is { IsOpen: false } link) stream.Append(new ScheduleLinkOpened(command.EventId, command.Person, command.Kind, link.Generation + 1, clock.GetUtcNow()));
    }
}

public sealed record RevokeScheduleLink(Guid EventId, Guid Person, ScheduleLinkKind Kind);

public static class RevokeScheduleLinkHandler
{
    public static async Task Handle(RevokeScheduleLink command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<MySchedule>(MySchedule.StreamOf(command.EventId, command.Person), ct);
        if (stream.State.Link(command.Kind).IsOpen) stream.Append(new ScheduleLinkRevoked(command.EventId, command.Person, command.Kind, clock.GetUtcNow()));
    }
}
