namespace Sandbox.Stripe;

/// <summary>Checkout and 3-D Secure as pages of the provider's: they work without script and go back to the shop.</summary>
static class HostedPages
{
    public static void Map(IEndpointRouteBuilder app, CheckoutSessions sessions, StripeBook book, TimeProvider clock, PublicUrl publicUrl)
    {
        app.MapGet("/checkout/{id}", context => ShowCheckout(context, sessions));
        app.MapPost("/checkout/{id}", context => Pay(context, sessions, clock, publicUrl));
        app.MapGet("/3ds/{id}", context => ShowBank(context, book));
        app.MapPost("/3ds/{id}", context => AnswerBank(context, book));
    }

    static Task ShowCheckout(HttpContext context, CheckoutSessions sessions) => sessions.Find(Id(context)) switch
    {
        null => Gone(context, "There is no such payment page."),
        { Status: "expired" } => Gone(context, "This payment page has expired. Go back to the shop and start again."),
        { Status: "complete" } session => Leave(context, session),
        // Back from the bank without success: the fault is told once more on the form.
        var session => WriteCheckout(context, session, new(), context.Request.Query["redirect_status"] == "failed" ? "We are unable to authenticate your payment method. Please choose a different payment method and try again." : null, null, 200),
    };

    static async Task Pay(HttpContext context, CheckoutSessions sessions, TimeProvider clock, PublicUrl publicUrl)
    {
        if (sessions.Find(Id(context)) is not { Status: "open" } session)
        {
            await ShowCheckout(context, sessions);
            return;
        }
        var form = StripeForm.Parse(await Wire.ReadBody(context.Request));
        var typed = new CardForm(form.Take("email"), form.Take("number"), form.Take("expiry"), form.Take("cvc"));
        try
        {
            if (session.Order.Email is null && (typed.Email is null || !typed.Email.Contains('@', StringComparison.Ordinal))) throw new StripeError(402, "card_error", "email_invalid", "Your email address is incomplete.", "email");
            var (month, year) = typed.MonthAndYear;
            var intent = sessions.Pay(session.Id, Card.Typed(typed.Number, month, year, typed.Cvc, clock.GetUtcNow()), typed.Email, publicUrl.Of(context));
            if (intent.Status == "requires_action") context.Response.Redirect(intent.ActionUrl!);
            else await Leave(context, session);
        }
        catch (StripeError e)
        {
            await WriteCheckout(context, session, typed, e.Message, e.Body.Param, 422);
        }
    }

    static Task ShowBank(HttpContext context, StripeBook book)
    {
        if (book.Find(Id(context)) is not { } intent || intent.Secret != context.Request.Query["secret"]) return Gone(context, "There is no such payment.");
        if (intent.Status != "requires_action") return Return(context, intent);
        return Page.Write(context, "Confirm your payment", Html.Of($"""
            <body class="pay">
            <main class="sheet">
            <p class="mode">Test bank</p>
            <h1>Confirm your payment</h1>
            <p class="amount">{Page.Money(intent.Amount, intent.Currency)}</p>
            <p>A real bank would ask for a code or a tap in its app (3-D Secure). Here you decide how that ends.</p>
            <form method="post">
            <input type="hidden" name="secret" value="{intent.Secret}">
            <button class="button" name="outcome" value="complete">Complete</button>
            <button class="button quiet" name="outcome" value="fail">Fail</button>
            </form>
            </main>
            </body>
            """));
    }

    static async Task AnswerBank(HttpContext context, StripeBook book)
    {
        var form = StripeForm.Parse(await Wire.ReadBody(context.Request));
        try
        {
            await Return(context, book.Answer3ds(Id(context), form.Take("secret") ?? "", form.Take("outcome") == "complete"));
        }
        catch (StripeError)
        {
            await Gone(context, "There is no such payment.");
        }
    }

