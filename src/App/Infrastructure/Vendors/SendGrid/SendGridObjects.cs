using System.Text.Json.Serialization;

namespace App.Infrastructure.Vendors.SendGrid;

/// <summary>The body of <c>POST /v3/mail/send</c>: only what Foyer uses, in SendGrid's words.</summary>
public sealed record Mail(Personalization[] Personalizations, MailAddress From, string Subject, MailContent[] Content)
{
    public MailAddress? ReplyTo { get; init; }
    public MailAttachment[]? Attachments { get; init; }

    /// <summary>Up to ten, for SendGrid's own statistics.</summary>
    public string[]? Categories { get; init; }

    /// <param name="key">Follows from our own ids. A mail sent again carries it again, as Message-ID and as <c>custom_args.foyer_mail</c> (which comes back with every event about it).</param>
    public static Mail To(string email, string? name, string key, MailAddress from, string subject, string text, string html) => new(
        [new([new(email, name)], new() { ["Message-ID"] = $"<{key}@{from.Email[(from.Email.IndexOf('@', StringComparison.Ordinal) + 1)..]}>" }, new() { ["foyer_mail"] = key })],
        from, subject, [new("text/plain", text), new("text/html", html)]);
}

/// <param name="CustomArgs">Come back with every event about this mail. Values are strings.</param>
public sealed record Personalization(MailAddress[] To, Dictionary<string, string>? Headers, Dictionary<string, string>? CustomArgs);

public sealed record MailAddress(string Email, string? Name = null);

/// <summary>Plain text first, then HTML.</summary>
public sealed record MailContent(string Type, string Value);

/// <param name="Content">The bytes; base64 on the wire.</param>
/// <param name="ContentId">With disposition <c>inline</c>: what <c>cid:</c> in the HTML names.</param>
public sealed record MailAttachment(byte[] Content, string Type, string Filename, string Disposition = "attachment", string? ContentId = null);

public sealed record SendGridFault(string? Message, string? Field);
sealed record SendGridFaults(SendGridFault[]? Errors);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Mail))]
[JsonSerializable(typeof(SendGridFaults))]
sealed partial class SendGridJson : JsonSerializerContext;
