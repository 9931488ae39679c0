namespace App.Features.Tickets.Contracts;

/// <summary>Base45 (RFC 9285): two bytes as three of the 45 characters that a QR code packs into 5.5 bits each.</summary>
public static class Base45
{
    const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length / 2 * 3 + bytes.Length % 2 * 2];
        var at = 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            var pair = i + 1 < bytes.Length;
            var n = pair ? bytes[i] << 8 | bytes[i + 1] : bytes[i];
            text[at++] = Alphabet[n % 45];
            text[at++] = Alphabet[n / 45 % 45];
            if (pair) text[at++] = Alphabet[n / (45 * 45)];
        }
        return new string(text);
    }

    /// <summary>False for a foreign character, an impossible length, a number past its bytes, or more than fits.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int written)
    {
        written = 0;
        if (text.Length % 3 == 1 || text.Length / 3 * 2 + text.Length % 3 / 2 > bytes.Length) return false;
        for (var i = 0; i < text.Length; i += 3)
        {
            var group = text[i..Math.Min(i + 3, text.Length)];
            var n = 0;
            for (var j = group.Length - 1; j >= 0; j--)
            {
                var digit = Alphabet.IndexOf(group[j], StringComparison.Ordinal);
                if (digit < 0) return false;
                n = n * 45 + digit;
            }
            if (n > (group.Length == 3 ? ushort.MaxValue : byte.MaxValue)) return false;
            if (group.Length == 3) bytes[written++] = (byte)(n >> 8);
            bytes[written++] = (byte)n;
        }
        return true;
    }
}
