using App.Features.Checkout.Contracts;
using App.Features.Shared;
using App.Infrastructure;

namespace App.Tests.Features.Shared;

public sealed class PricingTests
{
    [Fact]
    public void Ten_thousand_random_prices_add_up_never_go_below_nothing_and_never_fall_as_the_amount_grows()
    {
        for (var seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            var rules = new PriceRules("EUR", random.Next(0, 3_000), random.Next(3) == 0 ? random.Next(0, 1_000) : 0, random.Next(2) == 0, random.Next(3) == 0 ? 0 : random.Next(0, 3_000), "VAT");
            var (less, more) = (random.NextInt64(0, 2_000), random.NextInt64(2_000, 100_000_000));
            var (a, b) = (Pricing.Of(less, rules), Pricing.Of(more, rules));
            foreach (var (amount, price) in new[] { (less, a), (more, b) })
            {
                (price.Net >= 0 && price.Fee >= 0 && price.Tax >= 0).ShouldBeTrue($"seed {seed}: {price}");
                (price.Net + price.Fee + price.Tax).ShouldBe(price.Gross, $"seed {seed}");
                price.Gross.ShouldBeGreaterThanOrEqualTo(amount, $"seed {seed}");
                if (!rules.FeeOnTop) price.Gross.ShouldBe(amount, $"seed {seed}"); // the promoter's price is the whole price
                else price.Net.ShouldBe(amount, $"seed {seed}");
            }
            b.Gross.ShouldBeGreaterThanOrEqualTo(a.Gross, $"seed {seed}");
            var next = Pricing.Of(more + 1, rules);
            next.Gross.ShouldBeGreaterThanOrEqualTo(b.Gross, $"seed {seed}");
        }
    }

    [Fact]
    public void The_first_number_times_the_quantity_is_the_last_and_all_tickets_one_by_one_come_back_to_it()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var rules = new PriceRules("EUR", random.Next(0, 2_000), random.Next(0, 200), random.Next(2) == 0, random.Next(0, 2_500), "VAT");
            var order = Ids.From(Guid.Empty, seed);
            OrderLine[] lines = [.. Enumerable.Range(0, random.Next(1, 5)).Select(i => new OrderLine(Ids.From(order, i), "", random.Next(1, 10), Pricing.Of(random.Next(0, 50_000), rules), [], null))];
            var total = lines.Sum(l => (l.Each * l.Count).Gross);
            total.ShouldBe(lines.Sum(l => l.Each.Gross * l.Count), $"seed {seed}");
            var tickets = OrderPlace.Of(order, lines);
            tickets.Sum(t => t.Line.Each.Gross).ShouldBe(total, $"seed {seed}");
            tickets.Select(t => t.TicketId).Distinct().Count().ShouldBe(lines.Sum(l => l.Count), $"seed {seed}");
        }
    }

    [Fact]
    public void A_free_ticket_carries_no_fee() => Pricing.Of(0, new("EUR", 500, 99, true, 2_100, "VAT")).ShouldBe(default);

    [Fact]
    public void A_fee_larger_than_the_price_takes_the_price_and_no_more() => Pricing.Of(50, new("EUR", 0, 99, false, 0, "")).ShouldBe(new Price(0, 50, 0));

    [Fact]
    public void An_amount_beyond_counting_is_refused_and_never_negative() => Should.Throw<OverflowException>(() => Pricing.Of(long.MaxValue / 2, new("EUR", 500, 0, true, 0, "")));

    [Theory]
    [InlineData(10_400, "EUR", "€104.00")]
    [InlineData(5_200, "JPY", "¥5,200")]
    [InlineData(1_250, "CHF", "CHF 12.50")]
    [InlineData(-1_234_567, "USD", "−$12,345.67")]
    [InlineData(1_234_567, "KWD", "KWD 1,234.567")]
    public void Money_is_written_as_its_currency_is(long minor, string currency, string text) => new Money(minor, currency).ToString().ShouldBe(text);
}
