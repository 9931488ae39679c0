namespace Sandbox.Stripe;

/// <summary>What stands in for Stripe.js, and the frames its elements live in: card data is typed into this origin and sent to it, never to the page around.</summary>
static class StripeJs
{
    static readonly (string Method, string Type, string Name)[] Wallets = [("applePay", "apple_pay", "Apple Pay"), ("googlePay", "google_pay", "Google Pay"), ("link", "link", "Link")];

    public static void Map(IEndpointRouteBuilder app, StripeConduct conduct)
    {
        app.MapGet("/v3/", context =>
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            return Assets.Send(context, "stripe.js");
        });
        app.MapGet("/v3/element", ShowElement);
        app.MapGet("/v3/express", context => ShowButtons(context, conduct.Now.Wallets));
        app.MapGet("/v3/wallet", ShowSheet);
        app.MapMethods("/v1/{**path}", ["OPTIONS"], context =>
        {
            var headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = "*";
            headers.AccessControlAllowMethods = "GET, POST";
            headers.AccessControlAllowHeaders = "Authorization, Content-Type, Stripe-Account, Stripe-Version";
            headers.AccessControlMaxAge = "600";
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        });
    }

    static Task ShowElement(HttpContext context) => Page.Write(context, "Card", Html.Of($"""
        <body>
        <main>
        <h1 class="unseen">Card</h1>
        <form id="card" novalidate>
        <div class="field whole"><label for="number">Card number</label><input id="number" name="number" inputmode="numeric" autocomplete="cc-number" placeholder="1234 1234 1234 1234" aria-describedby="number-error"><p class="error" id="number-error" hidden></p></div>
        <div class="field"><label for="expiry">Expires</label><input id="expiry" name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY" aria-describedby="expiry-error"><p class="error" id="expiry-error" hidden></p></div>
        <div class="field"><label for="cvc">Security code</label><input id="cvc" name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="3 digits" aria-describedby="cvc-error"><p class="error" id="cvc-error" hidden></p></div>
        </form>
        <p class="hint">Test mode: 4242 4242 4242 4242 pays, with any date ahead and any three digits. <a href="/#cards" target="_blank" rel="noopener">Other test cards</a></p>
        </main>
        </body>
        """), script: "element.js", framed: true);

    /// <summary>No device has all of these at once; here they are there to be tried.</summary>
    static Task ShowButtons(HttpContext context, string[]? available) => Page.Write(context, "Wallets", Html.Of($"""
        <body class="bare">
        <main id="wallets">
        <h1 class="unseen">Wallets</h1>
        {Html.Each(Wallets.Where(w => available is null || available.Contains(w.Method)), w => Html.Of($"<button type=\"button\" class=\"wallet\" value=\"{w.Type}\">{w.Name}</button>"))}
        </main>
        </body>
        """), script: "wallets.js", framed: true);

    static Task ShowSheet(HttpContext context) => Page.Write(context, "Wallet", Html.Of($"""
        <body class="bare">
        <main class="sheet">
        <form id="sheet" novalidate hidden>
        <div class="whole"><p class="hint">Test wallet: no money moves</p><h1 id="title">Wallet</h1><p id="payee"></p></div>
        <div class="field whole"><label for="card">Card</label><select id="card"><option value="4242424242424242">Visa •••• 4242, pays</option><option value="4000000000000002">Visa •••• 0002, is declined</option><option value="4000002500003155">Visa •••• 3155, asks first</option></select></div>
        <div class="field whole" id="ask-name"><label for="name">Name</label><input id="name" value="Wanda Wallet"></div>
        <div class="field whole" id="ask-email"><label for="email">Email</label><input id="email" type="email" required value="wanda@example.org"></div>
        <dl class="whole" id="items"></dl>
        <p class="error whole" id="fault" role="alert" hidden></p>
        <button class="wallet whole" id="pay">Pay</button>
        <button class="quiet whole" type="button" id="cancel">Cancel</button>
        </form>
        </main>
        </body>
        """), script: "wallets.js", framed: true);
}
