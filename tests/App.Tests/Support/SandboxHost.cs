using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using App.Infrastructure.Vendors.Pretalx;
using App.Infrastructure.Vendors.SendGrid;
using App.Infrastructure.Vendors.Stripe;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sandbox;

namespace App.Tests.Support;

/// <summary>The vendors' stand-ins on a port of their own, in this process.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    public const string WebhookSecret = "whsec_of_the_sandbox";
    readonly WebApplication app;

    SandboxHost(WebApplication app)
    {
        this.app = app;
        BaseUrl = new(app.Urls.First());
        Http = new() { BaseAddress = BaseUrl };
    }

    public Uri BaseUrl { get; }
    public HttpClient Http { get; }
    public StripeOptions StripeOptions => new() { SecretKey = "sk_test_foyer", PublishableKey = "pk_test_foyer", WebhookSecrets = [WebhookSecret], BaseUrl = BaseUrl, JsUrl = new(BaseUrl, "/v3/") };
    public PretalxOptions PretalxOptions => new() { Token = "pretalx-token", BaseUrl = BaseUrl };
    public SendGridOptions SendGridOptions => new() { ApiKey = "SG.foyer", FromAddress = "tickets@example.org", FromName = "Foyer", BaseUrl = BaseUrl };

    /// <param name="settings">Further ones, as <c>Sandbox:Ledger=…</c>.</param>
    public static async Task<SandboxHost> Start(params string[] settings)
    {
        var app = Sandbox.Program.Build(["--urls=http://127.0.0.1:0", .. settings.Select(s => "--" + s)]);
        await app.StartAsync();
        return new(app);
    }

    /// <summary>Replaces whatever was set before.</summary>
    public Task Behave(Behaviour behaviour) => Post("/_sandbox/behaviour", behaviour);
    public Task BehaveAsPretalx(Behaviour behaviour) => Post("/_sandbox/behaviour/pretalx", behaviour);
    public Task BehaveAsTito(Behaviour behaviour) => Post("/_sandbox/behaviour/tito", behaviour);
    public Task BehaveAsSound(Behaviour behaviour) => Post("/_sandbox/behaviour/sound", behaviour);
    public Task BehaveAsSendGrid(Behaviour behaviour) => Post("/_sandbox/behaviour/sendgrid", behaviour);

    /// <param name="url">Null: to nobody.</param>
    public Task SendWebhooksTo(string? url, string secret = WebhookSecret) => Post("/_sandbox/webhooks", url is null ? [] : new[] { new { url, secret } });

    /// <summary>What the buyer does in the browser.</summary>
    /// <returns>Stripe's answer; a declined card is an answer too.</returns>
    public async Task<JsonElement> Pay(string intent, string card = "4242424242424242", string? returnUrl = null)
    {
        using var response = await Http.PostAsync($"/_sandbox/confirm?intent={intent}&card={card}&return_url={Uri.EscapeDataString(returnUrl ?? "")}", null);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<JsonElement> Ledger() => Http.GetFromJsonAsync<JsonElement>("/_sandbox/ledger");
    public Task<JsonElement> Webhooks() => Http.GetFromJsonAsync<JsonElement>("/_sandbox/webhooks");
    public Task ReleaseWebhooks() => Post("/_sandbox/webhooks/release", new { });
    public Task ResendWebhooks(string? eventId = null) => Post("/_sandbox/webhooks/resend?event=" + eventId, new { });

    /// <summary>What providers of sound lie about.</summary>
    public Task Lie(Sandbox.Sound.SoundLie lie) => Post("/_sandbox/sound", lie);

    /// <summary>All that was begun with the provider of sound, oldest first.</summary>
    public async Task<Sandbox.Sound.SoundSession[]> Sounds() => (await Http.GetFromJsonAsync<Sandbox.Sound.SoundSession[]>("/_sandbox/sound"))!;

    /// <summary>Newest first; each has <c>id</c>, <c>to</c>, <c>subject</c> and, as it was sent, <c>mail</c>.</summary>
    public async Task<IReadOnlyList<JsonElement>> Mails(string? to = null) => [.. (await Http.GetFromJsonAsync<JsonElement>("/_sandbox/mails?to=" + Uri.EscapeDataString(to ?? ""))).EnumerateArray()];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(2)).Token);
        await app.DisposeAsync();
    }

    async Task Post<T>(string path, T body)
    {
        using var response = await Http.PostAsJsonAsync(path, body, JsonSerializerOptions.Web);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }
}

/// <summary>Somebody who gets webhooks: keeps each with its signature, and answers as told.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    readonly WebApplication app;

    WebhookReceiver(WebApplication app) => this.app = app;

    public ConcurrentQueue<(string Signature, byte[] Body)> Received { get; } = new();
    public int Answer { get; set; } = 200;
    public string Url => app.Urls.First() + "/webhook";
    public IEnumerable<StripeEvent> Events => Received.Select(r => StripeWebhook.Parse(r.Body)!);

    public static async Task<WebhookReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.MapPost("/webhook", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            receiver.Received.Enqueue((context.Request.Headers["Stripe-Signature"].ToString(), body.ToArray()));
            context.Response.StatusCode = receiver.Answer;
        });
        await app.StartAsync();
        return receiver;
    }

    public Task Has(int count) => Eventually.Is(() => Task.FromResult(Received.Count >= count));

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(2)).Token);
        await app.DisposeAsync();
    }
}
