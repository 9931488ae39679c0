namespace Sandbox.Stripe;

/// <summary>What stands in for Stripe.js, and the frame its payment element lives in: card data is typed into this origin and sent to it, never to the page around.</summary>
static class StripeJs
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v3/", context =>
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            return Assets.Send(context, "stripe.js");
        });
        app.MapGet("/v3/element", ShowElement);
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
        """), script: "/_sandbox/assets/element.js", framed: true);
}
