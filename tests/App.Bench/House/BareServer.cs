using System.Globalization;
using Microsoft.Extensions.Logging;

namespace App.Bench.House;

/// <summary>The least an ASP.NET Core process can do: the same number of bytes from memory. What a page is measured against.</summary>
static class BareServer
{
    public static async Task<int> Run(int bytes, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.AddServerHeader = false).UseUrls($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        var app = builder.Build();
        var body = new byte[bytes];
        Array.Fill(body, (byte)'.');
        app.MapGet("/", context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body).AsTask();
        });
        await app.RunAsync();
        return 0;
    }
}
