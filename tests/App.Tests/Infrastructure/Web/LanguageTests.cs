using System.Net;
using System.Text.RegularExpressions;
using App.Features.Shared;
using App.Infrastructure.Web;
using App.Tests.Support;

namespace App.Tests.Infrastructure.Web;

public sealed partial class LanguageTests
{
    [Theory]
    [InlineData("de-CH,de;q=0.9,en;q=0.8", "de")]
    [InlineData("en;q=0.3,fr;q=0.7", "fr")]
    [InlineData("nl,pt;q=0.8", "en")]
    [InlineData("nl,es;q=0.1", "es")]
    [InlineData("de;q=0,en", "en")]
    [InlineData("ar-EG", "ar")]
    [InlineData("; ;;q=x", "en")]
    public void A_browser_gets_the_best_of_what_it_reads(string header, string code) => Languages.Wanted(header).Code.ShouldBe(code);

    [Theory]
    [InlineData("en", 0, "other"), InlineData("en", 1, "one"), InlineData("fr", 0, "one"), InlineData("fr", 2, "other"), InlineData("ar", 0, "zero"), InlineData("ar", 1, "one"), InlineData("ar", 2, "two"), InlineData("ar", 3, "few")]
    [InlineData("ar", 110, "few"), InlineData("ar", 11, "many"), InlineData("ar", 99, "many"), InlineData("ar", 100, "other"), InlineData("ar", 102, "other"), InlineData("de", 21, "other")]
    public void Numbers_are_counted_as_CLDR_says(string code, long n, string form) => Language.Find(code)!.Form(n).ShouldBe(form);

    [Theory]
    [InlineData("en", "Friday 12 March 2027, 20:00", "Lisbon time", "€1,234.50")]
    [InlineData("es", "viernes 12 de marzo de 2027, 20:00", "hora de Lisbon", "1.234,50 €")]
    [InlineData("de", "Freitag, 12. März 2027, 20:00", "Ortszeit Lisbon", "1.234,50 €")]
    [InlineData("fr", "vendredi 12 mars 2027, 20:00", "heure de Lisbon", "1 234,50 €")]
    [InlineData("ar", "الجمعة، 12 مارس 2027، 20:00", "بتوقيت Lisbon", "€1,234.50")]
    public void Dates_and_sums_are_written_as_the_language_does(string code, string full, string zone, string sum)
    {
        Language.Current = Language.Find(code)!;
        var at = EventTime.Of(new(2027, 3, 12, 20, 0, 0, TimeSpan.Zero), "Europe/Lisbon");
        (at.Full, at.ZoneName).ShouldBe((full, zone));
        AnySpace().Replace(new Money(123450, "EUR").ToString(), " ").ShouldBe(sum);
    }

    [Fact]
    public async Task The_address_the_cookie_and_the_browser_choose_in_this_order_and_a_page_says_which()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow(amount: 4550);
        using var browser = app.Browser();
        (await browser.Get(show.Path)).Html.ShouldContain("<html lang=\"en\" dir=\"ltr\">");

        browser.Headers["Accept-Language"] = "fr-BE,fr;q=0.9";
        var french = await browser.Get(show.Path);
        french.Text.ShouldContain("Choisir des billets");
        french.Header("Vary")!.ShouldContain("Accept-Language");

        var arabic = await browser.Get(show.Path + "?lang=ar");
        arabic.Html.ShouldContain("<html lang=\"ar\" dir=\"rtl\">");
        arabic.Text.ShouldContain("اختر التذاكر");
        (await browser.Get(show.Path)).Html.ShouldContain("lang=\"ar\" dir=\"rtl\">", customMessage: "what was chosen is remembered");

        var german = await browser.Get("/sign-in?lang=de&returnUrl=/office");
        german.Text.ShouldContain("Für Veranstalter");
        german.Html.ShouldContain("href=\"?returnUrl=%2Foffice&amp;lang=es\"", customMessage: "another language, the same page");
    }

    [Fact]
    public async Task A_page_of_each_language_is_kept_in_memory_and_none_is_given_to_who_wants_another()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        using var browser = app.Browser();
        var tags = new Dictionary<string, string>();
        foreach (var round in new[] { 1, 2 })
            foreach (var language in Language.All)
            {
                var page = await browser.Get($"{show.Path}?lang={language.Code}");
                page.Html.ShouldContain($"<html lang=\"{language.Code}\"");
                page.Header("Set-Cookie")!.ShouldContain($"lang={language.Code}", customMessage: $"round {round}");
                if (round == 1) tags[language.Code] = page.Header("ETag").ShouldNotBeNull();
                else page.Header("ETag").ShouldBe(tags[language.Code]);
            }
        tags.Values.Distinct().Count().ShouldBe(Language.All.Count);
    }

    [Fact]
    public async Task A_refusal_and_an_error_speak_the_buyers_language_and_the_office_english()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        using var browser = app.Browser();
        browser.Headers["Accept-Language"] = "de";
        var refused = await browser.PostForm(show.Path, (show.Field, "0"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("Wählen Sie mindestens ein Ticket.");
        var held = await browser.PostForm(show.Path, (show.Field, "2"));
        (await browser.PostForm(held.Location!, ("email", "x"), ("name", ""))).Text.ShouldContain("2 Angaben sind zu berichtigen");
        (await browser.Get("/no/such/page")).Text.ShouldContain("Diese Tür führt nirgendwohin");

        using var owner = await app.SignedIn(show.OrganizationId, StaffRole.Owner);
        owner.Headers["Accept-Language"] = "de";
        (await owner.Get("/office")).Html.ShouldContain("<html lang=\"en\"");
    }

    /// <summary>plaza.md §5: a language that lacks a text broke the page there. Here each sentence falls back by itself.</summary>
    [Fact]
    public async Task What_a_language_lacks_is_said_in_English_sentence_by_sentence()
    {
        await using var app = await AppHost.Start();
        Language.Current = Language.Find("de")!;
        var texts = app.Get<Texts>();
        Texts.OfHouse(Language.Current).ContainsKey("refunds.no-such-order").ShouldBeFalse();
        texts.Of("refunds.no-such-order").ShouldBe("There is no such order.");
        texts.Of("checkout.no-such-order").ShouldBe("Diese Bestellung gibt es nicht.");
    }

    [GeneratedRegex(@"\s")]
    private static partial Regex AnySpace();
}
