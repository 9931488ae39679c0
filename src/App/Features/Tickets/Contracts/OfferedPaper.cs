using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;

namespace App.Features.Tickets.Contracts;

/// <summary>None: no ticket is valid. TooMany: more than one file takes. Else there is a PDF: Whole; ReadersFont: some letters are left to the font of whoever opens it; Gaps: some can't be drawn.</summary>
public enum PaperTickets { None, TooMany, Whole, ReadersFont, Gaps }

public static class OfferedPaper
{
    /// <summary>Whether an order's tickets come as a PDF, and how well it would say what it says.</summary>
    public static PaperTickets Of(CatalogueEvent e, OrganizationCard organizer, string name, IReadOnlyList<OrderTicket> tickets) => TicketPdf.Offer(new(Guid.Empty, e, organizer, name, "", tickets));
}
