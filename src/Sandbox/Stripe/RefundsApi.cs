namespace Sandbox.Stripe;

static class RefundsApi
{
    public static void Map(IEndpointRouteBuilder app, StripeApi api, StripeBook book)
    {
        app.MapPost("/v1/refunds", api.Post(call => Create(call, book)));
        app.MapGet("/v1/refunds", api.Get(call => List(call, book)));
        app.MapGet("/v1/refunds/{id}", api.Get(call => Retrieve(call, book)));
    }

    static Refund Create(StripeCall call, StripeBook book)
    {
        var form = call.Form;
        var (intent, charge) = (form.Take("payment_intent"), form.Take("charge"));
        if (intent is null && charge is null) throw StripeError.Invalid("One of the following params should be provided for this request: payment_intent or charge.", null, "parameter_missing");
        if (intent is null && !charge!.StartsWith("ch_", StringComparison.Ordinal)) throw StripeError.Missing("charge", charge, "charge");
        var reason = form.Take("reason");
        if (reason is not (null or "duplicate" or "fraudulent" or "requested_by_customer")) throw StripeError.Invalid("Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer", "reason");
        var (amount, returnFee, metadata) = (form.Number("amount"), form.Flag("refund_application_fee") ?? false, form.Map("metadata"));
        form.RefuseRest();
        return book.CreateRefund(intent ?? "pi_" + charge![3..], call.Account, amount, reason, returnFee, metadata, intent is null ? "charge" : "payment_intent", call.Key);
    }

    static Refund Retrieve(StripeCall call, StripeBook book)
    {
        call.Form.RefuseRest();
        return book.GetRefund(call.Id, call.Account);
    }

    static StripeList List(StripeCall call, StripeBook book)
    {
        var form = call.Form;
        var (intent, charge, limit) = (form.Take("payment_intent"), form.Take("charge"), StripeApi.Limit(form));
        form.RefuseRest();
        var found = book.Refunds.Where(r => r.Account == call.Account && (intent is null || r.IntentId == intent) && (charge is null || r.ChargeId == charge)).OrderByDescending(r => r.Created).ThenBy(r => r.Id).Take(limit + 1).ToArray();
        return new("/v1/refunds", found[..Math.Min(limit, found.Length)], found.Length > limit);
    }
}
