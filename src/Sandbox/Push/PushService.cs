using System.Collections.Concurrent;

namespace Sandbox.Push;

sealed class PushConduct(TimeProvider clock) : Conduct(clock);

/// <summary>A browser maker's push service (RFC 8030): takes what it is given for a mailbox and can read none of it. What came is listed at <c>/_sandbox/push</c>; a mailbox that was deleted answers 410 for ever.</summary>
static class PushService
{
    const int MaxBody = 4096;

    sealed record Rung(string Box, string Authorization, string Encoding, string Ttl, string Urgency, byte[] Body);

    public static void MapPush(this WebApplication app)
    {
        var (conduct, rung, gone) = (app.Services.GetRequiredService<PushConduct>(), new ConcurrentQueue<Rung>(), new ConcurrentDictionary<string, bool>());
        app.MapPost("/push/{box}", async (HttpContext context, string box) =>
        {
            var interference = await conduct.Meet(context);
            if (interference == Interference.Handled) return;
            if (interference == Interference.Fail) { context.Response.StatusCode = conduct.Now.FailStatus; return; }
            if (gone.ContainsKey(box)) { context.Response.StatusCode = 410; return; }
            var headers = context.Request.Headers;
            if (!headers.Authorization.ToString().StartsWith("vapid t=", StringComparison.Ordinal)) { context.Response.StatusCode = 401; return; }
            if (headers["TTL"].Count == 0 || headers.ContentEncoding != "aes128gcm") { context.Response.StatusCode = 400; return; }
            byte[] body;
            try { body = await Wire.ReadBody(context.Request, MaxBody); }
            catch (BadHttpRequestException) { context.Response.StatusCode = 413; return; }
            rung.Enqueue(new(box, headers.Authorization.ToString(), headers.ContentEncoding.ToString(), headers["TTL"].ToString(), headers["Urgency"].ToString(), body));
            if (interference == Interference.SwallowAnswer) { await Conduct.Hang(context); return; }
            context.Response.StatusCode = 201;
        });
        app.MapDelete("/push/{box}", (HttpContext context, string box) => { gone[box] = true; context.Response.StatusCode = 204; return Task.CompletedTask; });
        app.MapGet("/_sandbox/push", context => Wire.Write(context, json =>
        {
            json.WriteStartArray();
            foreach (var r in rung)
            {
                json.WriteStartObject();
                json.WriteString("box"u8, r.Box);
                json.WriteString("authorization"u8, r.Authorization);
                json.WriteString("encoding"u8, r.Encoding);
                json.WriteString("ttl"u8, r.Ttl);
                json.WriteString("urgency"u8, r.Urgency);
                json.WriteBase64String("body"u8, r.Body);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }));
    }
}
