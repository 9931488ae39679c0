using System.Text.RegularExpressions;
using App.Features.Checkout.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Infrastructure.Mail;
using static App.Tests.Features.Tickets.TicketHouse;

namespace App.Tests.Features.Tickets;

public sealed class TicketMailsTests
{
    [Fact]
    public async Task The_mail_with_two_tickets_has_codes_words_pdf_and_calendar_and_stays_small()
    {
        await using var house = await Open();
        var order = await house.Sell(2, seats: ["C 12", "C 13"]);
        await house.Host.HandleDueMessages();
        var mail = house.Sent.Single();
        Keep(mail);
        mail.Size.ShouldBeLessThan(100 * 1024);
        mail.Subject.ShouldBe("Your tickets: Slow Harbour, Friday 12 March 2027");
        mail.FromName.ShouldBe("Teatro Salitre");
        mail.Files.Select(f => f.Name).ShouldBe(["ticket-1.png", "ticket-2.png", "tickets.pdf", "event.ics"]);
        foreach (var ticket in await OrderTickets.Of(order, house.Host.Db, default))
        {
            mail.Html!.ShouldContain(ticket.Words);
            mail.Text.ShouldContain(ticket.Words);
            mail.Html!.ShouldContain($"cid:ticket-{ticket.Number}");
        }
        foreach (var part in new[] { "Ticket 1 of 2: Balcony, seat C 12", "Friday 12 March 2027", "19:00, Lisbon time", "Teatro Salitre, Rua do Salitre 94, Lisbon", "Inês Duarte", Ids.Short(order), "door@salitre.example" })
        {
            mail.Text.ShouldContain(part);
            System.Net.WebUtility.HtmlDecode(mail.Html!).ShouldContain(part);
        }
        mail.Html!.ShouldContain("content=\"light dark\"");
        mail.Html!.ShouldNotContain("fonts.googleapis");
        mail.Html!.ShouldContain("#07252a"); // hue 212, chroma .085 as the dark band
    }

    static void Keep(Mail mail)
    {
        var html = mail.Html!;
        foreach (var file in mail.Files.Where(f => f.ContentId is not null)) html = html.Replace("cid:" + file.ContentId, $"data:{file.ContentType};base64,{Convert.ToBase64String(file.Content)}", StringComparison.Ordinal);
        var name = "mail-" + mail.Key[..mail.Key.IndexOf('.', StringComparison.Ordinal)];
        App.Tests.Support.Keepsakes.Keep(name + ".html", System.Text.Encoding.UTF8.GetBytes(html));
        App.Tests.Support.Keepsakes.Keep(name + ".txt", System.Text.Encoding.UTF8.GetBytes($"Subject: {mail.Subject}\n\n{mail.Text}"));
    }

