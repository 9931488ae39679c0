using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Schedule.Pages;

public enum PassIs { Good, Old, Others }

/// <summary>
/// Somebody's own ways into a session, each for one of its links and a quarter of an hour at the most: when it ends, and 16 bytes of an HMAC over that, the person, the session and the link's number. Whose it is doesn't stand in it, and nothing is
/// stored. It opens nothing by itself: whoever comes with it has to be signed in as that person, and the session's rule is asked again.
/// </summary>
public sealed class JoinPasses(Secrets secrets)
{
    const int Until = 8, Code = 16;
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(15), Step = TimeSpan.FromMinutes(5);

    readonly Lazy<byte[]> key = new(() => secrets.Get("join-passes"));

    /// <summary>Of who looks at a session, by a link's number; empty where nobody is asked who it is.</summary>
    public Func<int, string> For(ScheduleViewer who, ScheduleSession session, DateTimeOffset now) =>
        who.Attendee is { } attendee && OpenLinks.ArePersonal(session) ? link => Of(attendee, session.Id, link, now) : _ => "";

    /// <summary>The same for five minutes, so that a page which is asked for again shows the same.</summary>
    public string Of(Guid attendee, Guid session, int link, DateTimeOffset now)
    {
        Span<byte> pass = stackalloc byte[Until + Code];
        BinaryPrimitives.WriteInt64BigEndian(pass, now.Ticks / Step.Ticks * Step.Ticks + Longest.Ticks);
        Sign(attendee, session, link, pass[..Until], pass[Until..]);
        return Base64Url.EncodeToString(pass);
    }

    /// <returns>Others: made for somebody else or another link, or not by us.</returns>
    public PassIs Read(string pass, Guid attendee, Guid session, int link, DateTimeOffset now)
    {
        Span<byte> given = stackalloc byte[Until + Code], right = stackalloc byte[Code];
        if (pass.Length != 32 || Base64Url.DecodeFromChars(pass, given, out _, out var written) != OperationStatus.Done || written != given.Length) return PassIs.Others;
        Sign(attendee, session, link, given[..Until], right);
        if (!CryptographicOperations.FixedTimeEquals(given[Until..], right)) return PassIs.Others;
        return BinaryPrimitives.ReadInt64BigEndian(given) > now.Ticks ? PassIs.Good : PassIs.Old;
    }

    void Sign(Guid attendee, Guid session, int link, ReadOnlySpan<byte> until, Span<byte> code)
    {
        Span<byte> said = stackalloc byte[16 + 16 + 4 + Until], mac = stackalloc byte[32];
        attendee.TryWriteBytes(said, bigEndian: true, out _);
        session.TryWriteBytes(said[16..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(said[32..], link);
        until.CopyTo(said[36..]);
        HMACSHA256.HashData(key.Value, said, mac);
        mac[..Code].CopyTo(code);
    }
}
