using System.Text;

namespace Sandbox.Sound;

/// <summary>A provider of sound by WHIP (RFC 9725) and WHEP (draft-ietf-wish-whep): takes and gives one channel a name, to whoever shows the token. What was begun is listed at <c>/_sandbox/sound</c>.</summary>
static class SoundService
{
    const string Token = "Bearer sound-token", Type = "application/sdp";

    public static void MapSound(this WebApplication app)
    {
        var (conduct, book) = (app.Services.GetRequiredService<SoundConduct>(), app.Services.GetRequiredService<SoundBook>());
        foreach (var kind in new[] { "whip", "whep" })
        {
            app.MapPost($"/{kind}/{{channel}}", (HttpContext context, string channel) => Begin(context, conduct, book, kind, channel));
            app.MapDelete($"/{kind}/{{channel}}/{{id}}", (HttpContext context, string channel, string id) => End(context, conduct, book, kind, channel, id));
        }
        app.MapGet("/_sandbox/sound", context => Wire.Write(context, book.All, SoundJson.Default.SoundSessionArray));
        app.MapPost("/_sandbox/sound", async context => { if (await Wire.Read(context, SoundJson.Default.SoundLie) is { } lie) { book.Lie = lie; context.Response.StatusCode = 204; } });
        app.MapGet("/_sandbox/sound/engine", context => { context.Response.ContentType = "text/html; charset=utf-8"; return context.Response.WriteAsync("<!doctype html><html lang=\"en\"><title>Engine of sound</title><h1>Sound flows while this page is open</h1><pre id=\"said\"></pre><script src=\"/_sandbox/assets/engine.js\"></script>"); });
        app.MapGet("/_sandbox/sound/work", async context =>
        {
            if (await book.Next(context.RequestAborted) is { } work) await Wire.Write(context, work, SoundJson.Default.SoundWork);
            else context.Response.StatusCode = 204;
        });
        app.MapDelete("/_sandbox/sound/work", context => { book.Leave(); context.Response.StatusCode = 204; return Task.CompletedTask; });
        app.MapPost("/_sandbox/sound/work/{id}", async (HttpContext context, string id) => { book.Done(id, Encoding.UTF8.GetString(await Wire.ReadBody(context.Request))); context.Response.StatusCode = 204; });
    }

    static async Task Begin(HttpContext context, SoundConduct conduct, SoundBook book, string kind, string channel)
    {
        if (await IsRefused(context, conduct)) return;
        if (book.Lie.Redirect is { } elsewhere) { context.Response.StatusCode = 307; context.Response.Headers.Location = elsewhere; return; }
        if (context.Request.ContentType != Type) { context.Response.StatusCode = 415; return; }
        var offer = Encoding.UTF8.GetString(await Wire.ReadBody(context.Request));
        if (!offer.StartsWith("v=0", StringComparison.Ordinal)) { context.Response.StatusCode = 400; return; }
        if (book.Begin(kind, channel, offer, context.Request.Headers.Authorization.ToString()) is not { } session) { context.Response.StatusCode = kind == "whip" ? 409 : 404; return; }
        var answer = book.Lie.Answer ?? await book.Answer(session, context.RequestAborted);
        context.Response.StatusCode = 201;
        context.Response.Headers.Location = book.Lie.Location ?? $"/{kind}/{channel}/{session.Id}";
        context.Response.ContentType = book.Lie.Type ?? Type;
        await context.Response.WriteAsync(answer);
    }

    static async Task End(HttpContext context, SoundConduct conduct, SoundBook book, string kind, string channel, string id)
    {
        if (!await IsRefused(context, conduct)) context.Response.StatusCode = book.End(kind, channel, id) ? 200 : 404;
    }

    static async Task<bool> IsRefused(HttpContext context, SoundConduct conduct)
    {
        switch (await conduct.Meet(context))
        {
            case Interference.Handled: return true;
            case Interference.Fail: context.Response.StatusCode = conduct.Now.FailStatus; return true;
        }
        if (context.Request.Headers.Authorization == Token) return false;
        context.Response.StatusCode = 401;
        return true;
    }
}
