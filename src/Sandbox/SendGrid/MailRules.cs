using System.Text.Json;

namespace Sandbox.SendGrid;

sealed record MailFault(string Message, string? Field);

/// <summary>What SendGrid refuses in a mail, in its words, as far as Foyer could get it wrong.</summary>
static class MailRules
{
    static readonly HashSet<string> Known = ["personalizations", "from", "reply_to", "reply_to_list", "subject", "content", "attachments", "template_id", "headers", "categories", "custom_args", "send_at", "batch_id", "asm", "ip_pool_name", "mail_settings", "tracking_settings"];
    static readonly HashSet<string> ReservedHeaders = new(["x-sg-id", "x-sg-eid", "received", "dkim-signature", "Content-Type", "Content-Transfer-Encoding", "To", "From", "Subject", "Reply-To", "CC", "BCC"], StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<MailFault> Check(JsonElement mail)
    {
        if (mail.ValueKind != JsonValueKind.Object) { yield return new("Bad Request", null); yield break; }
        foreach (var unknown in mail.EnumerateObject().Where(p => !Known.Contains(p.Name))) yield return new($"Additional property {unknown.Name} is not allowed", unknown.Name);
        if (!IsAddress(mail, "from")) yield return new("The from object must be provided for every email send. It is an object that requires the email parameter, but may also contain a name parameter.  e.g. {\"email\" : \"example@example.com\"}  or {\"email\" : \"example@example.com\", \"name\" : \"Example Recipient\"}.", "from.email");
        if (mail.TryGetProperty("reply_to", out _) && !IsAddress(mail, "reply_to")) yield return new("The email address is not valid.", "reply_to.email");
        foreach (var fault in Personalizations(mail)) yield return fault;
        foreach (var fault in Content(mail)) yield return fault;
        if (List(mail, "categories") is { Count: > 10 }) yield return new("You cannot have more than 10 categories per request.", "categories");
        var attachments = List(mail, "attachments");
        for (var i = 0; i < attachments.Count; i++)
        {
            if (!HasText(attachments[i], "filename")) yield return new("The attachment filename is required.", $"attachments.{i}.filename");
            if (!HasText(attachments[i], "content") || !attachments[i].GetProperty("content").TryGetBytesFromBase64(out _)) yield return new("The attachment content must be base64 encoded.", $"attachments.{i}.content");
        }
    }

    static IEnumerable<MailFault> Personalizations(JsonElement mail)
    {
        var all = List(mail, "personalizations");
        if (all.Count is 0 or > 1000) yield return new("The personalizations field is required and must have at least one personalization.", "personalizations");
        for (var i = 0; i < all.Count; i++)
        {
            var to = List(all[i], "to");
            if (to.Count == 0) yield return new("The to array is required for all personalization objects, and must have at least one email object with a valid email address.", $"personalizations.{i}.to");
            for (var j = 0; j < to.Count; j++)
                if (!IsEmail(to[j])) yield return new("Does not contain a valid address.", $"personalizations.{i}.to.{j}.email");
            foreach (var place in new[] { all[i], mail })
            {
                foreach (var (name, _) in Strings(place, "headers"))
                    if (ReservedHeaders.Contains(name)) yield return new($"The header '{name}' is reserved and cannot be set.", "headers");
                if (place.TryGetProperty("custom_args", out var args) && args.ValueKind == JsonValueKind.Object && args.EnumerateObject().Any(a => a.Value.ValueKind != JsonValueKind.String))
                    yield return new("custom_args values must be strings.", "custom_args");
            }
        }
    }

    static IEnumerable<MailFault> Content(JsonElement mail)
    {
        if (mail.TryGetProperty("template_id", out _)) yield break;
        if (!HasText(mail, "subject")) yield return new("The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.", "subject");
        var content = List(mail, "content");
        if (content.Count == 0) yield return new("Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block.", "content");
        var rank = -1;
        foreach (var part in content)
        {
            if (!HasText(part, "type") || !HasText(part, "value")) { yield return new("The content value must be a string at least one character in length.", "content.0.value"); continue; }
            var its = part.GetProperty("type").GetString() switch { "text/plain" => 0, "text/html" => 1, _ => 2 };
            if (its < rank) yield return new("If present, text/plain and text/html must be the first two content types, in that order.", "content");
            rank = its;
        }
    }

    public static IReadOnlyList<JsonElement> List(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    public static IEnumerable<(string Name, string Value)> Strings(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var map) && map.ValueKind == JsonValueKind.Object ? map.EnumerateObject().Select(p => (p.Name, p.Value.ToString())) : [];

    public static string Text(JsonElement element, string name) => HasText(element, name) ? element.GetProperty(name).GetString()! : "";

    static bool HasText(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String && text.GetString()!.Length > 0;

    static bool IsAddress(JsonElement element, string name) => element.TryGetProperty(name, out var address) && IsEmail(address);

    static bool IsEmail(JsonElement address)
    {
        var email = Text(address, "email");
        var at = email.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < email.Length - 1 && at == email.LastIndexOf('@') && !email.Any(c => char.IsWhiteSpace(c) || c is ',' or ';' or '<' or '>');
    }
}
