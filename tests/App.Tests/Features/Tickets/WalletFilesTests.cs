using System.Buffers.Text;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Tickets;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Vendors.Apple;
using App.Infrastructure.Vendors.Google;
using App.Infrastructure.Web;
using App.Tests.Support;
using App.Tests.Vendors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static App.Tests.Features.Tickets.TicketHouse;

namespace App.Tests.Features.Tickets;

public sealed class WalletFilesTests : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("foyer-wallet").FullName;
    readonly RSA google = RSA.Create(2048);
    TicketHouse house = null!;
    WebApplication app = null!;
    HttpClient browser = null!;

    public async Task InitializeAsync()
    {
        house = await Open();
        var account = Path.Combine(folder, "google.json");
        await File.WriteAllTextAsync(account, JsonSerializer.Serialize(new { client_email = "tickets@foyer-production.iam.gserviceaccount.com", private_key_id = "0123456789abcdef0123456789abcdef01234567", private_key = google.ExportPkcs8PrivateKeyPem() }));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(house.Host.Get<TicketKeys>()).AddSingleton(house.Host.Get<Texts>()).AddSingleton(house.Host.Get<TicketPapers>()).AddSingleton(house.Host.Get<TicketMails>()).AddSingleton(house.Host.Get<SiteOptions>())
            .AddSingleton(house.Host.Get<OrderLinks>()).AddSingleton(house.Host.Db).AddSingleton(house.Host.Get<EventCatalogue>()).AddSingleton<TimeProvider>(house.Clock)
            .AddSingleton(new PassSigner(TestPassCertificate.In(folder, house.Clock.Now), house.Clock))
            .AddSingleton(new GoogleWallet(new() { ServiceAccount = account, IssuerId = "3388000000012345678" }, house.Clock));
        app = builder.Build();
        app.UseSecurityHeaders(house.Host.Get<SiteOptions>());
        app.MapTickets();
        await app.StartAsync();
        browser = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    public async Task DisposeAsync()
    {
        browser.Dispose();
        await app.DisposeAsync();
        await house.DisposeAsync();
        google.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    string At(Guid order, string file) => house.Host.Get<OrderLinks>().OrderPath(order) + "/" + file;

    async Task<Dictionary<string, byte[]>> Fetch(Guid order, string file = "ticket-1.pkpass", string type = PassSigner.ContentType)
    {
        using var response = await browser.GetAsync(At(order, file));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return Unzip(await response.Content.ReadAsByteArrayAsync());
    }

    static Dictionary<string, byte[]> Unzip(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var copy = new MemoryStream();
            using var from = e.Open();
            from.CopyTo(copy);
            return copy.ToArray();
        });
    }

    [Fact]
    public async Task A_pass_is_whole_signed_by_the_certificate_and_carries_the_code_of_the_screen()
    {
        var order = await house.Sell(seats: ["C 12", "C 13"]);
        var files = await Fetch(order);
        var manifest = JsonSerializer.Deserialize<Dictionary<string, string>>(files["manifest.json"])!;
        manifest.Keys.Order().ShouldBe(files.Keys.Where(f => f is not ("manifest.json" or "signature")).Order());
#pragma warning disable CA5350 // the format's own
        foreach (var (name, sum) in manifest) sum.ShouldBe(Convert.ToHexStringLower(SHA1.HashData(files[name])), name);
#pragma warning restore CA5350
        IsSigned(files);

        using var pass = JsonDocument.Parse(files["pass.json"]);
        WalletContract.BreachesOfApple(pass.RootElement).ShouldBeEmpty();
        var root = pass.RootElement;
        root.GetProperty("passTypeIdentifier").GetString().ShouldBe(TestPassCertificate.PassType);
        root.GetProperty("teamIdentifier").GetString().ShouldBe(TestPassCertificate.Team);
        root.GetProperty("serialNumber").GetString().ShouldBe(TicketId.Of(order, 1).ToString("N"));
        root.GetProperty("relevantDate").GetString().ShouldBe("2027-03-12T19:00+00:00");
        root.GetProperty("voided").GetBoolean().ShouldBeFalse();
        root.GetProperty("backgroundColor").GetString()!.ShouldStartWith("rgb(");
        root.GetProperty("semantics").GetProperty("seats")[0].GetProperty("seatNumber").GetString().ShouldBe("C 12");
        var words = root.ToString();
        foreach (var word in new[] { "Slow Harbour", "Teatro Salitre", "20:00", "Balcony" }) words.ShouldContain(word);
        await Opens(root.GetProperty("barcodes")[0].GetProperty("message").GetString()!, TicketId.Of(order, 1));
        foreach (var (icon, side) in new[] { ("icon.png", 29), ("icon@2x.png", 58), ("icon@3x.png", 87), ("logo@2x.png", 100) })
            System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(files[icon].AsSpan(16)).ShouldBe(side);
    }

    void IsSigned(Dictionary<string, byte[]> files)
    {
        var cms = new SignedCms(new ContentInfo(files["manifest.json"]), detached: true);
        cms.Decode(files["signature"]);
        cms.CheckSignature(verifySignatureOnly: true);
        var signer = cms.SignerInfos[0];
        signer.SignedAttributes.Cast<CryptographicAttributeObject>().ShouldContain(a => a.Oid.Value == "1.2.840.113549.1.9.5"); // Wallet wants to know when
        using var issuer = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "issuer.pem"));
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, VerificationTime = house.Clock.Now.UtcDateTime } };
        chain.ChainPolicy.CustomTrustStore.Add(issuer);
        chain.Build(signer.Certificate!).ShouldBeTrue();
        cms.Certificates.ShouldContain(issuer); // phones don't fetch it
        cms = new SignedCms(new ContentInfo([.. files["manifest.json"], 32]), detached: true);
        cms.Decode(files["signature"]);
        Should.Throw<CryptographicException>(() => cms.CheckSignature(verifySignatureOnly: true));
    }

    /// <summary>By the published keys alone, as a door would.</summary>
    async Task Opens(string code, Guid ticketId)
    {
        using var keys = JsonDocument.Parse(await browser.GetStringAsync("/.well-known/ticket-keys"));
        var key = keys.RootElement.GetProperty("keys")[0];
        byte[] Value(string name) => Base64Url.DecodeFromChars(key.GetProperty(name).GetString());
        using var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Value("x"), Y = Value("y") } });
        var bytes = new byte[TicketCode.Length];
        TicketCode.TryRead(code, bytes, out var read).ShouldBeTrue();
        read!.Value.TicketId.ShouldBe(ticketId);
        ec.VerifyData(bytes.AsSpan(0, TicketCode.PayloadLength), bytes.AsSpan(TicketCode.PayloadLength), HashAlgorithmName.SHA256).ShouldBeTrue();
    }

    [Fact]
    public async Task All_tickets_of_an_order_come_in_one_file_the_refunded_ones_left_out()
    {
        var order = await house.Sell(3);
        await house.Do(new Revoke(TicketId.Of(order, 2)));
        var passes = await Fetch(order, "tickets.pkpasses", PassSigner.BundleContentType);
        var serials = passes.Values.Select(p => JsonDocument.Parse(Unzip(p)["pass.json"]).RootElement.GetProperty("serialNumber").GetString());
        serials.ShouldBe([TicketId.Of(order, 1).ToString("N"), TicketId.Of(order, 3).ToString("N")]);
    }

    [Fact]
    public async Task A_refunded_ticket_has_a_pass_that_is_void_and_no_link_to_save_it()
    {
        var order = await house.Sell(1);
        await house.Do(new Revoke(TicketId.Of(order, 1)));
        var files = await Fetch(order);
        IsSigned(files);
        var pass = JsonDocument.Parse(files["pass.json"]).RootElement;
        pass.GetProperty("voided").GetBoolean().ShouldBeTrue();
        pass.TryGetProperty("barcodes", out _).ShouldBeFalse();
        pass.ToString().ShouldContain("opens no door");
        (await browser.GetAsync(At(order, "ticket-1/google-wallet"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync(At(order, "tickets.pkpasses"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("de", "Einlass", "Ticket 1 von 1", "Freitag")]
    [InlineData("ar", "الأبواب", "التذكرة 1 من 1", "الجمعة")]
    public async Task A_pass_speaks_the_orders_language_whatever_the_browser_reads(string language, string doors, string ticket, string day)
    {
        var order = await house.Sell(1, language: language);
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        var pass = JsonDocument.Parse((await Fetch(order))["pass.json"]).RootElement;
        WalletContract.BreachesOfApple(pass).ShouldBeEmpty();
        var words = System.Text.RegularExpressions.Regex.Unescape(pass.ToString());
        foreach (var word in new[] { doors, ticket, day }) words.ShouldContain(word);
        foreach (var english in new[] { "\"label\":\"Doors\"", "\"label\":\"Place\"", "\"label\":\"When\"", "Friday" }) words.ShouldNotContain(english);
        (await Saved(order, 1)).Claims.GetProperty("payload").GetProperty("eventTicketClasses")[0].GetProperty("eventName").GetProperty("defaultValue").GetProperty("language").GetString().ShouldBe(language);
    }

    [Fact]
    public async Task Wrong_links_tickets_that_are_not_there_and_tickets_held_back_look_the_same()
    {
        var order = await house.Sell();
        var token = house.Host.Get<OrderLinks>().Token(order);
        await Missing($"/order/{token[..^1]}{(token[^1] == 'A' ? 'B' : 'A')}/ticket-1.pkpass", "/order/x/tickets.pkpasses", "/order/x/ticket-1/google-wallet", At(Ids.From(order, "none"), "ticket-1.pkpass"), At(order, "ticket-0.pkpass"), At(order, "ticket-3.pkpass"), At(order, "ticket-3/google-wallet"));

        await house.Rule(new(DeliveryKind.BeforeDoors, null, 24));
        await house.Settle();
        order = await house.Sell();
        await Missing(At(order, "ticket-1.pkpass"), At(order, "tickets.pkpasses"), At(order, "ticket-1/google-wallet"));

        async Task Missing(params string[] paths)
        {
            foreach (var path in paths) (await browser.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    [Fact]
    public async Task Google_gets_a_signed_token_with_the_same_code()
    {
        var order = await house.Sell(2, seats: ["C 12", "C 13"]);
        var (claims, length) = await Saved(order, 2);
        length.ShouldBeLessThanOrEqualTo(GoogleWallet.LongestToken);
        WalletContract.BreachesOfGoogle(claims).ShouldBeEmpty();
        claims.GetProperty("iss").GetString().ShouldBe("tickets@foyer-production.iam.gserviceaccount.com");
        claims.GetProperty("iat").GetInt64().ShouldBe(house.Clock.Now.ToUnixTimeSeconds());
        claims.GetProperty("origins")[0].GetString().ShouldBe("foyer.example");
        var (of, ticket) = (claims.GetProperty("payload").GetProperty("eventTicketClasses")[0], claims.GetProperty("payload").GetProperty("eventTicketObjects")[0]);
        of.GetProperty("eventName").GetProperty("defaultValue").GetProperty("value").GetString().ShouldBe("Slow Harbour");
        ticket.GetProperty("classId").GetString().ShouldBe(of.GetProperty("id").GetString());
        ticket.GetProperty("seatInfo").GetProperty("seat").GetProperty("defaultValue").GetProperty("value").GetString().ShouldBe("C 13");
        await Opens(ticket.GetProperty("barcode").GetProperty("value").GetString()!, TicketId.Of(order, 2));
    }

    [Fact]
    public async Task A_long_name_makes_a_leaner_token_and_never_one_without_its_code()
    {
        var title = string.Join(' ', Enumerable.Repeat("Ñandú", 40));
        await house.Change(new EventDescribed(title, "", "", "", "", "", "", Noon), new EventPlaced(title, title, "Lisbon", Noon));
        await Eventually.Is(async () => (await house.Host.Get<EventCatalogue>().Find(TicketHouse.Event))!.Title == title);
        var order = await house.Sell(1, name: "Ana Maria da Conceição Figueiredo de Albuquerque Vasconcelos");
        var (claims, length) = await Saved(order, 1);
        length.ShouldBeLessThanOrEqualTo(GoogleWallet.LongestToken);
        WalletContract.BreachesOfGoogle(claims).ShouldBeEmpty();
        await Opens(claims.GetProperty("payload").GetProperty("eventTicketObjects")[0].GetProperty("barcode").GetProperty("value").GetString()!, TicketId.Of(order, 1));
    }

    async Task<(JsonElement Claims, int Length)> Saved(Guid order, int number)
    {
        using var response = await browser.GetAsync(At(order, $"ticket-{number}/google-wallet"));
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        var link = response.Headers.Location!.ToString();
        link.ShouldStartWith("https://pay.google.com/gp/v/save/");
        var token = link[(link.LastIndexOf('/') + 1)..];
        var parts = token.Split('.');
        JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement.GetProperty("alg").GetString().ShouldBe("RS256");
        google.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue();
        return (JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement, token.Length);
    }
}
