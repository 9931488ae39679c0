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

/// <param name="Tickets">Those that aren't refunded yet.</param>
public sealed record Refundable(ListedOrder Order, IReadOnlyList<OrderPlace> Tickets)
{
    public long Amount => Tickets.Sum(t => t.Line.Each.Gross);
}

/// <summary>Ticked orders: each exact amount and one total, then the deed. What was confirmed is what happens: another amount of any order by then is a no.</summary>
public sealed class RefundManyPage(MessageBus bus, QuerySession db, TimeProvider clock) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true)] public Guid EventId { get; set; }
    [BindProperty(Name = "order")] public Guid[] Chosen { get; set; } = [];
    [BindProperty] public long[] Amounts { get; set; } = [];
    [BindProperty] public long? Confirmed { get; set; }
    [BindProperty] public Guid Batch { get; set; }
    [BindProperty] public string? Reason { get; set; }

    public IReadOnlyList<Refundable> Can { get; private set; } = [];
    public IReadOnlyList<(ListedOrder Order, string Why)> Cannot { get; private set; } = [];

    public long Amount => Can.Sum(c => c.Amount);
    public int Tickets => Can.Sum(c => c.Tickets.Count);
    public string Deed => $"Refund {(Can.Count == 1 ? "1 order" : $"{Can.Count} orders")}, {Say(Amount)}";
    public string Say(long minor) => new Money(minor, Can[0].Order.Currency).ToString();

    Staff Who => Staff.Of(User);

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    /// <summary>Without ticked orders there is nothing to show; after a no, the list as it is now.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        return Chosen.Length == 0 ? LocalRedirect($"/office/events/{EventId}/orders") : Page();
    }

    public Task<IActionResult> OnPostChooseAsync(CancellationToken ct) => OnGetAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        var by = Who.MemberId.ToString();
        // Pressed twice: by now these are refunded, and the first press is what there is to see.
        if (await Batches.Find(Batch, Who.OrganizationId, db, ct) is not null) return LocalRedirect(OrderDeeds.Path(EventId, Batch));
        if (Confirmed is null || Confirmed != Amount || Can.Count == 0 || !Chosen.Zip(Amounts).SequenceEqual(Can.Select(c => (c.Order.Id, c.Amount)))) throw new Refused("refunds.amount-changed");
        if (!RefundReason.Choices.Contains(Reason)) throw new Refused("refunds.no-such-reason");
        try { await bus.InvokeAsync(new RefundOrders(Batch, Who.OrganizationId, [.. Can.Select(c => new RefundInBatch(Batch, c.Order.Id, Who.OrganizationId, [.. c.Tickets.Select(t => t.TicketId)], c.Amount, c.Order.Currency, by, Reason!))]), ct); }
        catch (DuplicateException) { } // two presses at once
        return LocalRedirect(OrderDeeds.Path(EventId, Batch));
    }

    async Task<bool> Load(CancellationToken ct)
    {
        if (!await EventOrders.IsOf(EventId, Who.OrganizationId, db, ct)) return false;
        if (Batch == Guid.Empty) Batch = Ids.New(clock.GetUtcNow());
        var (can, cannot) = (new List<Refundable>(), new List<(ListedOrder, string)>());
        foreach (var order in await EventOrders.Of(EventId, Chosen, db, ct))
        {
            if (await PaidOrder.Of(order.Id, db, ct) is not { } paid) { cannot.Add((order, order.Status == "too-late" ? "Paid too late: the money goes back by itself" : "Not paid: there is nothing to give back")); continue; }
            var (refunds, _) = await db.FoldFresh<OrderRefunds>(OrderRefunds.IdOf(order.Id), ct);
            var left = OrderPlace.Of(order.Id, paid.Lines).Where(p => !refunds.Has(p.TicketId)).ToArray();
            if (left.Length == 0) cannot.Add((order, "Every ticket is refunded already"));
            else can.Add(new(order, left));
        }
        (Can, Cannot) = (can, cannot);
        return true;
    }
}
