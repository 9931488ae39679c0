using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace App.Tests.Features.Shared;

/// <summary>The two corners of Stripe that refunds touch, with its rule of idempotency keys: the first answer counts. Tests look at what was really done.</summary>
public sealed class FakeStripe : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ConcurrentDictionary<string, Lazy<(int Status, JsonObject Body)>> answers = new();
    int number, lose;

    FakeStripe(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.First());
    public ConcurrentQueue<(string Id, Guid RefundId, string Intent, long Amount)> Refunds { get; } = new();

    /// <summary>Refunds are answered so, new ones and asked about.</summary>
    public string RefundStatus { get; set; } = "succeeded";
    public string? RefundFault { get; set; }

    /// <summary>Answers nobody.</summary>
    public bool Away { get; set; }

    /// <summary>The work is done, and the answer lost: so many times.</summary>
    public int LoseAnswers { get => lose; set => lose = value; }

    public static async Task<FakeStripe> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stripe = new FakeStripe(app);
        app.MapPost("/v1/payment_intents", (HttpContext http) => stripe.Answer(http, stripe.Intent));
        app.MapGet("/v1/refunds/{id}", (string id) => stripe.Away ? Results.StatusCode(503) : stripe.Refunds.Where(r => r.Id == id).Select(r => Results.Text(stripe.Body(r.Id, r.Amount, r.Intent).ToJsonString(), "application/json")).FirstOrDefault() ?? Results.NotFound());
        app.MapPost("/v1/refunds", (HttpContext http) => stripe.Answer(http, stripe.Refund));
        await app.StartAsync();
        return stripe;
    }

    async Task Answer(HttpContext http, Func<IFormCollection, (int, JsonObject)> make)
    {
        if (Away) { http.Response.StatusCode = 503; return; }
        var form = await http.Request.ReadFormAsync();
        var (status, body) = answers.GetOrAdd(http.Request.Headers["Idempotency-Key"].ToString(), _ => new(() => make(form))).Value;
        if (http.Request.Path == "/v1/refunds" && Interlocked.Decrement(ref lose) >= 0) { http.Abort(); return; }
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body.ToJsonString());
    }

    (int, JsonObject) Intent(IFormCollection form)
    {
        var id = $"pi_{Interlocked.Increment(ref number)}";
        return (200, new() { ["id"] = id, ["amount"] = long.Parse(form["amount"]!, System.Globalization.CultureInfo.InvariantCulture), ["amount_received"] = 0, ["currency"] = form["currency"].ToString(), ["status"] = "requires_payment_method", ["client_secret"] = id + "_secret" });
    }

    (int, JsonObject) Refund(IFormCollection form)
    {
        if (RefundFault is { } code) return (400, new() { ["error"] = new JsonObject { ["type"] = "invalid_request_error", ["code"] = code, ["message"] = code } });
        var (id, amount) = ($"re_{Interlocked.Increment(ref number)}", long.Parse(form["amount"]!, System.Globalization.CultureInfo.InvariantCulture));
        Refunds.Enqueue((id, Guid.Parse(form["metadata[refund_id]"]!), form["payment_intent"]!, amount));
        return (200, Body(id, amount, form["payment_intent"]!));
    }

    JsonObject Body(string id, long amount, string intent) => new() { ["id"] = id, ["amount"] = amount, ["currency"] = "eur", ["status"] = RefundStatus, ["payment_intent"] = intent };

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
