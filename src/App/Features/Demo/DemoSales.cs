using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Refunds;
using App.Features.Refunds.Contracts;
using App.Features.Tickets;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Stripe;

namespace App.Features.Demo;

/// <summary>Runs one unit of work and saves it.</summary>
public delegate Task Write(Func<DocumentSession, Task> work);

/// <summary>Writes the orders of a show as if they had been placed when they say: the same facts from the same decisions, one commit an order.</summary>
public sealed class DemoSales(QuerySession db, EventCatalogue catalogue, HotStreams<Inventory> inventories, Payments payments, StripeClient stripe, PaymentSandbox sandbox)
{
    /// <summary>Enough at once that they share commits.</summary>
    const int AtOnce = 64;

    /// <summary>Answers how many were sold.</summary>
    /// <param name="promoter">The id of the member who gave money back.</param>
    /// <param name="isPaid">False: nobody is there to take money, so only what is free is sold.</param>
    public async Task<int> Write(DemoShow show, string promoter, bool isPaid, Write write, CancellationToken ct)
    {
        var e = await catalogue.Find(show.Event.EventId) ?? throw new InvalidOperationException($"{show.Event.Title} is not in the catalogue.");
        var there = (await db.Query<Guid>("select id from streams where id = any($1)", ct, show.Orders.Select(o => o.Id).ToArray())).ToHashSet();
        var orders = show.Orders.Where(o => isPaid || IsFree(o, e)).ToArray();
        // By the week, so that the log tells them in about the order of their days.
        foreach (var some in orders.Where(o => !there.Contains(o.Id)).Chunk(200))
            await Parallel.ForEachAsync(some, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (order, stop) => await write(session => Write(order, e, session, stop)));
        foreach (var order in orders.Where(o => o.End is DemoEnd.Refunded or DemoEnd.PartlyRefunded)) await write(session => Refund(order, promoter, session, ct));
        return orders.Count(o => o.End is not (DemoEnd.Abandoned or DemoEnd.Waiting));
    }

    static bool IsFree(DemoOrder order, CatalogueEvent e) => order.Lines.All(l => e.Type(l.TicketTypeId)!.Amount == 0);

    async Task Write(DemoOrder planned, CatalogueEvent e, DocumentSession session, CancellationToken ct)
    {
        var (placed, paid) = (planned.At.AddSeconds(50), planned.At.AddSeconds(95));
        var until = planned.At.AddMinutes(e.HoldMinutes);
        var lines = planned.Lines.Select(l => Line(l, e)).ToArray();
        var stream = session.StartStream<Order>(planned.Id);
        stream.Append([new OrderStarted(planned.Id, e.Id, e.OrganizationId, lines, e.Currency, until, planned.At)]);
        stream.Append(PlaceOrderHandler.Decide(stream.State, GivenBy.Same, closes: false, placed));
        session.Store(new OrderContact(planned.Id, planned.Name, planned.Email) { EventId = e.Id });
        var (payment, account) = (default(string), default(string));
        if (stream.State.Total > 0)
        {
            account = await payments.AccountOf(e.OrganizationId, ct);
            (payment, _) = await payments.Intent(stream.State, 1, account, ct);
            stream.Append([new PaymentPrepared(1, payment, account, placed)]);
        }
        if (planned.End == DemoEnd.Abandoned) { await stripe.CancelPaymentIntent(payment!, account, $"cancel-{payment}", ct); stream.Append([new OrderAbandoned(planned.Id, until.AddMinutes(30))]); }
        else if (planned.End != DemoEnd.Waiting)
        {
            if (payment is not null) await sandbox.Pay(payment, ct);
            stream.Append([Sale.PaidBy(stream.State, payment, payment is null ? null : account, paid)]);
            if (e.Delivery.DueAt(e.Doors, paid) == paid) await Mailed(stream.State, paid.AddSeconds(4), session, ct);
        }
        var places = HoldPlacesHandler.PlacesOf(lines);
        session.Decide(await inventories.Get(InventoryId.Of(e.Id)), (state, _) => Decide(planned, places, until, state));
    }

    static OrderLine Line(DemoLine line, CatalogueEvent e)
    {
        var type = e.Type(line.TicketTypeId)!;
        return new(type.Id, type.Name, line.Count, e.PriceOf(type), type.Quotas, line.Seats);
    }

    /// <summary>Its tickets were mailed weeks ago.</summary>
    static async Task Mailed(Order order, DateTimeOffset at, DocumentSession session, CancellationToken ct)
    {
        var delivery = await session.FetchForWriting<TicketDelivery>(TicketDelivery.IdOf(order.Id), ct);
        delivery.Append([new TicketsSent(order.Id, order.EventId, order.OrganizationId, order.Tickets, 1, at)]);
    }

    /// <summary>What became of the hold, in one decision: between two, time would end a hold of last month.</summary>
    static Decision Decide(DemoOrder planned, Places[] places, DateTimeOffset until, Inventory state)
    {
        var held = HoldPlacesHandler.Decide(planned.Id, places, until, state);
        if (!held.Accepted) return held;
        return planned.End switch
        {
            DemoEnd.Waiting => held,
            DemoEnd.Abandoned => Decision.Accept([.. held.Facts!, new HoldsEnded([planned.Id])]),
            _ => Decision.Accept([.. held.Facts!, new PlacesSold(planned.Id, null)]),
        };
    }

    /// <summary>Approved, sent and noted on one past day. The provider is asked here: a worker would find the request too old to be sure of.</summary>
    async Task Refund(DemoOrder planned, string promoter, DocumentSession session, CancellationToken ct)
    {
        var refunds = await session.FetchForWriting<OrderRefunds>(OrderRefunds.IdOf(planned.Id), ct);
        if (refunds.Version > 0 || await PaidOrder.Of(planned.Id, session, ct) is not { } order) return;
        var at = order.At.AddHours(16);
        var some = planned.End == DemoEnd.PartlyRefunded ? new[] { TicketId.Of(order.Id, 1) } : null;
        refunds.Append(RefundOrderHandler.Decide(new(order.Id, order.OrganizationId, some, promoter, RefundReason.Requested), order, refunds.State, at));
        var refund = refunds.State.All[^1];
        var answer = await stripe.CreateRefund(order.PaymentId!, refund.Approved.Amount, refund.Approved.RefundId, order.Account, refund.Key, ct);
        var facts = SendRefundHandler.Decide(refund, answer, at.AddSeconds(2));
        refunds.Append(facts);
        session.Store(refunds.State.All[^1].Card(null));
        await NoteRefundHandler.Handle(facts.OfType<RefundSent>().Single(), session, inventories, ct);
    }
}
