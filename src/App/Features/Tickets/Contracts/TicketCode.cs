using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace App.Features.Tickets.Contracts;

/// <summary>
/// What a ticket's QR says, without its signature: version, key, ticket, revision. 87 bytes with the signature (ECDSA P-256, IEEE P1363), written in base45 (RFC 9285), so that it fits an
/// alphanumeric QR of version 6-M. A door can verify it with the organization's public key and nothing else.
/// </summary>
/// <param name="KeyId">Which of the published keys.</param>
/// <param name="Revision">Goes up when a ticket changes hands; an older one no longer opens.</param>
public readonly record struct TicketCode(int KeyId, Guid TicketId, int Revision)
{
    public const byte Version = 1;
    public const int PayloadLength = 1 + 4 + 16 + 2, SignatureLength = 64, Length = PayloadLength + SignatureLength;

    /// <summary>The bytes that are signed.</summary>
    public void WritePayload(Span<byte> payload)
    {
        payload[0] = Version;
        BinaryPrimitives.WriteInt32BigEndian(payload[1..], KeyId);
        TicketId.TryWriteBytes(payload[5..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(payload[21..], checked((ushort)Revision));
    }

    /// <summary>False for what is no ticket code of a version we know. Says nothing about the signature.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, Span<byte> bytes, [NotNullWhen(true)] out TicketCode? code)
    {
        code = null;
        if (!Base45.TryDecode(text, bytes, out var written) || written != Length || bytes[0] != Version) return false;
        code = new(BinaryPrimitives.ReadInt32BigEndian(bytes[1..]), new Guid(bytes[5..21], bigEndian: true), BinaryPrimitives.ReadUInt16BigEndian(bytes[21..]));
        return true;
    }
}
