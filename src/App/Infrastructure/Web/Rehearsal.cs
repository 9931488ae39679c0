using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace App.Infrastructure.Web;

/// <summary>A path that buyers will ask for, to be asked for once before the doors open: a cold process is ten times slower for half a minute.</summary>
public interface IRehearsed
{
    Task<IReadOnlyList<string>> Paths(CancellationToken ct);
}

/// <summary>Asks this process for what slices name, over its own socket, then says that it is ready.</summary>
static class Rehearsal
{
    public static async Task Run(WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILogger<Readiness>>();
        try
        {
            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
            using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Reachable(address ?? "http://localhost:5080")), Timeout = TimeSpan.FromSeconds(20) };
            foreach (var rehearsed in app.Services.GetServices<IRehearsed>())
                foreach (var path in await rehearsed.Paths(app.Lifetime.ApplicationStopping))
                {
                    using var response = await http.GetAsync(path, app.Lifetime.ApplicationStopping);
                    if (response.StatusCode >= HttpStatusCode.InternalServerError) log.LogWarning("Rehearsing {Path} gave {Status}", path, (int)response.StatusCode);
                }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or UriFormatException) { log.LogWarning("The rehearsal ended early: {Reason}", e.Message); }
        app.Services.GetRequiredService<Readiness>().Done();
    }

    // "Any address" is one to listen on, not one to ask.
    static string Reachable(string address) => address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal);
}
