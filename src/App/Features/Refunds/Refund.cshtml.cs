using App.Features.Checkout.Contracts;
using App.Features.Refunds.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Refunds;

/// <summary>Two steps: which tickets and why; then the exact amount, and the deed named with its number. What was confirmed is what happens: another amount by then is a no.</summary>
public sealed class RefundPage(MessageBus bus, QuerySession db) : PageModel, IShowsRefusals
{
    public static IReadOnlyList<(string Reason, string Words)> Reasons { get; } =
    [
        (RefundReason.Requested, "The buyer asked"), (RefundReason.EventCancelled, "The event doesn’t happen"), (RefundReason.Duplicate, "Bought twice"), (RefundReason.Mistake, "Our mistake"),
    ];

    [BindProperty(SupportsGet = true)] public Guid OrderId { get; set; }
    [BindProperty] public Guid[] Ticket { get; set; } = [];
    [BindProperty] public string? Reason { get; set; }
    [BindProperty] public string? Note { get; set; }
    [BindProperty] public long? Confirmed { get; set; }
    [TempData] public string? Said { get; set; }

    public PaidOrder Paid { get; private set; } = null!;
    public Buyer? Buyer { get; private set; }
    public IReadOnlyList<(OrderPlace Place, bool Refunded)> Rows { get; private set; } = [];
    public bool Confirming { get; private set; }

    public int Left => Rows.Count(r => !r.Refunded);
    public IReadOnlyList<OrderPlace> Chosen => [.. Rows.Where(r => !r.Refunded && Ticket.Contains(r.Place.TicketId)).Select(r => r.Place)];
    public long Amount => Chosen.Sum(t => t.Line.Each.Gross);
    public string Deed => $"Refund {(Chosen.Count == 1 ? "1 ticket" : $"{Chosen.Count} tickets")}, {Say(Amount)}";
    public string Say(long minor) => new Money(minor, Paid.Currency).ToString();
    public bool IsTicked(Guid ticket) => Ticket.Length == 0 || Ticket.Contains(ticket);

    Guid Organization => Staff.Of(User).OrganizationId;

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await Load(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostChooseAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (Chosen.Count == 0) throw new Refused("refunds.nothing-chosen");
        Confirming = true;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (Chosen.Count != Ticket.Length) throw new Refused("refunds.already-refunded");
        if (Confirmed != Amount) throw new Refused("refunds.amount-changed");
        var deed = Chosen.Count == 1 ? "1 ticket" : $"{Chosen.Count} tickets";
        await bus.InvokeAsync<Guid>(new RefundOrder(OrderId, Organization, Ticket, Staff.Of(User).MemberId.ToString(), Reason ?? "", Note), ct);
        Said = $"{deed} refunded, {Say(Amount)}.";
        return LocalRedirect($"/office/orders/{OrderId}");
    }

    public async Task<IActionResult> OnPostRetryAsync(Guid refundId, CancellationToken ct)
    {
        // Also of an order that was never paid in time: its money came too late.
        if (await db.Load<RefundCard>(refundId, ct) is not { } card || card.OrderId != OrderId || card.OrganizationId != Organization) return NotFound();
        await bus.InvokeAsync(new RetryRefund(refundId, Organization, Staff.Of(User).MemberId.ToString()), ct);
        Said = $"{new Money(card.Amount, card.Currency)} sent again.";
        return LocalRedirect($"/office/orders/{OrderId}");
    }

    async Task<bool> Load(CancellationToken ct)
    {
        if (await PaidOrder.Of(OrderId, db, ct) is not { } paid || paid.OrganizationId != Organization) return false;
        var (refunds, _) = await db.FoldFresh<OrderRefunds>(OrderRefunds.IdOf(OrderId), ct);
        (Paid, Buyer) = (paid, await Checkout.Contracts.Buyer.Of(OrderId, db, ct));
        Rows = [.. OrderPlace.Of(OrderId, paid.Lines).Select(p => (p, refunds.Has(p.TicketId)))];
        return true;
    }
}