    [Fact]
    public async Task Html_and_text_say_the_same_in_the_same_order()
    {
        await using var house = await Open();
        await house.Sell(1);
        await house.Host.HandleDueMessages();
        var mail = house.Sent.Single();
        var lines = mail.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Contains(": ", StringComparison.Ordinal) ? l[(l.IndexOf(": ", StringComparison.Ordinal) + 2)..] : l);
        var html = System.Net.WebUtility.HtmlDecode(Regex.Replace(mail.Html![mail.Html!.IndexOf("<body", StringComparison.Ordinal)..], @"\s+", " "));
        var at = 0;
        foreach (var line in lines)
        {
            var found = html.IndexOf(line, at, StringComparison.Ordinal);
            found.ShouldBeGreaterThanOrEqualTo(0, $"'{line}' is missing after position {at}");
            // A link's address stands before its words.
            if (!line.StartsWith("http", StringComparison.Ordinal)) at = found;
        }
    }

    [Theory]
    [InlineData("de", "Ihre Tickets: Slow Harbour, Freitag, 12. März 2027", "Einlass: 19:00, Ortszeit Lisbon", "Zeigen Sie diese Codes", "ltr")]
    [InlineData("ar", "تذكرتاك: Slow Harbour، الجمعة، 12 مارس 2027", "الأبواب: 19:00، بتوقيت Lisbon", "أظهر هذين الرمزين", "rtl")]
    [InlineData("xx", "Your tickets: Slow Harbour, Friday 12 March 2027", "Doors: 19:00, Lisbon time", "Show these codes", "ltr")]
    public async Task A_mail_speaks_as_the_page_did_where_it_was_bought(string language, string subject, string doors, string lead, string direction)
    {
        await using var house = await Open();
        var order = await house.Sell(2, language: language);
        await house.Host.HandleDueMessages();
        var mail = house.Sent.Single();
        Keep(mail);
        mail.Subject.ShouldBe(subject);
        mail.Text.ShouldContain(doors);
        mail.Text.ShouldContain(lead);
        mail.Html!.ShouldContain($"dir=\"{direction}\"");
        var calendar = System.Text.Encoding.UTF8.GetString(mail.Files.Single(f => f.Name == "event.ics").Content).Replace("\r\n ", "", StringComparison.Ordinal);
        calendar.ShouldContain("DESCRIPTION:" + language switch { "de" => "Einlass 19:00\\, Ortszeit Lisbon. 2 Tickets\\, Bestellung ", "ar" => "الأبواب 19:00، بتوقيت Lisbon. تذكرتان", _ => "Doors 19:00\\, Lisbon time. 2 tickets\\, Order " });

        await house.Do(new Pay(Ids.From(order, "refund"), null, new OrderRefundNoted(Ids.From(order, "refund"), order, Event, Organization, 4558, "EUR", [TicketId.Of(order, 2)], house.Clock.Now)));
        await house.Host.HandleDueMessages();
        house.Sent.Single(m => m.Key.StartsWith("refunded.", StringComparison.Ordinal)).Subject.ShouldContain(language switch { "de" => "sind auf dem Weg zurück", "ar" => "في طريقه إليك", _ => "is on its way back" });
    }

    [Fact]
    public async Task What_people_typed_is_text_in_html_and_itself_in_plain_text()
    {
        await using var house = await Open(title: "<script>alert(1)</script> & \"Friends\"\nBcc: x@example.com");
        await house.Sell(1, name: "<img src=x onerror=alert(2)>");
        await house.Host.HandleDueMessages();
        var mail = house.Sent.Single();
        mail.Html!.ShouldNotContain("<script>alert");
        mail.Html!.ShouldNotContain("<img src=x");
        mail.Html!.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        mail.Text.ShouldContain("<script>alert(1)</script> & \"Friends\"");
        mail.Subject.ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_large_order_is_told_where_its_tickets_are()
    {
        await using var house = await Open();
        await house.Sell(40);
        await house.Host.HandleDueMessages();
        var mail = house.Sent.Single();
        mail.Files.Select(f => f.Name).ShouldBe(["event.ics"]);
        mail.Text.ShouldContain("You have 40 tickets");
    }

    [Theory]
    [InlineData("sold-out", "Your places were gone", "The full €91.16 goes back")]
    [InlineData("paid-twice", "You paid twice", "The second payment of €91.16 goes back in full")]
    public async Task Money_that_came_too_late_is_explained(string reason, string title, string says)
    {
        await using var house = await Open();
        var order = Ids.From(Event, reason);
        await house.Do(new Pay(order, new(order, "Ada", "ada@example.org"), new PaymentCameTooLate(order, Event, Organization, "pi_2", null, 9116, "EUR", reason, house.Clock.Now)));
        await house.Host.HandleDueMessages();
        var mail = house.Sent.ShouldHaveSingleItem();
        Keep(mail);
        mail.Key.ShouldBe($"too-late.{order:N}.pi_2");
        mail.Text.ShouldContain(title);
        mail.Text.ShouldContain(says);
        mail.Html!.ShouldContain(title);
    }

    [Fact]
    public async Task A_refund_is_told_with_its_amount_and_its_tickets()
    {
        await using var house = await Open();
        var order = await house.Sell();
        var refund = Ids.From(order, "refund");
        await house.Do(new Pay(refund, null, new OrderRefundNoted(refund, order, Event, Organization, 4558, "EUR", [TicketId.Of(order, 2)], house.Clock.Now)));
        await house.Host.HandleDueMessages();
        var mail = house.Sent.Single(m => m.Key.StartsWith("refunded.", StringComparison.Ordinal));
        Keep(mail);
        mail.Subject.ShouldBe("€45.58 is on its way back: Slow Harbour");
        mail.Text.ShouldContain("This ticket no longer opens the door");
        mail.Text.ShouldContain($"Given back: Balcony ({(await OrderTickets.Of(order, house.Host.Db, default))[1].Words})");
    }
}
