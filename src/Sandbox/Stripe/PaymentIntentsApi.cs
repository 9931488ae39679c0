namespace Sandbox.Stripe;

static class PaymentIntentsApi
{
    public static void Map(IEndpointRouteBuilder app, StripeApi api, StripeBook book, TimeProvider clock, PublicUrl publicUrl)
    {
        app.MapPost("/v1/payment_intents", api.Post(call => Create(call, book, clock)));
        app.MapGet("/v1/payment_intents/{id}", api.Get(call => Retrieve(call, book), browsers: true));
        app.MapPost("/v1/payment_intents/{id}/confirm", api.Post(call => Confirm(call, book, clock, publicUrl), browsers: true));
        app.MapPost("/v1/payment_intents/{id}/cancel", api.Post(call => Cancel(call, book)));
        app.MapGet("/v1/charges/{id}", api.Get(call => Charge(call, book)));
    }

    static Intent Create(StripeCall call, StripeBook book, TimeProvider clock)
    {
        var form = call.Form;
        var amount = form.Number("amount") ?? throw StripeError.Required("amount");
        var currency = form.Need("currency");
        var automatic = form.Flag("automatic_payment_methods[enabled]");
        if (form.Take("automatic_payment_methods[allow_redirects]") is { } redirects and not "always") throw form.Beyond("automatic_payment_methods[allow_redirects]", redirects);
        if (form.Take("capture_method") is { } capture and not ("automatic" or "automatic_async")) throw form.Beyond("capture_method", capture);
        foreach (var types in new[] { "allowed_payment_method_types", "payment_method_types" })
            for (var i = 0; form.Take($"{types}[{i}]") is { } type; i++)
                if (type != "card") throw form.Beyond($"{types}[{i}]", type);
        var fee = form.Number("application_fee_amount");
        CheckMoney(amount, currency, fee, call.Account);
        var suffix = StripeObject.NewId("");
        var intent = new Intent("pi_" + suffix, $"pi_{suffix}_secret_{StripeObject.NewId("")}", call.Account, amount, currency, clock.GetUtcNow().ToUnixTimeSeconds(), fee, form.Map("metadata"))
        {
            Automatic = automatic ?? true, Description = form.Take("description"), ReceiptEmail = form.Take("receipt_email"),
        };
        form.RefuseRest();
        return book.Create(intent, call.Key);
    }

    public static void CheckMoney(long amount, string currency, long? fee, string? account)
    {
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterLower)) throw StripeError.Invalid($"Invalid currency: {currency}. Stripe writes currencies in three small letters.", "currency");
        if (amount <= 0) throw StripeError.Invalid("This value must be greater than or equal to 1.", "amount", "parameter_invalid_integer");
        if (amount < 30) throw StripeError.Invalid("Amount must be no less than the minimum charge amount.", "amount", "amount_too_small");
        if (amount > 99_999_999) throw StripeError.Invalid("Amount must be no more than 99999999.", "amount", "amount_too_large");
        if (fee is null) return;
        if (account is null) throw StripeError.Invalid("Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment (using the `Stripe-Account` header) or destination payment (using `transfer_data[destination]`).", "application_fee_amount");
        if (fee <= 0) throw StripeError.Invalid("This value must be greater than or equal to 1.", "application_fee_amount", "parameter_invalid_integer");
        if (fee > amount) throw StripeError.Invalid("The application fee amount cannot be greater than the amount of the payment.", "application_fee_amount");
    }

    static Intent Retrieve(StripeCall call, StripeBook book)
    {
        var intent = Allowed(call, book);
        call.Form.RefuseRest();
        return intent;
    }

    static Intent Confirm(StripeCall call, StripeBook book, TimeProvider clock, PublicUrl publicUrl)
    {
        var (form, intent) = (call.Form, Allowed(call, book));
        var returnUrl = form.Take("return_url");
        form.Take("use_stripe_sdk");
        form.Take("expected_payment_method_type");
        Card card;
        if (form.Take("payment_method") is { } token) card = Card.Of(token);
        else if (form.Take("payment_method_data[type]") is { } type)
        {
            if (type != "card") throw form.Beyond("payment_method_data[type]", type);
            form.Take("payment_method_data[billing_details][name]");
            form.Take("payment_method_data[billing_details][email]");
            card = Card.Typed(form.Take("payment_method_data[card][number]"), form.Take("payment_method_data[card][exp_month]"), form.Take("payment_method_data[card][exp_year]"),
                form.Take("payment_method_data[card][cvc]"), clock.GetUtcNow());
        }
        else throw StripeError.Invalid("You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.", null, "payment_intent_unexpected_state");
        form.RefuseRest();
        return book.Confirm(intent.Id, card, returnUrl, publicUrl.Of(call.Http));
    }

    static Intent Cancel(StripeCall call, StripeBook book)
    {
        var reason = call.Form.Take("cancellation_reason");
        if (reason is not (null or "abandoned" or "duplicate" or "fraudulent" or "requested_by_customer"))
            throw StripeError.Invalid("Invalid cancellation_reason: must be one of duplicate, fraudulent, requested_by_customer, or abandoned", "cancellation_reason");
        call.Form.RefuseRest();
        return book.Cancel(call.Id, call.Account, reason);
    }

    static Charge Charge(StripeCall call, StripeBook book)
    {
        call.Form.RefuseRest();
        return call.Id.StartsWith("ch_", StringComparison.Ordinal) && book.Find("pi_" + call.Id[3..]) is { Charge: { } charge } && charge.Account == call.Account ? charge : throw StripeError.Missing("charge", call.Id, "id");
    }

    static Intent Allowed(StripeCall call, StripeBook book)
    {
        var intent = book.Get(call.Id, call.Account);
        var secret = call.Form.Take("client_secret");
        return (secret is null && !call.Publishable) || secret == intent.Secret ? intent
            : throw StripeError.Invalid("The client_secret provided does not match any associated PaymentIntent on this account. Ensure the publishable key used belongs to the same account that created the PaymentIntent.", "client_secret", "payment_intent_invalid_parameter");
    }
}
