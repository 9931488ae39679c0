namespace App.Infrastructure.Mail;

/// <param name="ContentId">Given: shown inside the HTML as <c>cid:…</c>. Null: an attachment.</param>
public sealed record MailFile(string Name, string ContentType, byte[] Content, string? ContentId = null);

/// <summary>One message to one person, complete.</summary>
/// <param name="Key">The same for the same message, for ever: sent again after a crash it carries the same Message-ID, so that a mailbox and our own log know it. Letters, digits, dots and dashes.</param>
/// <param name="FromName">Who speaks: the promoter. The address is the platform's own, which its domain vouches for.</param>
/// <param name="ReplyTo">Null: the platform's address.</param>
/// <param name="Html">Null: plain text only.</param>
public sealed record Mail(string Key, string To, string ToName, string FromName, string? ReplyTo, string Subject, string? Html, string Text, IReadOnlyList<MailFile> Files)
{
    /// <summary>Bytes as they travel: files in base64.</summary>
    public int Size => System.Text.Encoding.UTF8.GetByteCount(Html ?? "") + System.Text.Encoding.UTF8.GetByteCount(Text) + Files.Sum(f => (f.Content.Length + 2) / 3 * 4);
}

/// <summary>What the provider said. No answer at all, or "later", is an exception, and the message is tried again.</summary>
/// <param name="Refused">Null: accepted. Else why this mail will never be taken, without personal data.</param>
public readonly record struct MailAnswer(string? Refused)
{
    public static MailAnswer Accepted { get; } = new(null);
}
