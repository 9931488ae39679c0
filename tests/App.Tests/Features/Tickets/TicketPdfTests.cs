using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using App.Features.Tickets;
using App.Infrastructure.Web;
using static App.Tests.Features.Tickets.TicketHouse;

namespace App.Tests.Features.Tickets;

public sealed class TicketPdfTests
{
    static readonly Texts Words = new(HtmlEncoder.Default);

    [Theory]
    [InlineData("Inês Åström-Łukasiewicz")]
    [InlineData("Nguyễn Thị Hường")]
    [InlineData("Ελευθερία Παπαδοπούλου")]
    [InlineData("Людмила Їжакевич")]
    [InlineData("ليلى عبد الرحمن")]
    [InlineData("יעל כהן (Yael)")]
    [InlineData("山田 太郎さん")]
    [InlineData("김민준")]
    [InlineData("王小明 Wang")]
    public async Task A_name_of_any_script_is_in_the_file_as_it_was_typed(string name)
    {
        await using var house = await Open();
        var pdf = TicketPdf.Write(await house.Paper(await house.Sell(2, name: name)), Words)!;
        App.Tests.Support.Keepsakes.Keep($"ticket-{(int)name[0]:x4}.pdf", pdf);
        Texts(pdf).ShouldContain(name);
        Texts(pdf).ShouldContain("Slow Harbour");
        pdf.Length.ShouldBeLessThan(60 * 1024);
    }

    [Theory]
    [InlineData("es", "Entrada 1 de 2", "viernes 12 de marzo de 2027", "Puertas 19:00, hora de Lisbon")]
    [InlineData("de", "Ticket 1 von 2", "Freitag, 12. März 2027", "Einlass 19:00, Ortszeit Lisbon")]
    [InlineData("fr", "Billet 1 sur 2", "vendredi 12 mars 2027", "Portes 19:00, heure de Lisbon")]
    [InlineData("ar", "التذكرة 1 من 2", "الجمعة، 12 مارس 2027", "الأبواب 19:00، بتوقيت Lisbon")]
    public async Task Paper_speaks_the_language_that_is_spoken(string language, params string[] said)
    {
        await using var house = await Open();
        var paper = await house.Paper(await house.Sell(2, seats: ["A 1", "A 2"]));
        Language.Current = Language.Find(language)!;
        var pdf = TicketPdf.Write(paper, Words)!;
        App.Tests.Support.Keepsakes.Keep($"ticket-{language}.pdf", pdf);
        foreach (var text in said) Texts(pdf).ShouldContain(text);
        Texts(pdf).ShouldNotContain("Starts");
    }

    [Fact]
    public async Task Two_tickets_share_a_page_and_revoked_ones_are_left_out()
    {
        await using var house = await Open();
        var order = await house.Sell(5, seats: ["A 1", "A 2", "A 3", "A 4", "A 5"]);
        Pages(TicketPdf.Write(await house.Paper(order), Words)!).ShouldBe(3);
        await house.Do(new Revoke(App.Features.Tickets.Contracts.TicketId.Of(order, 5)));
        var pdf = TicketPdf.Write(await house.Paper(order), Words)!;
        Pages(pdf).ShouldBe(2);
        Texts(pdf).ShouldNotContain("A 5");
        App.Tests.Support.Keepsakes.Keep("tickets-seats.pdf", pdf);
    }

    [Fact]
    public async Task What_is_absurdly_long_or_hostile_stays_on_its_line()
    {
        await using var house = await Open(title: new string('W', 4000) + ") Tj ET endstream");
        var paper = await house.Paper(await house.Sell(1));
        var pdf = TicketPdf.Write(paper with { Name = "\u202Egnp.exe\0\u0007 >> endobj \U0001F600 \uD800" }, Words)!;
        App.Tests.Support.Keepsakes.Keep("ticket-hostile.pdf", pdf);
        pdf.Length.ShouldBeLessThan(60 * 1024);
        Regex.Count(Encoding.Latin1.GetString(pdf), @"\bendobj\b").ShouldBe(Regex.Count(Encoding.Latin1.GetString(pdf), @"\d+ 0 obj\b"));
    }

    [Fact]
    public async Task An_order_past_the_limit_has_no_pdf_and_the_largest_one_is_quick()
    {
        await using var house = await Open();
        var (over, most) = (await house.Paper(await house.Sell(TicketPdf.Most + 1)), await house.Paper(await house.Sell(TicketPdf.Most)));
        TicketPdf.Write(over, Words).ShouldBeNull();
        TicketPdf.Offer(over).ShouldBe(App.Features.Tickets.Contracts.PaperTickets.TooMany);
        TicketPdf.Offer(most).ShouldBe(App.Features.Tickets.Contracts.PaperTickets.Whole);
        var pdf = TicketPdf.Write(most, Words)!;
        Pages(pdf).ShouldBe(TicketPdf.Most / 2);
        pdf.Length.ShouldBeLessThan(4 * 1024 * 1024);
    }

    static int Pages(byte[] pdf) => Regex.Count(Encoding.Latin1.GetString(pdf), "/Type/Page/");

    /// <summary>The texts that a reader copies, one a line.</summary>
    static List<string> Texts(byte[] pdf)
    {
        var texts = new List<string>();
        foreach (Match m in Regex.Matches(Encoding.Latin1.GetString(pdf), @"<<(?<entries>[^>]*)/Length (?<length>\d+)>>\nstream\n"))
        {
            using var zlib = new ZLibStream(new MemoryStream(pdf, m.Index + m.Length, int.Parse(m.Groups["length"].Value, System.Globalization.CultureInfo.InvariantCulture)), CompressionMode.Decompress);
            using var content = new MemoryStream();
            zlib.CopyTo(content);
            foreach (Match t in Regex.Matches(Encoding.Latin1.GetString(content.ToArray()), "/ActualText<FEFF(?<hex>[0-9A-F]*)>"))
                texts.Add(Encoding.BigEndianUnicode.GetString(Convert.FromHexString(t.Groups["hex"].Value)));
        }
        return texts;
    }
}
