using System.Globalization;
using System.Net;
using App.Features.Checkout;
using App.Tests.Support;

namespace App.Tests.Faults;

/// <summary>Every field of the buyer's form, with everything that people paste and attackers try: said beside the field with the typing kept, or taken as it is and shown harmlessly; never a broken page, nothing half-done.</summary>
public sealed class BadInputTests
{
    static readonly string Long = string.Concat(Enumerable.Range(0, 9000).Select(i => i.ToString("x4", CultureInfo.InvariantCulture)));

    // What is typed, the name that stands on the ticket afterwards; null: refused.
    static readonly (string Typed, string? Becomes)[] Names =
    [
        ("", null), ("   ", null), ("\u0007\u001b", null), (Long, null), (new('n', 201), null), (new('n', 200), new('n', 200)), ("\uFFFE", null),
        ("Zoë \u0001\u0008O’Hara\r\nBcc: all@example.org", "Zoë O’HaraBcc: all@example.org"), ("𝄞 🎭 👩‍👩‍👧", "𝄞 🎭 👩‍👩‍👧"), ("مريم الخوري", "مريم الخوري"), ("\u202Eenohp", "\u202Eenohp"),
        ("Robert'); drop table events;--", "Robert'); drop table events;--"), ("<script>alert(1)</script>", "<script>alert(1)</script>"), ("\"><img src=x onerror=alert(1)>", "\"><img src=x onerror=alert(1)>"),
        ("{{name}} @Model ${7*7}", "{{name}} @Model ${7*7}"), ("e\u0301", "é"), ("a\uFFFFb", "ab"),
    ];

    static readonly string[] BadAddresses =
    [
        "", " ", "ines", "ines@", "@example.org", "ines@example", "ines@example.", "ines example@example.org", "ines@@example.org", "ines@example.org, bob@example.org", "Inês <ines@example.org>", new string('a', 65) + "@example.org",
        "a@" + new string('b', 260) + ".org", Long, "\u0007", "ines@example.org bcc:all@example.org", "🎫", "' or 1=1 --", "<script>@x.y </script>", "\uFFFE",
    ];

    [Fact]
    public async Task Any_name_is_taken_or_refused_with_words()
    {
        await using var house = await House.Open(capacity: 100, amount: 0);
        foreach (var (typed, becomes) in Names)
        {
            using var buyer = house.Buyer();
            await buyer.Choose(house.Show);
            var page = await buyer.Browser.Post(buyer.Checkout, [("email", buyer.Email), ("name", typed)]);
            if (becomes is null) { Refused(page, "name", typed); continue; }
            page.Status.ShouldBe(HttpStatusCode.SeeOther, typed);
            (await house.App.Db.Load<OrderContact>(buyer.OrderId, default))!.Name.ShouldBe(becomes);
            var order = await buyer.Browser.Get(buyer.Order);
            order.Status.ShouldBe(HttpStatusCode.OK, typed);
            Harmless(order);
            (await buyer.Browser.Get(buyer.Order + "/tickets.pdf")).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound); // a script that no font of ours has
        }
        await house.Settle();
        var taken = Names.Count(n => n.Becomes is not null);
        (await house.Facts("order-paid")).ShouldBe(taken);
        (await house.Facts("tickets-sent")).ShouldBe(taken); // each name also went through the mail
        await house.Verify();
    }

    [Fact]
    public async Task Whatever_is_no_address_is_said_beside_the_field_and_kept()
    {
        await using var house = await House.Open(amount: 0);
        using var buyer = house.Buyer();
        await buyer.Choose(house.Show);
        var before = await house.Facts();
        foreach (var typed in BadAddresses)
            Refused(await buyer.Browser.Post(buyer.Checkout, [("email", typed), ("name", "Inês")]), "email", typed);
        Refused(await buyer.Browser.Post(buyer.Checkout, []), "email", "");
        (await house.Facts()).ShouldBe(before);
        await house.Verify();
    }

    [Fact]
    public async Task Company_and_VAT_number_too_long_are_said_beside_their_fields_and_kept()
    {
        await using var house = await House.Open(amount: 0);
        using var buyer = house.Buyer();
        await buyer.Choose(house.Show);
        foreach (var (field, typed) in new[] { ("company", Long), ("company", string.Concat(Enumerable.Repeat("🎭", 101))), ("vat", Long), ("vat", new string('9', 41)) })
            Refused(await buyer.Browser.Post(buyer.Checkout, [("email", buyer.Email), ("name", "Inês"), (field, typed)]), field, typed);
        (await buyer.Browser.Post(buyer.Checkout, [("email", buyer.Email), ("name", "Inês"), ("company", "<b>Ça & Là</b>\u0001"), ("vat", "PT\t501 964 843")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        var contact = await house.App.Db.Load<OrderContact>(buyer.OrderId, default);
        (contact!.Company, contact.VatNumber).ShouldBe(("<b>Ça & Là</b>", "PT501 964 843"));
        await house.Verify();
    }

    [Fact]
    public async Task Asking_for_more_time_keeps_whatever_was_typed_so_far()
    {
        await using var house = await House.Open(amount: 0);
        using var buyer = house.Buyer();
        await buyer.Choose(house.Show);
        foreach (var typed in new[] { "half an addr", Long, "\uFFFE\u0001", "<script>alert(1)</script>" })
        {
            (await buyer.Browser.Post(buyer.Checkout + "?handler=extend", [("email", typed), ("name", typed), ("company", typed), ("vat", typed)])).Status.ShouldBe(HttpStatusCode.SeeOther, typed);
            var page = await buyer.Browser.Get(buyer.Checkout);
            page.Status.ShouldBe(HttpStatusCode.OK);
            Harmless(page);
        }
        await house.Verify();
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_answered_with_400_and_says_that_it_did_not_arrive()
    {
        await using var house = await House.Open(amount: 0);
        using var buyer = house.Buyer();
        await buyer.Choose(house.Show);
        var before = await house.Facts();
        (string, string)[][] forms =
        [
            [("name", new('x', 70_000)), (house.Show.Field, "1")],
            [.. Enumerable.Range(0, 600).Select(i => ($"f{i}", "1")), (house.Show.Field, "1")],
            [(new('k', 300), "1"), (house.Show.Field, "1")],
            [("email", buyer.Email), ("name", "In\u0000s"), (house.Show.Field, "1")], // no form of a browser's holds a null character
        ];
        foreach (var form in forms)
            foreach (var path in new[] { house.Show.Path, buyer.Checkout, buyer.Checkout + "?handler=extend" })
            {
                var page = await buyer.Browser.Post(path, form);
                page.Status.ShouldBe(HttpStatusCode.BadRequest, path);
                page.Text.ShouldContain("That didn’t arrive whole");
            }
        (await house.Facts()).ShouldBe(before);
        await house.Verify();
    }

    static void Refused(WebPage page, string field, string typed)
    {
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, typed);
        page.Html.ShouldContain($"id=\"{field}-e\"");
        if (typed.Trim().Length > 0) WebUtility.HtmlDecode(page.Html).Contains($"value=\"{typed}\"", StringComparison.Ordinal).ShouldBeTrue($"{field} is kept: {typed[..Math.Min(typed.Length, 80)]}");
        Harmless(page);
    }

    static void Harmless(WebPage page)
    {
        page.Html.ShouldNotContain("<script>alert");
        page.Html.ShouldNotContain("<img src=x");
    }
}