    /// <summary>To return_url, with what Stripe adds. Whoever reads it may not trust it.</summary>
    static Task Return(HttpContext context, Intent intent)
    {
        if (intent.ReturnUrl is null) return Gone(context, "This payment has nowhere to go back to.");
        context.Response.Redirect(With(intent.ReturnUrl, $"payment_intent={intent.Id}&payment_intent_client_secret={intent.Secret}&redirect_status={(intent.Status == "requires_payment_method" ? "failed" : intent.Status)}"));
        return Task.CompletedTask;
    }

    static Task Leave(HttpContext context, CheckoutSession session)
    {
        context.Response.Redirect(session.Order.SuccessUrl.Replace("{CHECKOUT_SESSION_ID}", session.Id, StringComparison.Ordinal));
        return Task.CompletedTask;
    }

    static Task WriteCheckout(HttpContext context, CheckoutSession session, CardForm typed, string? fault, string? param, int status)
    {
        var amount = Page.Money(session.Amount, session.Currency);
        var summary = fault is null ? Html.Nothing : Html.Of($"<div class=\"fault\" id=\"fault\" role=\"alert\"><p>{fault}</p></div>");
        var email = session.Order.Email is { } known ? Html.Of($"<p class=\"fact\"><span>Email</span> {known}</p>") : Html.Of($"""
            <div class="field"><label for="email">Email</label><input id="email" name="email" type="email" autocomplete="email" value="{typed.Email}" required{Invalid(param, "email")}></div>
            """);
        var cancel = session.Order.CancelUrl is { } back ? Html.Of($"<p><a href=\"{back}\">Cancel and go back</a></p>") : Html.Nothing;
        return Page.Write(context, (fault is null ? "" : "Error: ") + "Pay " + amount, Html.Of($"""
            <body class="pay">
            <main class="sheet">
            <p class="mode">Test mode: no money moves</p>
            <h1>Pay {amount}</h1>
            <p>{session.Order.Title}</p>
            {summary}
            <form method="post" novalidate>
            {email}
            {CardFields(typed, param)}
            <button class="button">Pay {amount}</button>
            </form>
            {cancel}
            <p class="hint">4242 4242 4242 4242 pays, with any date ahead and any three digits. <a href="/#cards">Other test cards</a></p>
            </main>
            </body>
            """), status);
    }

    static Html CardFields(CardForm typed, string? param) => Html.Of($"""
        <div class="field"><label for="number">Card number</label><input id="number" name="number" inputmode="numeric" autocomplete="cc-number" placeholder="1234 1234 1234 1234" value="{typed.Number}" required{Invalid(param, "number")}></div>
        <div class="pair">
        <div class="field"><label for="expiry">Expires</label><input id="expiry" name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY" value="{typed.Expiry}" required{Invalid(param, "exp_month", "exp_year")}></div>
        <div class="field"><label for="cvc">Security code</label><input id="cvc" name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="3 digits" required{Invalid(param, "cvc")}></div>
        </div>
        """);

    static Html Invalid(string? param, params ReadOnlySpan<string> names) => param is not null && names.Contains(param) ? new(" aria-invalid=\"true\" aria-describedby=\"fault\" autofocus") : Html.Nothing;

    static Task Gone(HttpContext context, string message) => Page.Write(context, "Nothing to pay here", Html.Of($"""
        <body class="pay"><main class="sheet"><h1>Nothing to pay here</h1><p>{message}</p></main></body>
        """), 404);

    static string Id(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    static string With(string url, string query)
    {
        var fragment = url.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash ? url[hash..] : "";
        var rest = url[..^fragment.Length];
        return $"{rest}{(rest.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}{fragment}";
    }

    sealed record CardForm(string? Email = null, string? Number = null, string? Expiry = null, string? Cvc = null)
    {
        public (string? Month, string? Year) MonthAndYear => (Expiry ?? "").Split('/') is [var month, var year] ? (month.Trim(), year.Trim()) : (null, null);
    }
}
