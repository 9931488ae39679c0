using App.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace App.Tests.Faults;

/// <summary>Stands between the application and its vendors, in both directions, so that a test can strike just before a call arrives or just after it had its effect. Whoever called then hears nothing.</summary>
public sealed class Turnstile : IAsyncDisposable
{
    sealed record Strike(string Call, bool Done, Action Then);

    static readonly string[] NotPassedOn = ["Host", "Content-Length", "Transfer-Encoding", "Connection"];
    readonly WebApplication web;
    readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };
    readonly Uri vendors;
    Strike? next;

    Turnstile(WebApplication web, Uri vendors) => (this.web, this.vendors) = (web, vendors);

    public Uri Address => new(web.Urls.First());

    /// <summary>Where webhooks go on to.</summary>
    public Uri? App { get; set; }

    public static async Task<Turnstile> Start(SandboxHost sandbox)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var turnstile = new Turnstile(web, sandbox.BaseUrl);
        web.Run(turnstile.Pass);
        await web.StartAsync();
        await sandbox.SendWebhooksTo(new Uri(turnstile.Address, "/webhooks/stripe").ToString());
        return turnstile;
    }

    /// <param name="call">As in <c>POST /v1/payment_intents</c>; the next one of these.</param>
    /// <param name="done">After its effect, instead of before it arrives.</param>
    public void Once(string call, bool done, Action then) => next = new(call, done, then);

    async Task Pass(HttpContext context)
    {
        var request = context.Request;
        var call = $"{request.Method} {request.Path}";
        if (Struck(call, done: false)) { context.Abort(); return; }
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        using var onward = new HttpRequestMessage(new(request.Method), new Uri(request.Path.StartsWithSegments("/webhooks", StringComparison.Ordinal) ? App! : vendors, request.Path + request.QueryString)) { Content = new ByteArrayContent(body.ToArray()) };
        foreach (var (name, value) in request.Headers.Where(h => !NotPassedOn.Contains(h.Key, StringComparer.OrdinalIgnoreCase)))
            if (!onward.Headers.TryAddWithoutValidation(name, value.ToArray())) onward.Content.Headers.TryAddWithoutValidation(name, value.ToArray());
        try
        {
            using var answer = await http.SendAsync(onward, context.RequestAborted);
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            if (Struck(call, done: true)) { context.Abort(); return; }
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, value) in answer.Headers.Concat(answer.Content.Headers).Where(h => !NotPassedOn.Contains(h.Key, StringComparer.OrdinalIgnoreCase))) context.Response.Headers[name] = value.ToArray();
            await context.Response.Body.WriteAsync(bytes);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException) { context.Abort(); }
    }

    bool Struck(string call, bool done)
    {
        if (next is not { } strike || strike.Call != call || strike.Done != done || Interlocked.CompareExchange(ref next, null, strike) != strike) return false;
        strike.Then();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await web.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(2)).Token);
        await web.DisposeAsync();
    }
}
