using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace Sandbox.Stripe;

/// <summary>Where events go.</summary>
/// <param name="Url">Several separated by blanks are replicas of one endpoint: each event goes to one of them, a repetition to the next.</param>
/// <param name="Connect">True: only what happens on connected accounts; false: only the platform's own; null: both.</param>
sealed record WebhookEndpoint(string Url, string Secret, bool? Connect = null)
{
    public byte[] Key { get; } = Encoding.UTF8.GetBytes(Secret);
    public string[] Urls { get; } = Url.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    public bool Wants(StripeEvent e) => Connect is null || Connect == e.Account is not null;
}

sealed record Delivery(StripeEvent Event, WebhookEndpoint To, byte[] Body, int Try);

/// <summary>Signs and sends. At least once, in no promised order; what isn't answered 2xx is sent again with backoff, so many times, then given up (and can be sent again by hand).</summary>
sealed class StripeWebhooks : BackgroundService
{
    readonly Channel<Delivery> due = Channel.CreateUnbounded<Delivery>();
    readonly Conduct conduct;
    readonly Later later;
    readonly TimeProvider clock;
    readonly int workers, tries;
    readonly HttpClient http;
    readonly List<Delivery> held = [];
    volatile WebhookEndpoint[] endpoints;
    long pending, delivered, refused, abandoned;

    public StripeWebhooks(StripeConduct conduct, Later later, TimeProvider clock, IConfiguration configuration)
    {
        (this.conduct, this.later, this.clock) = (conduct, later, clock);
        workers = int.Parse(configuration["Sandbox:WebhookWorkers"] ?? "48", CultureInfo.InvariantCulture);
        tries = int.Parse(configuration["Sandbox:WebhookTries"] ?? "12", CultureInfo.InvariantCulture);
        endpoints = [.. configuration.GetSection("Sandbox:Webhooks").GetChildren().Select(c => new WebhookEndpoint(c["Url"] ?? "", c["Secret"] ?? "", c["Connect"] is { } connect ? bool.Parse(connect) : null))];
        http = new(new SocketsHttpHandler { MaxConnectionsPerServer = workers, UseCookies = false, AllowAutoRedirect = false, UseProxy = false, ActivityHeadersPropagator = null }) { Timeout = TimeSpan.FromSeconds(20) };
    }

    public IReadOnlyList<WebhookEndpoint> Endpoints => endpoints;
    public (long Pending, long Delivered, long Refused, long Abandoned, int Held) Counts
    {
        get { lock (held) return (Interlocked.Read(ref pending), Interlocked.Read(ref delivered), Interlocked.Read(ref refused), Interlocked.Read(ref abandoned), held.Count); }
    }

    public void Become(IEnumerable<WebhookEndpoint> wanted) => endpoints = [.. wanted];

    /// <summary>As the behaviour of the moment says.</summary>
    public void Send(StripeEvent e)
    {
        var behaviour = conduct.Now;
        if (behaviour.Webhooks == "drop") return;
        foreach (var delivery in Deliveries(e))
        {
            if (behaviour.Webhooks is "hold" or "reverse") { lock (held) held.Add(delivery); continue; }
            for (var copy = behaviour.Webhooks switch { "double" => 2, "triple" => 3, _ => 1 }; copy > 0; copy--)
            {
                if (behaviour.WebhookDelayMs > 0) Wait(delivery, TimeSpan.FromMilliseconds(behaviour.WebhookDelayMs));
                else Queue(delivery);
            }
        }
    }

    /// <summary>Whatever the behaviour is.</summary>
    public int SendNow(IEnumerable<StripeEvent> events)
    {
        var count = 0;
        foreach (var delivery in events.SelectMany(Deliveries)) { Queue(delivery); count++; }
        return count;
    }

    /// <summary>Sends what was held, one after another, so that their order is what the receiver sees.</summary>
    public async Task<int> Release(CancellationToken ct)
    {
        Delivery[] all;
        lock (held) { all = [.. held]; held.Clear(); }
        if (conduct.Now.Webhooks == "reverse") Array.Reverse(all);
        foreach (var delivery in all) { Interlocked.Increment(ref pending); await Attempt(delivery, ct); }
        return all.Length;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => Work(stoppingToken), stoppingToken)));

    async Task Work(CancellationToken ct)
    {
        try
        {
            await foreach (var delivery in due.Reader.ReadAllAsync(ct)) await Attempt(delivery, ct);
        }
        catch (OperationCanceledException) { }
    }

    async Task Attempt(Delivery delivery, CancellationToken ct)
    {
        if (await IsAccepted(delivery, ct))
        {
            Interlocked.Increment(ref delivered);
            Interlocked.Decrement(ref pending);
            return;
        }
        Interlocked.Increment(ref refused);
        Interlocked.Decrement(ref pending);
        if (delivery.Try < tries) Wait(delivery with { Try = delivery.Try + 1 }, TimeSpan.FromMilliseconds(Math.Min(30_000, 250 * Math.Pow(2, delivery.Try - 1))));
        else Interlocked.Increment(ref abandoned);
    }

    async Task<bool> IsAccepted(Delivery delivery, CancellationToken ct)
    {
        try
        {
            var urls = delivery.To.Urls;
            using var request = new HttpRequestMessage(HttpMethod.Post, urls[(delivery.Event.Position + delivery.Try) % urls.Length]) { Content = new ByteArrayContent(delivery.Body) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
            request.Headers.TryAddWithoutValidation("Stripe-Signature", Signature(delivery.Body, delivery.To.Key, clock.GetUtcNow().ToUnixTimeSeconds()));
            request.Headers.TryAddWithoutValidation("User-Agent", "Stripe/1.0 (Foyer sandbox)");
            using var response = await http.SendAsync(request, ct);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }

    IEnumerable<Delivery> Deliveries(StripeEvent e)
    {
        byte[]? body = null;
        foreach (var endpoint in endpoints)
            if (endpoint.Wants(e) && endpoint.Urls.Length > 0) yield return new(e, endpoint, body ??= e.Render(), 1);
    }

    void Queue(Delivery delivery)
    {
        Interlocked.Increment(ref pending);
        due.Writer.TryWrite(delivery);
    }

    void Wait(Delivery delivery, TimeSpan after)
    {
        Interlocked.Increment(ref pending);
        later.Run(after, () => due.Writer.TryWrite(delivery));
    }

    public void Clear()
    {
        lock (held) held.Clear();
    }

    /// <summary>Made anew for each attempt, as Stripe does.</summary>
    internal static string Signature(byte[] body, byte[] key, long time)
    {
        var signed = ArrayPool<byte>.Shared.Rent(body.Length + 24);
        try
        {
            time.TryFormat(signed, out var length, provider: CultureInfo.InvariantCulture);
            signed[length++] = (byte)'.';
            body.CopyTo(signed, length);
            Span<byte> mac = stackalloc byte[32];
            HMACSHA256.HashData(key, signed.AsSpan(0, length + body.Length), mac);
            return $"t={time},v1={Convert.ToHexStringLower(mac)}";
        }
        finally { ArrayPool<byte>.Shared.Return(signed); }
    }

    public override void Dispose()
    {
        http.Dispose();
        base.Dispose();
    }
}
