using System.Buffers.Text;
using System.Net;
using App.Features.Checkout.Contracts;
using App.Tests.Support;

namespace App.Tests.Faults;

/// <summary>F41: what no page of ours would send. Prices are ours, places are counted here, and a token opens its own order or nothing.</summary>
public sealed class TamperingTests
{
    [Fact]
    public async Task Prices_that_a_client_sends_are_nobodys()
    {
        await using var house = await House.Open();
        using var buyer = house.Buyer();
        (string, string)[] lies = [("price", "1"), ("amount", "1"), ("total", "0"), ("currency", "JPY"), ("fee", "0"), ("Order.Total", "0"), ("Event.Currency", "JPY"), ("status", "paid")];
        var held = await buyer.Browser.Post(house.Show.Path + "?price=1&amount=1", [(house.Show.Field, "2"), .. lies]);
        held.Status.ShouldBe(HttpStatusCode.SeeOther);

        using var script = new Browser(house.App.Address) { Headers = { ["Accept"] = "application/json" } };
        var begun = await script.Post(held.Location + "?amount=1&OrderId=1", [("email", buyer.Email), ("name", buyer.Name), .. lies]);
        begun.Status.ShouldBe(HttpStatusCode.OK);
        var secret = System.Text.Json.JsonDocument.Parse(begun.Html).RootElement.GetProperty("clientSecret").GetString()!;
        await house.Sandbox.Pay(secret[..secret.IndexOf("_secret_", StringComparison.Ordinal)]);
        await Eventually.Is(async () => await house.Facts("order-paid") == 1);

        (await house.Sandbox.Ledger()).GetProperty("charges")[0].GetProperty("amount").GetInt64().ShouldBe(9000);
        await house.Verify();
    }

    [Fact]
    public async Task A_count_that_cannot_be_had_holds_nothing_is_said_beside_its_field_and_stays_as_typed()
    {
        await using var house = await House.Open(amount: 0);
        var before = await house.Facts();
        using var buyer = house.Buyer();
        foreach (var typed in new[] { "-1", "1000000000", "99999999999999999999", "2147483648", "11", "1.5", "1e1", "0x10", "٣", "two", "🎫", "1; drop table events", "<b>1</b>", "\u202E1", new string('9', 30_000) })
        {
            var page = await buyer.Browser.Post(house.Show.Path, [(house.Show.Field, typed)]);
            page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, typed);
            page.Html.ShouldContain($"id=\"{house.Show.Field}-e\"");
            WebUtility.HtmlDecode(page.Html).ShouldContain($"value=\"{typed}\"");
            page.Html.ShouldNotContain("<b>1</b>");
        }
        (await house.Facts()).ShouldBe(before);
        await house.Verify();
    }

    [Fact]
    public async Task Nothing_chosen_and_tickets_of_elsewhere_are_refused_with_words()
    {
        await using var house = await House.Open(amount: 0);
        var other = await house.App.AddShow(slug: "other", title: "Elsewhere");
        await house.Knows(other);
        using var buyer = house.Buyer();
        var before = await house.Facts();
        foreach (var (fields, says) in new ((string, string)[], string)[]
        {
            ([], "Choose at least one ticket."),
            ([(house.Show.Field, "")], "Choose at least one ticket."),
            ([(house.Show.Field, "0")], "Choose at least one ticket."),
            ([(other.Field, "1")], "This kind of ticket is not sold any more."),
            ([(house.Show.Field, "1"), (other.Field, "1")], "This kind of ticket is not sold any more."),
            ([("t-", "1")], "This kind of ticket is not sold any more."),
            ([("t-00000000000000000000000000000000", "1")], "This kind of ticket is not sold any more."),
            ([(house.Show.Field, "1"), (house.Show.Field, "2")], "Enter a number"),
        })
        {
            var page = await buyer.Browser.Post(house.Show.Path, fields);
            page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, page.Text);
            page.Text.ShouldContain(says);
        }
        (await house.Facts()).ShouldBe(before);
        await house.Verify();
    }

    [Fact]
    public async Task Unknown_forged_and_foreign_tokens_are_one_and_the_same_404()
    {
        await using var house = await House.Open(amount: 0);
        using var buyer = house.Buyer();
        await buyer.Choose(house.Show);
        await buyer.Send();
        await house.Settle();
        var links = house.App.Get<OrderLinks>();
        var token = links.Token(buyer.OrderId);
        var bytes = Base64Url.DecodeFromChars(token);
        string[] foreign =
        [
            buyer.OrderId.ToString(), "x", new('A', 43), new('A', 5000), token[..^1], token + "A", token.ToUpperInvariant(), "%2e%2e%2f", "'%20or%201=1--", "%F0%9F%8E%AB",
            Base64Url.EncodeToString([.. bytes[..16], .. new byte[16]]), Base64Url.EncodeToString([.. bytes[..^1], (byte)(bytes[^1] ^ 1)]), Base64Url.EncodeToString([.. house.Show.EventId.ToByteArray(bigEndian: true), .. bytes[16..]]),
            links.Token(house.Show.EventId), // rightly signed, and no order of that name
        ];
        var before = await house.Facts();
        var bodies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var bad in foreign)
        {
            foreach (var path in new[] { $"/checkout/{bad}", $"/order/{bad}", $"/order/{bad}/prove", $"/order/{bad}/guests" })
            {
                var page = await buyer.Browser.Get(path);
                page.Status.ShouldBe(HttpStatusCode.NotFound, path);
                bodies.Add(page.Html);
            }
            (await buyer.Browser.Get($"/order/{bad}/tickets.pdf")).Status.ShouldBe(HttpStatusCode.NotFound, bad);
            (await buyer.Browser.Get($"/order/{bad}/event.ics")).Status.ShouldBe(HttpStatusCode.NotFound, bad);
            foreach (var handler in new[] { "", "?handler=extend" })
                (await buyer.Browser.Post($"/checkout/{bad}{handler}", [("email", buyer.Email), ("name", buyer.Name)])).Status.ShouldBe(HttpStatusCode.NotFound, bad);
        }
        bodies.ShouldHaveSingleItem(); // nobody can tell one from the other
        (await house.Facts()).ShouldBe(before);
        (await buyer.Browser.Get("/order/" + token)).Status.ShouldBe(HttpStatusCode.OK);
        await house.Verify();
    }

    [Fact]
    public async Task A_token_whose_hold_ended_says_so_keeps_the_typing_and_one_that_was_used_shows_the_tickets()
    {
        await using var house = await House.Open(capacity: 2, amount: 0, minutesAgo: 16);
        using var slow = house.Buyer("slow");
        using var quick = house.Buyer("quick");
        await slow.Choose(house.Show, 2);
        house.Clock.Now = House.Today;
        await Eventually.Is(async () => await house.Facts("holds-ended") == 1);

        var ended = await slow.Send();
        ended.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ended.Text.ShouldContain("Your hold ended. Take the same tickets again to go on: nothing you typed is lost.");
        ended.Html.ShouldContain($"value=\"{slow.Email}\"");
        await quick.Choose(house.Show);
        await quick.Send();
        var gone = await slow.Extend();
        gone.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        gone.Text.ShouldContain("Only 1 left of these.");
        gone.Html.ShouldContain($"value=\"{slow.Email}\"");

        (await quick.Browser.Get(quick.Checkout)).Location.ShouldBe(quick.Order);
        (await quick.Send()).Location.ShouldBe(quick.Order);
        (await house.Facts("order-paid")).ShouldBe(1);
        (await quick.Extend()).Status.ShouldBeOneOf(HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect);
        await house.Verify();
    }
}
