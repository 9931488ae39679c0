using System.Security.Cryptography;
using System.Text.Json;

namespace Sandbox.SendGrid;

sealed class SendGridConduct(TimeProvider clock) : Conduct(clock);

/// <summary>POST /v3/mail/send: takes what SendGrid takes and keeps it where people can look.</summary>
static class MailApi
{
    const int MaxBody = 30 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder app, MailBox box, SendGridConduct conduct, TimeProvider clock) => app.MapPost("/v3/mail/send", context => Send(context, box, conduct, clock));

    static async Task Send(HttpContext context, MailBox box, SendGridConduct conduct, TimeProvider clock)
    {
        var interference = await conduct.Meet(context);
        if (interference == Interference.Handled) return;
        if (interference == Interference.Fail) { await Refuse(context, conduct.Now.FailStatus, [new("The sandbox was told to fail.", null)]); return; }
        if (!context.Request.Headers.Authorization.ToString().StartsWith("Bearer SG.", StringComparison.Ordinal))
        {
            await Refuse(context, 401, [new("The provided authorization grant is invalid, expired, or revoked", null)]);
            return;
        }
        byte[] body;
        try { body = await Wire.ReadBody(context.Request, MaxBody); }
        catch (BadHttpRequestException) { await Refuse(context, 413, [new("The JSON payload you have included in your request is too large.", null)]); return; }
        var (faults, mail) = Read(body, clock);
        if (mail is null) { await Refuse(context, 400, faults); return; }
        box.Add(mail);
        if (interference == Interference.SwallowAnswer) { await Conduct.Hang(context); return; }
        context.Response.StatusCode = 202;
        context.Response.Headers["X-Message-Id"] = mail.Id;
        context.Response.ContentLength = 0;
    }

    static (IReadOnlyList<MailFault>, StoredMail?) Read(byte[] body, TimeProvider clock)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var faults = MailRules.Check(json.RootElement).ToArray();
            if (faults.Length > 0) return (faults, null);
            var to = MailRules.List(json.RootElement, "personalizations").SelectMany(p => MailRules.List(p, "to")).Select(a => MailRules.Text(a, "email"));
            var id = RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", 22);
            return ([], new(id, clock.GetUtcNow().ToUnixTimeSeconds(), string.Join(", ", to), MailRules.Text(json.RootElement, "subject"), body));
        }
        catch (JsonException)
        {
            return ([new("Bad Request", null)], null);
        }
    }

    static Task Refuse(HttpContext context, int status, IReadOnlyList<MailFault> faults)
    {
        context.Response.StatusCode = status;
        return Wire.Write(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("errors"u8);
            foreach (var fault in faults)
            {
                json.WriteStartObject();
                json.WriteString("message"u8, fault.Message);
                json.WriteString("field"u8, fault.Field);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
