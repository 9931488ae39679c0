using System.Text;
using System.Text.Json.Nodes;

namespace Sandbox.Pretalx;

static class PretalxModule
{
    public static IServiceCollection AddPretalx(this IServiceCollection services) => services.AddSingleton<PretalxBook>().AddSingleton<PretalxConduct>();

    /// <summary>
    /// <c>POST /_sandbox/pretalx</c> replaces lists by their names (<c>submissions</c>, <c>slots</c> …); <c>{"sessions": 300}</c> makes a conference of that size; <c>{"repeats": true}</c> repeats across pages once; <c>{"leavesOut": true}</c> lets fields vanish; <c>{"pictures": "https://…"}</c> sends whoever asks for one there, <c>null</c> serves them. <c>GET</c> answers all lists.
    /// </summary>
    public static void MapPretalx(this WebApplication app)
    {
        var book = app.Services.GetRequiredService<PretalxBook>();
        PretalxApi.Map(app, book, app.Services.GetRequiredService<PretalxConduct>());
        PretalxPictures.Map(app, book, app.Services.GetRequiredService<PretalxConduct>());
        app.MapGet("/_sandbox/pretalx", context => Wire.Write(context.Response, Encoding.UTF8.GetBytes(book.All().ToJsonString())));
        app.MapPost("/_sandbox/pretalx", async context =>
        {
            if (JsonNode.Parse(await Wire.ReadBody(context.Request, 32 * 1024 * 1024)) is not JsonObject wanted) { context.Response.StatusCode = 400; return; }
            if (wanted["sessions"] is JsonValue sessions) book.Reset(sessions.GetValue<int>());
            book.RepeatsOnPages = wanted["repeats"]?.GetValue<bool>() ?? false;
            book.LeavesFieldsOut = wanted["leavesOut"]?.GetValue<bool>() ?? false;
            if (wanted.TryGetPropertyValue("pictures", out var elsewhere)) book.PicturesAre = (string?)elsewhere;
            book.Put(wanted);
            context.Response.StatusCode = 204;
        });
    }
}
