using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace App.Infrastructure;

/// <summary>Identities: UUIDv7 (RFC 9562), so that an index grows at its end and an id tells when, never what.</summary>
public static class Ids
{
#pragma warning disable RS0030 // The one place that may make ids; the time comes in from the caller's clock.
    public static Guid New(DateTimeOffset now) => Guid.CreateVersion7(now);
#pragma warning restore RS0030

    /// <summary>The same id for the same question, however often it is asked: a message that comes twice makes nothing twice. Keeps the parent's 48-bit time prefix, so that indexes stay local.</summary>
    public static Guid From(Guid parent, int number)
    {
        Span<byte> input = stackalloc byte[20];
        parent.TryWriteBytes(input, bigEndian: true, out _);
        BitConverter.TryWriteBytes(input[16..], number);
        return Derive(parent, input);
    }

    /// <inheritdoc cref="From(Guid, int)"/>
    public static Guid From(Guid parent, string name)
    {
        var input = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        parent.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input.AsSpan(16));
        return Derive(parent, input);
    }

    static Guid Derive(Guid parent, ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[32], id = stackalloc byte[16];
        SHA256.HashData(input, hash);
        parent.TryWriteBytes(id, bigEndian: true, out _);
        hash[..10].CopyTo(id[6..]);
        id[6] = (byte)(0x80 | (id[6] & 0x0F)); // version 8: derived, by RFC 9562 §5.8
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id, bigEndian: true);
    }

    const string Alphabet = "23456789BCDFGHJKMNPQRSTVWXZ"; // no vowels, no 0 O 1 I L Y: nothing rude, nothing misread

    /// <summary>A short code people can read out: <paramref name="length"/> letters drawn from an id's random bits. Not a secret and not unique by itself.</summary>
    public static string Short(Guid id, int length = 8)
    {
        Span<byte> bytes = stackalloc byte[16], hash = stackalloc byte[32];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        SHA256.HashData(bytes, hash);
        Span<char> code = stackalloc char[length];
        for (var i = 0; i < length; i++) code[i] = Alphabet[hash[i] % Alphabet.Length];
        return new string(code);
    }

    public static string ToText(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
