using App.Features.Tickets.Contracts;
using App.Infrastructure.Pdf;
using App.Infrastructure.Web;

namespace App.Features.Tickets;

/// <summary>
/// An order's valid tickets on A4, two to a page, black on white, the code 42 mm wide at a tear, in the language that is spoken now. In Arabic words stand at the right of their part; the stub stays where doors know it.
/// Written by our own writer with an embedded open font rather than by Pango and Cairo: it needs nothing installed, so a laptop, a container and every replica make the same file; it is managed code, so no name a user types can bring the
/// process down; and Latin, Greek, Cyrillic, Arabic and Hebrew come out joined and in order. Chinese, Japanese and Korean names are embedded where the machine has a font for them and else drawn by the
/// reader's own (see <c>PdfText</c>); only where neither has one is such a name blank: then, and where a letter of another script is missing, the page that offers the file says so (<see cref="Offer"/>). The codes work all the same.
/// </summary>
public static class TicketPdf
{
    /// <summary>More than this is no buyer's order and not worth a process's memory.</summary>
    public const int Most = 500;

    const double PageWidth = 595.28, PageHeight = 841.89, Left = 42, Top = 92, Height = 312, Gap = 34, Radius = 14, Notch = 9;
    const double Right = PageWidth - Left, Code = 42 * 72 / 25.4, Stub = Code + 46, Tear = Right - Stub, Words = Tear - Left - 48;

    /// <summary>What <see cref="Write"/> would come to, without writing it.</summary>
    public static PaperTickets Offer(TicketPaper order) => order.Tickets.Count(t => t.IsValid) switch
    {
        0 => PaperTickets.None,
        > Most => PaperTickets.TooMany,
        _ => TextsOf(order).Max(t => PdfText.Letters(t, EastAsianFonts.Installed.Found)) switch { PdfLetters.Gaps => PaperTickets.Gaps, PdfLetters.Readers => PaperTickets.ReadersFont, _ => PaperTickets.Whole },
    };

    /// <summary>All that people typed.</summary>
    static IEnumerable<string> TextsOf(TicketPaper order) =>
        [order.Name, order.Event.Title, order.Place, order.Organizer.Name, order.Organizer.Address, order.Organizer.Contact, .. order.Holders.Values.Select(h => h.Name), .. order.Tickets.Select(t => t.Kind).Distinct(), .. order.Tickets.Select(t => t.Seat).OfType<string>()];

    /// <summary>Null: no valid tickets, or more than <see cref="Most"/>.</summary>
    public static byte[]? Write(TicketPaper order, Texts texts)
    {
        var tickets = order.Valid;
        if (tickets.Count is 0 or > Most) return null;
        var pdf = new PdfDocument($"{order.Event.Title}: {texts.Of("order.number", order.Order)}", Language.Current.Code);
        PdfPage page = null!;
        for (var i = 0; i < tickets.Count; i++)
        {
            if (i % 2 == 0) page = NewPage(pdf, order, texts);
            Draw(page, order, tickets[i], texts, Top + i % 2 * (Height + Gap));
        }
        return pdf.Save();
    }

    static PdfPage NewPage(PdfDocument pdf, TicketPaper order, Texts texts)
    {
        const double named = 330, numbered = 160;
        var page = pdf.AddPage(PageWidth, PageHeight);
        Put(page, IsMirrored ? Right - named : Left, 60, 15, PdfFace.Bold, order.Organizer.Name, named);
        var number = texts.Of("order.number", order.Order);
        if (IsMirrored) page.Text(Left, 60, 10, PdfFace.Regular, number, numbered);
        else page.Right(Right, 60, 10, PdfFace.Regular, number, numbered);
        Put(page, Left, PageHeight - 52, 9, PdfFace.Regular, texts.Of("order.paper"), Right - Left, .3);
        var contact = string.Join(", ", new[] { order.Organizer.Name, order.Organizer.Address }.Where(p => p.Length > 0));
        Put(page, Left, PageHeight - 38, 9, PdfFace.Regular, $"{contact}. {texts.Of("mail.questions")} {order.Organizer.Contact}", Right - Left, .3);
        return page;
    }

    static bool IsMirrored => Language.Current.Direction == "rtl";

