namespace Sandbox.Stripe;

/// <summary>The front page: what this is, the test cards, what was paid.</summary>
static class PaymentsPage
{
    const int Shown = 100;

    public static void Map(IEndpointRouteBuilder app, StripeBook book, StripeWebhooks webhooks, TimeProvider clock) => app.MapGet("/", context => Show(context, book, webhooks, clock));

    static Task Show(HttpContext context, StripeBook book, StripeWebhooks webhooks, TimeProvider clock)
    {
        var (pending, delivered, refused, abandoned, held) = webhooks.Counts;
        var intents = book.Intents.OrderByDescending(i => i.Created).Take(Shown).ToArray();
        var endpoints = webhooks.Endpoints.Count == 0 ? Html.Of($"<p class=\"none\">No endpoint is set: events are kept and sent to nobody.</p>")
            : Html.Of($"<p>{Html.Each(webhooks.Endpoints, e => Html.Of($"<code>{e.Url}</code> "))}: {delivered} taken, {refused} attempts refused, {pending} waiting, {held} held back, {abandoned} given up.</p>");
        return Page.WriteOwn(context, "Payments", Html.Of($"""
            <h1>Foyer sandbox</h1>
            <p>This stands in for Stripe and SendGrid: it answers as they do, keeps what it was told, and calls back with signed webhooks. No money moves and no mail leaves this machine.</p>
            <h2>Payments</h2>
            {(intents.Length == 0 ? Html.Of($"<p class=\"none\">No payment yet.</p>") : Table(intents, clock))}
            <h2>Webhooks</h2>
            {endpoints}
            <h2 id="cards">Test cards</h2>
            <p>Any date ahead, any three digits (four for Amex).</p>
            <div class="table" tabindex="0" role="region" aria-label="Test cards"><table><thead><tr><th scope="col">Number</th><th scope="col">What it does</th></tr></thead><tbody>
            {Html.Each(Card.All, c => Html.Of($"<tr><td><code>{Grouped(c.Number)}</code></td><td>{c.Does}</td></tr>\n"))}
            </tbody></table></div>
            """));
    }

    static Html Table(Intent[] intents, TimeProvider clock) => Html.Of($"""
        <div class="table" tabindex="0" role="region" aria-label="Payments"><table><thead><tr><th scope="col">Begun</th><th scope="col">Payment</th><th scope="col">Order</th><th scope="col">State</th><th scope="col" class="number">Amount</th><th scope="col" class="number">Refunded</th></tr></thead><tbody>
        {Html.Each(intents, i => Html.Of($"<tr><td>{Page.Time(clock, i.Created)}</td><td><code>{i.Id}</code></td><td><code>{i.Metadata.FirstOrDefault(m => m.Key == "order_id").Value}</code></td><td class=\"state {Mood(i)}\">{i.Status.Replace('_', ' ')}</td><td class=\"number\">{Page.Money(i.Amount, i.Currency)}</td><td class=\"number\">{(i.Charge is { Refunded: > 0 and var back } ? Page.Money(back, i.Currency) : Html.Nothing)}</td></tr>\n"))}
        </tbody></table></div>
        """);

    static string Mood(Intent intent) => intent.Status switch { "succeeded" => "good", "canceled" => "bad", _ when intent.Fault is not null => "bad", _ => "open" };

    static string Grouped(string number) => number.Length == 15 ? $"{number[..4]} {number[4..10]} {number[10..]}" : string.Join(' ', number.Chunk(4).Select(part => new string(part)));
}
