using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text.Json;
using App.Tests.Support;

namespace App.Tests.Faults;

/// <summary>Somebody who buys through the pages, and remembers where they stand.</summary>
public sealed class Buyer(Uri address, string who = "ines") : IDisposable
{
    /// <summary>As the page's script asks; a browser of its own, with cookies of its own.</summary>
    public Browser Script { get; } = new(address) { Headers = { ["Accept"] = "application/json" } };

    public Browser Browser { get; } = new(address);
    public string Email { get; } = who + "@example.org";
    public string Name { get; } = "Inês Duarte";

    /// <summary>Empty until places are held.</summary>
    public string Checkout { get; private set; } = "";
    public string Order => Checkout.Replace("/checkout/", "/order/", StringComparison.Ordinal);
    public Guid OrderId => new(Base64Url.DecodeFromChars(Checkout.AsSpan("/checkout/".Length)).AsSpan(0, 16), bigEndian: true);

    /// <summary>The provider's, once payment has begun.</summary>
    public string? Intent { get; private set; }

    public async Task<WebPage> Choose(Show show, int count = 1)
    {
        var page = await Browser.Post(show.Path, [(show.Field, count.ToString(CultureInfo.InvariantCulture))]);
        if (page.Status == HttpStatusCode.SeeOther) Checkout = page.Location!;
        return page;
    }

    /// <summary>The form's button, without script: a free order is complete with it, another goes on to the provider's page.</summary>
    public Task<WebPage> Send() => Browser.Post(Checkout, [("email", Email), ("name", Name)]);

    /// <summary>The form's button as the page's script presses it.</summary>
    public async Task<WebPage> BeginPayment()
    {
        var page = await Script.Post(Checkout, [("email", Email), ("name", Name)]);
        if (page.Status == HttpStatusCode.OK && JsonDocument.Parse(page.Html).RootElement.GetProperty("clientSecret").GetString() is { } secret) Intent = secret[..secret.IndexOf("_secret_", StringComparison.Ordinal)];
        return page;
    }

    public Task<WebPage> Extend() => Browser.Post(Checkout + "?handler=extend", [("email", Email), ("name", Name)]);

    /// <summary>Holds, gives the details and pays; says nothing about what becomes of it.</summary>
    public async Task Pay(Show show, SandboxHost sandbox, int count = 1)
    {
        (await Choose(show, count)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await BeginPayment()).Status.ShouldBe(HttpStatusCode.OK);
        await sandbox.Pay(Intent!);
    }

    public void Dispose()
    {
        Browser.Dispose();
        Script.Dispose();
    }
}
