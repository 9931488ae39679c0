using System.Text.Json.Serialization;

namespace Sandbox.Stripe;

sealed record ConfirmOrder(string? Intent, string? Card, string? ReturnUrl);
sealed record LedgerView(IReadOnlyList<LedgerLine> Charges, IReadOnlyList<LedgerLine> Refunds);
sealed record EndpointSetting(string Url, string Secret, bool? Connect);
sealed record WebhookView(IReadOnlyList<EndpointSetting> Endpoints, long Pending, long Delivered, long Refused, long Abandoned, int Held);
sealed record Sent(int Count);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConfirmOrder))]
[JsonSerializable(typeof(LedgerView))]
[JsonSerializable(typeof(EndpointSetting[]))]
[JsonSerializable(typeof(WebhookView))]
[JsonSerializable(typeof(Sent))]
sealed partial class ControlJson : JsonSerializerContext;

/// <summary>What no Stripe has: paying without a browser, the ledger, webhooks at one's command.</summary>
static class StripeControl
{
    public static void Map(IEndpointRouteBuilder app, StripeBook book, CheckoutSessions sessions, StripeEvents events, StripeWebhooks webhooks, Idempotency idempotency, PublicUrl publicUrl)
    {
        app.MapPost("/_sandbox/confirm", context => Confirm(context, book, publicUrl));
        app.MapGet("/_sandbox/ledger", context => Wire.Write(context, new LedgerView(
            [.. book.Intents.Where(i => i.Charge is not null).Select(i => StripeBook.Line(i.Charge!))], [.. book.Refunds.Select(StripeBook.Line)]), ControlJson.Default.LedgerView));
        app.MapGet("/_sandbox/webhooks", context => Wire.Write(context, View(webhooks), ControlJson.Default.WebhookView));
        app.MapPost("/_sandbox/webhooks", async context =>
        {
            var wanted = await Wire.Read(context, ControlJson.Default.EndpointSettingArray);
            if (wanted is null) return;
            webhooks.Become(wanted.Select(e => new WebhookEndpoint(e.Url, e.Secret, e.Connect)));
            await Wire.Write(context, View(webhooks), ControlJson.Default.WebhookView);
        });
        app.MapPost("/_sandbox/webhooks/release", async context =>
            await Wire.Write(context, new Sent(await webhooks.Release(context.RequestAborted)), ControlJson.Default.Sent));
        app.MapPost("/_sandbox/webhooks/resend", context =>
        {
            var id = context.Request.Query["event"].ToString();
            return Wire.Write(context, new Sent(webhooks.SendNow(id.Length == 0 ? events.All : events.Find(id) is { } e ? [e] : [])), ControlJson.Default.Sent);
        });
        app.MapPost("/_sandbox/reset", context =>
        {
            book.Clear();
            sessions.Clear();
            events.Clear();
            idempotency.Clear();
            webhooks.Clear();
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        });
    }

    /// <summary>What the buyer's browser would do. <c>?intent=pi_…&amp;card=4242…</c> with an empty body, or the same as JSON.</summary>
    static async Task Confirm(HttpContext context, StripeBook book, PublicUrl publicUrl)
    {
        var query = context.Request.Query;
        var order = query.ContainsKey("intent") ? new(query["intent"], query["card"], query["return_url"]) : await Wire.Read(context, ControlJson.Default.ConfirmOrder);
        if (order is null) return;
        StripeObject answer;
        try
        {
            answer = book.Confirm(order.Intent ?? "", Card.Of(string.IsNullOrEmpty(order.Card) ? "4242424242424242" : order.Card), string.IsNullOrEmpty(order.ReturnUrl) ? null : order.ReturnUrl, publicUrl.Of(context));
        }
        catch (StripeError e)
        {
            context.Response.StatusCode = e.Status;
            answer = e.Body;
        }
        await Wire.Write(context.Response, answer.Render());
    }

    static WebhookView View(StripeWebhooks webhooks)
    {
        var (pending, delivered, refused, abandoned, held) = webhooks.Counts;
        return new([.. webhooks.Endpoints.Select(e => new EndpointSetting(e.Url, "whsec_…", e.Connect))], pending, delivered, refused, abandoned, held);
    }
}
