using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Sandbox.Tito;

static class TitoModule
{
    public static IServiceCollection AddTito(this IServiceCollection services) => services.AddSingleton<TitoBook>().AddSingleton<TitoConduct>().AddSingleton<TitoWebhooks>();

    /// <summary>
    /// <c>POST /_sandbox/tito</c>: <c>{"tickets": 300}</c> begins anew with so many; <c>{"url": …, "token": …}</c> says where webhooks go; <c>{"slug": …, "name", "email", "state", "release", "trigger": "ticket.completed"}</c> makes or changes a ticket and tells of it
    /// (without a trigger: nobody is told); the answer is the webhook's body with its status.
    /// </summary>
    public static void MapTito(this WebApplication app)
    {
        var (book, webhooks) = (app.Services.GetRequiredService<TitoBook>(), app.Services.GetRequiredService<TitoWebhooks>());
        TitoApi.Map(app, book, app.Services.GetRequiredService<TitoConduct>());
        app.MapPost("/_sandbox/tito", async context =>
        {
            if (JsonNode.Parse(await Wire.ReadBody(context.Request)) is not JsonObject wanted) { context.Response.StatusCode = 400; return; }
            if (wanted["tickets"] is JsonValue count) book.Reset(count.GetValue<int>());
            if (wanted["url"] is { } url) webhooks.Become((string?)url, (string?)wanted["token"] ?? "");
            if ((string?)wanted["slug"] is not { } slug) { context.Response.StatusCode = 204; return; }
            var ticket = book.Put(slug, (string?)wanted["name"], (string?)wanted["email"], (string?)wanted["state"], (string?)wanted["release"]);
            var body = ticket.InWebhook();
            var status = (string?)wanted["trigger"] is { } trigger ? await webhooks.Send(trigger, trigger.StartsWith("registration.", StringComparison.Ordinal) ? Order(ticket, book) : body, context.RequestAborted) : 0;
            await Wire.Write(context.Response, Encoding.UTF8.GetBytes(new JsonObject { ["status"] = status, ["body"] = body }.ToJsonString()));
        });
    }

    /// <summary>An order names its tickets but not how they stand, as the real one does.</summary>
    static JsonObject Order(TitoTicket ticket, TitoBook book) => new()
    {
        ["_type"] = "registration", ["id"] = ticket.Order, ["slug"] = $"reg_{ticket.Order}", ["name"] = ticket.BuyerName, ["email"] = ticket.BuyerEmail, ["updated_at"] = TitoTicket.Words(ticket.UpdatedAt),
        ["tickets"] = new JsonArray([.. book.All().Where(t => t.Order == ticket.Order).Select(t => (JsonNode)new JsonObject { ["slug"] = t.Slug, ["name"] = t.Name, ["email"] = t.Email })]), ["event"] = TitoBook.EventObject(),
    };
}

/// <summary>Signs and sends one webhook at a time, and says how it was answered. Told to, it sends each twice.</summary>
sealed class TitoWebhooks(TitoConduct conduct) : IDisposable
{
    readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });
    (string? Url, string Token) to;

    public void Become(string? url, string token) => to = (url, token);

    public async Task<int> Send(string trigger, JsonObject body, CancellationToken ct)
    {
        if (to.Url is not { Length: > 0 } url || conduct.Now.Webhooks == "drop") return 0;
        var (bytes, status) = (Encoding.UTF8.GetBytes(body.ToJsonString()), 0);
        for (var copies = conduct.Now.Webhooks switch { "double" => 2, "triple" => 3, _ => 1 }; copies > 0; copies--)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(bytes) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            request.Headers.TryAddWithoutValidation("X-Webhook-Name", trigger);
            request.Headers.TryAddWithoutValidation("Tito-Signature", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(to.Token), bytes)));
            using var response = await http.SendAsync(request, ct);
            status = (int)response.StatusCode;
        }
        return status;
    }

    public void Dispose() => http.Dispose();
}
