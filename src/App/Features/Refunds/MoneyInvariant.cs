using System.Runtime.InteropServices;
using App.Features.Checkout.Contracts;
using App.Features.Refunds.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Stripe;
using App.Infrastructure.Verification;

namespace App.Features.Refunds;

/// <summary>Our books, and with the provider's ledger both books: a charge for each paid order and none besides, what is refunded was sent back, to the minor unit.</summary>
public sealed class MoneyInvariant(VerifyOptions options) : IInvariant
{
    struct Sale
    {
        public long Total, Refunded;
        public string? PaymentId, Account, Currency;
        public bool Charged;
    }

    struct Return
    {
        public Guid Order;
        public long Amount;
        public string? ProviderId;
        public bool Gone, Booked;
    }

    readonly Dictionary<Guid, Sale> sales = [];
    readonly Dictionary<string, (Guid Order, long Amount, bool Charged)> late = [];
    readonly Dictionary<Guid, Return> returns = [];
    readonly FaultList faults = new();

    public string Id => "I3";
    public string Says => options.Ledger is null ? "Paid is what the lines say, refunded never more (no provider's ledger given)" : "Money equals the provider's ledger, to the minor unit";

    public void Observe(in LogFact fact)
    {
        switch (fact.Fact)
        {
            case OrderPaid e: Pay(e); break;
            case PaymentCameTooLate e: late.TryAdd(e.PaymentId, (e.OrderId, e.Amount, false)); break;
            case RefundApproved e: Approve(e); break;
            case RefundSent e: Change(e.RefundId, e.ProviderId, gone: true, e.Amount); break;
            case RefundFailed e: Change(e.RefundId, e.ProviderId, gone: false, null); break;
        }
    }

    void Pay(OrderPaid e)
    {
        var lines = e.Lines.Sum(l => l.Each.Gross * l.Count);
        if (lines != e.Total) faults.Add($"order {e.OrderId} was paid {e.Total}, its lines come to {lines}");
        if (e.Total > 0 != e.PaymentId is not null) faults.Add($"order {e.OrderId} of {e.Total} has {(e.PaymentId is null ? "no" : "a")} payment");
        // Text is kept only when there is a ledger to hold it against.
        sales[e.OrderId] = options.Ledger is null ? new() { Total = e.Total } : new() { Total = e.Total, PaymentId = e.PaymentId, Account = e.Account, Currency = string.Intern(e.Currency) };
    }

    void Approve(RefundApproved e)
    {
        returns[e.RefundId] = new() { Order = e.OrderId, Amount = e.Amount };
        if (e.Kind == RefundKind.LatePayment)
        {
            if (e.PaymentId is null || !late.TryGetValue(e.PaymentId, out var payment) || payment.Amount != e.Amount) faults.Add($"refund {e.RefundId} returns a payment that didn't come too late");
            return;
        }
        ref var sale = ref CollectionsMarshal.GetValueRefOrNullRef(sales, e.OrderId);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref sale)) { faults.Add($"refund {e.RefundId} is of order {e.OrderId}, which isn't paid"); return; }
        sale.Refunded += e.Amount;
        if (sale.Refunded > sale.Total) faults.Add($"order {e.OrderId} was paid {sale.Total} and refunded {sale.Refunded}");
    }

    void Change(Guid refund, string? providerId, bool gone, long? amount)
    {
        ref var r = ref CollectionsMarshal.GetValueRefOrAddDefault(returns, refund, out var known);
        if (!known) faults.Add($"refund {refund} was never approved");
        if (amount is { } sent && sent != r.Amount) faults.Add($"refund {refund} of {r.Amount} was sent as {sent}");
        (r.Gone, r.ProviderId) = (gone, gone ? providerId : null);
    }

    public async Task<IReadOnlyList<string>> Faults(QuerySession db, CancellationToken ct)
    {
        foreach (var (payment, (order, _, _)) in late)
            if (!returns.ContainsKey(Infrastructure.Ids.From(order, "late-" + payment))) faults.Add($"payment {payment} of order {order} came too late and isn't on its way back");
        if (options.Ledger is { } ledger) await Compare(ledger, ct);
        return faults.ToList();
    }

    async Task Compare(string ledger, CancellationToken ct)
    {
        var refunds = new Dictionary<string, StripeMovement>();
        await foreach (var movement in StripeLedger.Read(ledger, ct))
        {
            if (movement.Kind == "charge") Charge(movement);
            if (movement.Kind == "refund") refunds[movement.Id] = movement; // the last line counts
        }
        foreach (var refund in refunds.Values) if (refund.Status is not ("failed" or "canceled")) Refund(refund);
        foreach (var (order, sale) in sales) if (sale.Total > 0 && !sale.Charged) faults.Add($"order {order} is paid; the provider has no charge for it");
        foreach (var (id, r) in returns) if (r is { Gone: true, Booked: false, Amount: > 0 }) faults.Add($"refund {id} was sent; the provider has none");
    }

    void Charge(StripeMovement charge)
    {
        if (charge.PaymentIntent is { } payment && late.TryGetValue(payment, out var returned))
        {
            if (returned.Charged || returned.Amount != charge.Amount) faults.Add($"charge {charge.Id} of {charge.Amount}: came too late as {returned.Amount}");
            late[payment] = returned with { Charged = true };
            return;
        }
        if (!Guid.TryParse(charge.Metadata?.GetValueOrDefault("order_id"), out var order)) { faults.Add($"charge {charge.Id} names no order"); return; }
        ref var sale = ref CollectionsMarshal.GetValueRefOrNullRef(sales, order);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref sale)) { faults.Add($"charge {charge.Id} of order {order}, which isn't paid"); return; }
        if (sale.Charged || sale.PaymentId != charge.PaymentIntent) faults.Add($"charge {charge.Id} of order {order} is not the payment it was sold for");
        if (sale.Total != charge.Amount || sale.Account != charge.Account || !charge.Currency.Equals(sale.Currency, StringComparison.OrdinalIgnoreCase))
            faults.Add($"order {order} is {sale.Total} {sale.Currency}, charge {charge.Id} is {charge.Amount} {charge.Currency}");
        sale.Charged = true;
    }

    void Refund(StripeMovement refund)
    {
        _ = Guid.TryParse(refund.Metadata?.GetValueOrDefault("refund_id"), out var id);
        ref var r = ref CollectionsMarshal.GetValueRefOrNullRef(returns, id);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref r) || !r.Gone) { faults.Add($"the provider's refund {refund.Id} of {refund.Amount} isn't one of ours"); return; }
        if (r.Booked || r.Amount != refund.Amount || r.ProviderId != refund.Id) faults.Add($"refund {id} is {r.Amount}, the provider's {refund.Id} is {refund.Amount}{(r.Booked ? ", a second one" : "")}");
        r.Booked = true;
    }
}