    /// <summary>One line, at the side where its language begins.</summary>
    static void Put(PdfPage page, double x, double y, double size, PdfFace face, string text, double width, double grey = 0)
    {
        if (IsMirrored) page.Right(x + width, y, size, face, text, width, grey);
        else page.Text(x, y, size, face, text, width, grey);
    }

    static void Draw(PdfPage page, TicketPaper order, OrderTicket ticket, Texts texts, double top)
    {
        DrawEdge(page, top);
        DrawCode(page, ticket, top);
        var (x, y) = (Left + 24, top + 38);
        var (starts, doors) = (Shared.EventTime.Of(order.Event.Starts, order.Event.TimeZone), Shared.EventTime.Of(order.Event.Doors, order.Event.TimeZone));
        Put(page, x, y, 10, PdfFace.Bold, texts.Of("order.ticket-n", ticket.Number, ticket.Of), Words, .3);
        if (order.NameOn(ticket) is { Length: > 0 } name) Put(page, x, y + 17, 12, PdfFace.Bold, name, Words);
        y = page.Paragraph(x, y + 48, 21, PdfFace.Bold, order.Event.Title, Words, 3, 25, fromRight: IsMirrored);
        Put(page, x, y + 2, 11, PdfFace.Regular, starts.Day, Words);
        Put(page, x, y + 18, 11, PdfFace.Regular, $"{texts.Of("mail.doors")} {doors.Clock}{Language.Current.Comma}{doors.ZoneName}", Words);
        page.Paragraph(x, y + 40, 11, PdfFace.Regular, order.Place, Words, 2, 15, .2, IsMirrored);
        DrawFacts(page, x, top + Height - 48, starts.Clock, ticket, texts);
    }

    static void DrawFacts(PdfPage page, double x, double y, string starts, OrderTicket ticket, Texts texts)
    {
        const double column = Words / 4, gap = 12;
        Fact(0, 1, "order.starts", starts);
        Fact(1, ticket.Seat is null ? 3 : 2, "order.kind", ticket.Kind);
        if (ticket.Seat is { } seat) Fact(3, 1, "order.seat", seat);

        void Fact(int first, int columns, string label, string value)
        {
            var at = x + (IsMirrored ? 4 - first - columns : first) * column + (IsMirrored ? gap : 0);
            Put(page, at, y, 9, PdfFace.Regular, texts.Of(label), columns * column - gap, .3);
            Put(page, at, y + 20, 15, PdfFace.Bold, value, columns * column - gap);
        }
    }

    static void DrawCode(PdfPage page, OrderTicket ticket, double top)
    {
        var modules = QrSymbol.Modules(ticket.Code);
        var side = Code / modules.Length;
        var (left, upper) = (Tear + (Stub - Code) / 2, top + 62);
        page.Squares(left, upper, side, QrSymbol.Runs(modules));
        page.Centered(Tear + Stub / 2, upper + Code + 40, 15, PdfFace.Bold, ticket.Words, Stub - 24);
    }

    /// <summary>Round corners, and a bite above and below where the stub is torn off.</summary>
    static void DrawEdge(PdfPage page, double top)
    {
        const double k = .5523; // a quarter of a circle as one Bézier curve
        var bottom = top + Height;
        var (r, n) = (Radius * (1 - k), Notch * k);
        page.Outline(1.1,
            ('m', [Left + Radius, top]), ('l', [Tear - Notch, top]),
            ('c', [Tear - Notch, top + n, Tear - n, top + Notch, Tear, top + Notch]), ('c', [Tear + n, top + Notch, Tear + Notch, top + n, Tear + Notch, top]),
            ('l', [Right - Radius, top]), ('c', [Right - r, top, Right, top + r, Right, top + Radius]),
            ('l', [Right, bottom - Radius]), ('c', [Right, bottom - r, Right - r, bottom, Right - Radius, bottom]),
            ('l', [Tear + Notch, bottom]), ('c', [Tear + Notch, bottom - n, Tear + n, bottom - Notch, Tear, bottom - Notch]), ('c', [Tear - n, bottom - Notch, Tear - Notch, bottom - n, Tear - Notch, bottom]),
            ('l', [Left + Radius, bottom]), ('c', [Left + r, bottom, Left, bottom - r, Left, bottom - Radius]),
            ('l', [Left, top + Radius]), ('c', [Left, top + r, Left + r, top, Left + Radius, top]));
        page.Line(Tear, top + Notch + 8, Tear, bottom - Notch - 8, 1.1, "0.1 5");
    }
}
