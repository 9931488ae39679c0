namespace Sandbox.Stripe;

static class CheckoutSessionsApi
{
    public static void Map(IEndpointRouteBuilder app, StripeApi api, CheckoutSessions sessions, TimeProvider clock, PublicUrl publicUrl)
    {
        app.MapPost("/v1/checkout/sessions", api.Post(call => Create(call, sessions, clock, publicUrl)));
        app.MapGet("/v1/checkout/sessions/{id}", api.Get(call => Retrieve(call, sessions)));
        app.MapPost("/v1/checkout/sessions/{id}/expire", api.Post(call =>
        {
            call.Form.RefuseRest();
            return sessions.Expire(sessions.Get(call.Id, call.Account).Id);
        }));
    }

    static CheckoutSession Retrieve(StripeCall call, CheckoutSessions sessions)
    {
        call.Form.RefuseRest();
        return sessions.Get(call.Id, call.Account);
    }

    static CheckoutSession Create(StripeCall call, CheckoutSessions sessions, TimeProvider clock, PublicUrl publicUrl)
    {
        var form = call.Form;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (form.Need("mode") is var mode and not "payment") throw form.Beyond("mode", mode);
        if (form.Take("ui_mode") is { } ui and not "hosted_page") throw form.Beyond("ui_mode", ui);
        if (form.Take("payment_method_types[0]") is { } type and not "card") throw form.Beyond("payment_method_types[0]", type);
        var success = Url(form, "success_url") ?? throw StripeError.Required("success_url");
        var (cancel, email, expires) = (Url(form, "cancel_url"), form.Take("customer_email"), form.Number("expires_at") ?? now + 86_400);
        if (expires < now + 1_800) throw StripeError.Invalid("The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", "expires_at");
        if (expires > now + 86_400) throw StripeError.Invalid("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", "expires_at");
        var (amount, currency, title) = Lines(form);
        var fee = form.Number("payment_intent_data[application_fee_amount]");
        PaymentIntentsApi.CheckMoney(amount, currency, fee, call.Account);
        var id = StripeObject.NewId("cs_test_a1");
        var order = new SessionOrder(title, success, cancel, email, expires, form.Take("client_reference_id"), fee, $"{publicUrl.Of(call.Http)}/checkout/{id}")
        {
            IntentMetadata = new(form.Map("payment_intent_data[metadata]")), Description = form.Take("payment_intent_data[description]"),
        };
        var session = new CheckoutSession(id, call.Account, amount, currency, now, form.Map("metadata"), order);
        form.RefuseRest();
        return sessions.Create(session, call.Key);
    }

    static (long Amount, string Currency, string Title) Lines(StripeForm form)
    {
        if (!form.Has("line_items[0]")) throw StripeError.Invalid("You must provide line_items.", "line_items", "parameter_missing");
        var (amount, currency, titles) = (0L, "", new List<string>());
        for (var i = 0; form.Has($"line_items[{i}]"); i++)
        {
            var price = $"line_items[{i}][price_data]";
            var quantity = form.Number($"line_items[{i}][quantity]") ?? throw StripeError.Required($"line_items[{i}][quantity]");
            var each = form.Number(price + "[unit_amount]") ?? throw StripeError.Required(price + "[unit_amount]");
            if (quantity <= 0 || each < 0) throw StripeError.Invalid("Invalid non-negative integer", quantity <= 0 ? $"line_items[{i}][quantity]" : price + "[unit_amount]", "parameter_invalid_integer");
            var its = form.Need(price + "[currency]");
            if (currency.Length > 0 && its != currency) throw StripeError.Invalid("All line items must have the same currency.", price + "[currency]");
            (amount, currency) = (checked(amount + quantity * each), its);
            var name = form.Need(price + "[product_data][name]");
            titles.Add(quantity == 1 ? name : $"{quantity} × {name}");
            form.Take(price + "[product_data][description]");
        }
        return (amount, currency, string.Join(", ", titles));
    }

    static string? Url(StripeForm form, string name) => form.Take(name) is not { } text ? null
        : Uri.TryCreate(text.Replace("{CHECKOUT_SESSION_ID}", "x", StringComparison.Ordinal), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? text
        : throw StripeError.Invalid("Not a valid URL", name, "url_invalid");
}
