using System.Text.Json;
using System.Text;
using App.Features.Checkout.Contracts;
using App.Features.Checkout;
using App.Features.Tickets.Contracts;
using App.Features.Tickets;
using App.Infrastructure.Web;
using App.Tests.Support;

namespace App.Tests.Features.Tickets;

/// <summary>The mail as the provider took it (ux.md U14): in time, in all its parts, small.</summary>
public sealed class MailOnTheWireTests
{
    const int Limit = 100 * 1024;

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public async Task A_payment_is_followed_by_a_mail_with_text_codes_link_and_calendar_in_a_hundred_kilobytes(int tickets)
    {
        await using var sandbox = await SandboxHost.Start();
        await using var app = await AppHost.Start(sandbox);
        var show = await app.AddShow(amount: 4500);
        var order = await app.Bus.InvokeAsync<Guid>(new HoldPlaces(show.EventId, [new(show.TicketTypeId, tickets)]), default);
        await app.Bus.InvokeAsync<PaymentBegun>(new PlaceOrder(order, new(order, "Inês Duarte", "ines@example.org"), Hosted: false, "https://foyer.example/", "https://foyer.example/"), default);
        await sandbox.Pay((await app.Db.FoldFresh<Order>(order, default)).State.PaymentId!);

        // Nobody helps: the webhook, the worker and the provider's stand-in do it among themselves.
        await Eventually.Is(async () => (await sandbox.Mails("ines@example.org")).Count > 0);

        var mail = (await sandbox.Mails("ines@example.org")).ShouldHaveSingleItem().GetProperty("mail");
        var parts = mail.GetProperty("content").EnumerateArray().ToDictionary(c => c.GetProperty("type").GetString()!, c => c.GetProperty("value").GetString()!);
        var files = mail.GetProperty("attachments").EnumerateArray().ToDictionary(a => a.GetProperty("filename").GetString()!);
        var link = app.Get<OrderLinks>().OrderPath(order);
        parts.Keys.ShouldBe(["text/plain", "text/html"]);
        parts.Values.ShouldAllBe(words => words.Contains(link, StringComparison.Ordinal));
        foreach (var ticket in await OrderTickets.Of(order, app.Db, default))
        {
            var code = files[$"ticket-{ticket.Number}.png"];
            code.GetProperty("disposition").GetString().ShouldBe("inline");
            code.GetProperty("content").GetBytesFromBase64().ShouldBe(QrSymbol.Png(ticket.Code));
            parts["text/html"].ShouldContain($"cid:{code.GetProperty("content_id").GetString()}\"");
            parts["text/plain"].ShouldContain(ticket.Words);
        }
        files["event.ics"].GetProperty("type").GetString()!.ShouldStartWith("text/calendar");
        Encoding.UTF8.GetString(files["event.ics"].GetProperty("content").GetBytesFromBase64()).ShouldStartWith("BEGIN:VCALENDAR");
        Size(parts.Values, files.Values).ShouldBeLessThanOrEqualTo(Limit, string.Join(", ", files.Select(f => $"{f.Key} {Encoded(f.Value)}").Concat(parts.Select(p => $"{p.Key} {Quoted(p.Value)}"))));
        if (tickets == 1) files.Keys.ShouldContain("tickets.pdf");
    }

    /// <summary>As it travels: words quoted-printable, files in base64, both in lines, each part with its headers.</summary>
    static int Size(IEnumerable<string> words, IEnumerable<JsonElement> files) => words.Sum(Quoted) + files.Sum(f => Encoded(f) + 300) + 2_000;

    static int Encoded(JsonElement file) => file.GetProperty("content").GetString()!.Length * 78 / 76;
    static int Quoted(string words) => Encoding.UTF8.GetBytes(words).Sum(b => b is 0x0A ? 2 : b is < 0x20 or > 0x7E or (byte)'=' ? 3 : 1) * 79 / 76;
}
