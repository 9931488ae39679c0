using System.Text.Json;

namespace Sandbox.SendGrid;

/// <summary>What was sent, for people; and as JSON for tests.</summary>
static class MailPages
{
    public static void Map(IEndpointRouteBuilder app, MailBox box, TimeProvider clock)
    {
        app.MapGet("/mail", context => ShowList(context, box, clock));
        app.MapGet("/mail/{id}", context => Show(context, box, clock));
        app.MapGet("/mail/{id}/html", context => ShowHtml(context, box));
        app.MapGet("/mail/{id}/files/{number:int}", context => SendFile(context, box));
        app.MapGet("/_sandbox/mails", context => ListJson(context, box));
        app.MapDelete("/_sandbox/mails", context =>
        {
            box.Clear();
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        });
    }

    static Task ShowList(HttpContext context, MailBox box, TimeProvider clock)
    {
        var mails = box.Newest(context.Request.Query["to"], 200);
        var list = mails.Count == 0 ? Html.Of($"<p class=\"none\">No mail yet. Buy a ticket and come back.</p>") : Html.Of($"""
            <ul class="mails">
            {Html.Each(mails, m => Html.Of($"<li><a href=\"/mail/{m.Id}\"><span class=\"to\">{m.To}</span><strong>{m.Subject}</strong>{Page.Time(clock, m.At)}</a></li>\n"))}
            </ul>
            """);
        return Page.WriteOwn(context, "Mail", Html.Of($"<h1>Mail</h1><p>{box.Accepted} taken from Foyer through SendGrid's interface and kept here; none left this machine.</p>\n{list}"));
    }

    static async Task Show(HttpContext context, MailBox box, TimeProvider clock)
    {
        if (await Find(context, box) is not { } mail) return;
        using var json = mail.Open();
        var root = json.RootElement;
        var files = MailRules.List(root, "attachments");
        var plain = Part(root, "text/plain");
        await Page.WriteOwn(context, mail.Subject, Html.Of($"""
            <h1>{mail.Subject}</h1>
            <dl class="facts">
            <dt>From</dt><dd>{Address(root, "from")}</dd>
            <dt>To</dt><dd>{mail.To}</dd>
            {(root.TryGetProperty("reply_to", out _) ? Html.Of($"<dt>Reply to</dt><dd>{Address(root, "reply_to")}</dd>") : Html.Nothing)}
            <dt>Taken</dt><dd>{Page.Time(clock, mail.At)}</dd>
            {Html.Each(Extra(root), e => Html.Of($"<dt>{e.Name}</dt><dd><code>{e.Value}</code></dd>\n"))}
            </dl>
            {(files.Count == 0 ? Html.Nothing : Html.Of($"<ul class=\"files\">{Html.Each(Enumerable.Range(0, files.Count), i => Html.Of($"<li><a href=\"/mail/{mail.Id}/files/{i}\">{MailRules.Text(files[i], "filename")} ({files[i].GetProperty("content").GetBytesFromBase64().Length:N0} bytes)</a></li>"))}</ul>"))}
            <h2>As it looks</h2>
            {(Part(root, "text/html").Length == 0 ? Html.Of($"<p class=\"none\">It has no HTML part.</p>") : Html.Of($"<iframe class=\"letter\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\" src=\"/mail/{mail.Id}/html\" title=\"The mail's HTML part\"></iframe>"))}
            <h2>As plain text</h2>
            {(plain.Length == 0 ? Html.Of($"<p class=\"none\">It has no plain text part.</p>") : Html.Of($"<pre class=\"plain\" tabindex=\"0\" role=\"region\" aria-label=\"The plain text part\">{plain}</pre>"))}
            """));
    }

    static async Task ShowHtml(HttpContext context, MailBox box)
    {
        if (await Find(context, box) is not { } mail) return;
        using var json = mail.Open();
        var html = Part(json.RootElement, "text/html");
        var files = MailRules.List(json.RootElement, "attachments");
        for (var i = 0; i < files.Count; i++)
            if (MailRules.Text(files[i], "content_id") is { Length: > 0 } cid) html = html.Replace("cid:" + cid, $"/mail/{mail.Id}/files/{i}", StringComparison.Ordinal);
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        // As a mail program shows it: no script, and links open elsewhere.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; font-src *; sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'";
        await response.WriteAsync("<base target=\"_blank\">" + html);
    }

    static async Task SendFile(HttpContext context, MailBox box)
    {
        if (await Find(context, box) is not { } mail) return;
        using var json = mail.Open();
        var files = MailRules.List(json.RootElement, "attachments");
        var number = int.Parse((string)context.Request.RouteValues["number"]!, System.Globalization.CultureInfo.InvariantCulture);
        if (number >= files.Count) { context.Response.StatusCode = 404; return; }
        var file = files[number];
        var type = MailRules.Text(file, "type");
        var response = context.Response;
        response.ContentType = type.Length == 0 ? "application/octet-stream" : type;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        response.Headers.ContentDisposition = new System.Net.Mime.ContentDisposition { FileName = MailRules.Text(file, "filename"), Inline = type is "image/png" or "image/jpeg" or "image/gif" }.ToString();
        await response.BodyWriter.WriteAsync(file.GetProperty("content").GetBytesFromBase64());
    }

    /// <summary><c>?to=</c> part of an address, <c>?limit=</c>. Newest first; each as it was sent, with id and at.</summary>
    static Task ListJson(HttpContext context, MailBox box)
    {
        var limit = int.TryParse(context.Request.Query["limit"], out var wanted) ? wanted : 100;
        return Wire.Write(context, json =>
        {
            json.WriteStartArray();
            foreach (var mail in box.Newest(context.Request.Query["to"], limit))
            {
                json.WriteStartObject();
                json.WriteString("id"u8, mail.Id);
                json.WriteNumber("at"u8, mail.At);
                json.WriteString("to"u8, mail.To);
                json.WriteString("subject"u8, mail.Subject);
                json.WritePropertyName("mail"u8);
                json.WriteRawValue(mail.Body, skipInputValidation: true);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    static async ValueTask<StoredMail?> Find(HttpContext context, MailBox box)
    {
        if (box.Find((string)context.Request.RouteValues["id"]!) is { } mail) return mail;
        await Page.WriteOwn(context, "No such mail", Html.Of($"<h1>No such mail</h1><p>Only the newest are kept, and none when the sandbox starts again.</p>"), 404);
        return null;
    }

    static string Part(JsonElement mail, string type) => MailRules.List(mail, "content").Where(c => MailRules.Text(c, "type") == type).Select(c => MailRules.Text(c, "value")).FirstOrDefault("");

    static string Address(JsonElement mail, string name)
    {
        var address = mail.GetProperty(name);
        return MailRules.Text(address, "name") is { Length: > 0 } who ? $"{who} <{MailRules.Text(address, "email")}>" : MailRules.Text(address, "email");
    }

    static IEnumerable<(string Name, string Value)> Extra(JsonElement mail)
    {
        foreach (var place in MailRules.List(mail, "personalizations").Prepend(mail))
        {
            foreach (var header in MailRules.Strings(place, "headers")) yield return header;
            foreach (var (name, value) in MailRules.Strings(place, "custom_args")) yield return ("custom arg " + name, value);
        }
        if (MailRules.List(mail, "categories") is { Count: > 0 } categories) yield return ("Categories", string.Join(", ", categories.Select(c => c.ToString())));
    }
}
