using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Tickets;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Apple;
using App.Infrastructure.Vendors.Google;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static App.Tests.Features.Tickets.TicketHouse;

namespace App.Tests.Features.Tickets;

public sealed class TicketFilesTests : IAsyncLifetime
{
    TicketHouse house = null!;
    WebApplication app = null!;
    HttpClient browser = null!;

    public async Task InitializeAsync()
    {
        house = await Open();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(house.Host.Get<TicketKeys>()).AddSingleton(house.Host.Get<Texts>()).AddSingleton(house.Host.Get<TicketPapers>()).AddSingleton(house.Host.Get<TicketMails>())
            .AddSingleton(house.Host.Get<OrderLinks>()).AddSingleton(house.Host.Db).AddSingleton(house.Host.Get<EventCatalogue>()).AddSingleton<TimeProvider>(house.Clock)
            .AddSingleton(house.Host.Get<SiteOptions>()).AddSingleton(house.Host.Get<Texts>()).AddSingleton(new PassSigner(new(), house.Clock)).AddSingleton(new GoogleWallet(new(), house.Clock));
        app = builder.Build();
        app.UseSecurityHeaders(house.Host.Get<SiteOptions>());
        app.MapTickets();
        await app.StartAsync();
        browser = new() { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    public async Task DisposeAsync()
    {
        browser.Dispose();
        await app.DisposeAsync();
        await house.DisposeAsync();
    }

    string Path(Guid order, string file) => house.Host.Get<OrderLinks>().OrderPath(order) + "/" + file;

    [Theory]
    [InlineData("tickets.pdf", "application/pdf", "%PDF-1.7")]
    [InlineData("event.ics", "text/calendar", "BEGIN:VCALENDAR")]
    [InlineData("ticket-2.svg", "image/svg+xml", "<svg")]
    public async Task Who_has_the_link_has_the_files_and_no_cache_keeps_them(string file, string type, string begins)
    {
        using var response = await browser.GetAsync(Path(await house.Sell(), file));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await response.Content.ReadAsStringAsync()).ShouldStartWith(begins);
    }

    [Fact]
    public async Task A_wrong_link_an_unknown_ticket_and_a_revoked_one_look_the_same()
    {
        var order = await house.Sell();
        await house.Do(new Revoke(TicketId.Of(order, 1)));
        var token = house.Host.Get<OrderLinks>().Token(order);
        foreach (var path in new[] { $"/order/{token[..^1]}{(token[^1] == 'A' ? 'B' : 'A')}/tickets.pdf", "/order/x/event.ics", Path(Ids.From(order, "none"), "tickets.pdf"), Path(order, "ticket-1.svg"), Path(order, "ticket-3.svg"), Path(order, "ticket-0.svg") })
        {
            using var response = await browser.GetAsync(path);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            (await response.Content.ReadAsStringAsync()).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Tickets_that_are_held_back_can_not_be_fetched_before_their_time()
    {
        await house.Rule(new(DeliveryKind.BeforeDoors, null, 24));
        await house.Settle();
        var order = await house.Sell();
        (await browser.GetAsync(Path(order, "ticket-1.svg"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync(Path(order, "tickets.pdf"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync(Path(order, "event.ics"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        house.Clock.Now = Doors.AddHours(-24);
        (await browser.GetAsync(Path(order, "ticket-1.svg"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_door_verifies_a_code_with_nothing_but_the_published_keys()
    {
        var order = await house.Sell(1);
        using var response = await browser.GetAsync("/.well-known/ticket-keys");
        response.Headers.CacheControl!.Public.ShouldBeTrue();
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var key = json.RootElement.GetProperty("keys")[0];
        byte[] Value(string name) => System.Buffers.Text.Base64Url.DecodeFromChars(key.GetProperty(name).GetString());
        using var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Value("x"), Y = Value("y") } });
        var bytes = new byte[TicketCode.Length];
        Base45.TryDecode((await OrderTickets.Find(order, 1, house.Host.Db, default))!.Code, bytes, out _).ShouldBeTrue();
        ec.VerifyData(bytes.AsSpan(0, TicketCode.PayloadLength), bytes.AsSpan(TicketCode.PayloadLength), HashAlgorithmName.SHA256).ShouldBeTrue();
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(1)).ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(key.GetProperty("kid").GetString());
    }

    [Fact]
    public async Task The_calendar_entry_keeps_its_name_and_counts_up_when_the_event_moves()
    {
        var order = await house.Sell();
        var before = await browser.GetStringAsync(Path(order, "event.ics"));
        await house.Date(Doors.AddDays(7));
        await house.Settle();
        var after = await browser.GetStringAsync(Path(order, "event.ics"));
        Line(after, "UID").ShouldBe(Line(before, "UID"));
        int.Parse(Line(after, "SEQUENCE"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(int.Parse(Line(before, "SEQUENCE"), System.Globalization.CultureInfo.InvariantCulture));
        before.ShouldContain("DTSTART;TZID=Europe/Lisbon:20270312T200000\r\n");
        after.ShouldContain("DTSTART;TZID=Europe/Lisbon:20270319T200000\r\n");

        static string Line(string ics, string name) => ics.Split("\r\n").Single(l => l.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..];
    }
}
