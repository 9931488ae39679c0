using System.Net;
using System.Text.RegularExpressions;
using App.Features.Events;
using App.Features.Events.Contracts;
using App.Features.Shared;
using App.Tests.Support;

namespace App.Tests.Features.Events;

public sealed class EditEventTests
{
    static readonly (string, string)[] Seven =
    [
        ("title", "Água & Sal"), ("starts", "2027-03-12T20:00"), ("ends", "2027-03-12T23:00"), ("venue", "Teatro Salitre"), ("kinds[0].name", "Standing"), ("kinds[0].price", "38,00"), ("kinds[0].places", "520"), ("zone", "Europe/Lisbon"), ("currency", "EUR"),
    ];

    [Fact]
    public async Task Seven_fields_make_a_draft_and_one_button_puts_it_on_sale()
    {
        await using var app = await AppHost.Start();
        var organization = await app.AddOrganization("salitre");
        using var browser = await app.SignedIn(organization.Id, StaffRole.Promoter);
        await browser.Get("/office/events/new");

        var draft = await browser.PostForm("/office/events/new", Seven, follow: true);
        draft.Text.ShouldContain("Draft kept");
        using var anybody = app.Browser();
        (await anybody.Get("/e/salitre/agua-sal")).Status.ShouldBe(HttpStatusCode.NotFound);

        (await browser.PostForm(draft.Address.AbsolutePath, [.. Typed(draft.Html), ("deed", "publish")], follow: true)).Text.ShouldContain("is published");
        await app.HandleDueMessages();
        await Eventually.Is(async () => (await anybody.Get("/e/salitre/agua-sal")).Status == HttpStatusCode.OK); // within about a second
        var page = await anybody.Get("/e/salitre/agua-sal");
        page.Text.ShouldContain("€38.00");
        page.Text.ShouldContain("Friday 12 March 2027, 20:00");
    }

    [Fact]
    public async Task A_conference_is_one_from_its_first_draft_on()
    {
        await using var app = await AppHost.Start();
        using var browser = await app.SignedIn((await app.AddOrganization("salitre")).Id, StaffRole.Promoter);
        (await browser.Get("/office/events/new")).Text.ShouldContain("A conference");
        var draft = await browser.PostForm("/office/events/new", [.. Seven, ("isConference", "true")], follow: true);
        (await app.Get<EventCatalogue>().Find(Guid.Parse(draft.Address.Segments[^2].Trim('/'))))!.Kind.ShouldBe(EventKind.Conference);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_its_field_and_what_was_typed_stays()
    {
        await using var app = await AppHost.Start();
        using var browser = await app.SignedIn((await app.AddOrganization("salitre")).Id, StaffRole.Promoter);
        await browser.Get("/office/events/new");
        var page = await browser.PostForm("/office/events/new", ("title", "Mar"), ("starts", "2027-03-12T20:00"), ("ends", "2027-03-12T19:00"), ("venue", ""), ("kinds[0].name", "Standing"), ("kinds[0].price", "ten"), ("kinds[0].places", "-4"), ("zone", "Europe/Lisbon"), ("currency", "EUR"));
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("Choose an end after the start");
        page.Text.ShouldContain("Enter an amount like 12.50");
        page.Html.ShouldContain("value=\"ten\"");
        (await browser.Get("/office")).Text.ShouldContain("No events yet");
    }

    [Fact]
    public async Task A_review_shows_old_and_new_and_publishing_says_the_same_number()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow(amount: 4900);
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var path = $"/office/events/{show.EventId}/edit";
        var fields = Typed((await browser.Get(path)).Html).Select(f => f.Name switch { "kinds[0].price" => (f.Name, "52.00"), "lead" => (f.Name, "Three evenings."), _ => f }).ToArray();

        var review = await browser.PostForm(path, [.. fields, ("deed", "review")]);
        review.Html.ShouldContain("<del>€49.00</del> <ins>€52.00</ins>");
        review.Text.ShouldContain("Publish 2 changes");
        (await app.Get<EventCatalogue>().Find(show.EventId))!.Types[0].Amount.ShouldBe(4900);

        (await browser.PostForm(path, [.. fields, ("deed", "publish")], follow: true)).Text.ShouldContain("2 changes published");
        await Eventually.Is(async () => (await app.Get<EventCatalogue>().Find(show.EventId))!.Types[0].Amount == 5200);
        (await browser.PostForm(path, [.. fields, ("deed", "publish")], follow: true)).Text.ShouldContain("Nothing differed");
        (string, string)[] Speaking(string language) => [.. fields.Where(f => f.Name != "language"), ("language", language), ("deed", "publish")];
        (await browser.PostForm(path, Speaking("xx"))).Text.ShouldContain("Choose one of the languages");
        (await browser.PostForm(path, Speaking("de"), follow: true)).Text.ShouldContain("1 change published");
        await Eventually.Is(async () => (await app.Get<EventCatalogue>().Find(show.EventId))!.Language.Code == "de");
    }

    [Fact]
    public void Kinds_that_name_the_same_number_share_it()
    {
        var now = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var form = new EventForm
        {
            Title = "Mar", Starts = "2027-03-12T20:00", Ends = "2027-03-12T23:00", Venue = "Hall", Zone = "Europe/Lisbon", Currency = "EUR",
            Kinds = [new() { Name = "Full", Price = "10", Places = "50", Quota = "Hall" }, new() { Name = "Student", Price = "5", Places = "50", Quota = "hall" }, new() { Name = "Balcony", Places = "9" }],
        };
        var save = new ReadEventForm(form, CatalogueEvent.Empty, now) is var reading ? reading.Read(Guid.Parse("01890000-0000-7000-8000-000000000001"), Guid.Empty, "mar") : null!;
        reading.Faults.ShouldBeEmpty();
        save.Quotas.Select(q => q.Capacity).ShouldBe([50, 9]);
        save.Types[0].Quotas.ShouldBe(save.Types[1].Quotas);
        save.Types[2].Quotas.ShouldNotBe(save.Types[0].Quotas);
    }

    [Theory]
    [InlineData("2027-03-28T01:30", null)] // Lisbon's clocks skip this hour
    [InlineData("2027-10-31T01:30", "2027-10-31T00:30:00Z")] // it comes twice: the first
    [InlineData("2027-07-01T12:00", "2027-07-01T11:00:00Z")]
    [InlineData("tomorrow", null)]
    public void Local_times_are_read_in_the_events_zone(string typed, string? instant)
    {
        var form = new EventForm { Title = "Mar", Starts = typed, Ends = "2028-01-01T00:00", Venue = "Hall", Zone = "Europe/Lisbon", Currency = "EUR", Kinds = [new() { Name = "Full", Places = "1" }] };
        var reading = new ReadEventForm(form, CatalogueEvent.Empty, default);
        var save = reading.Read(Guid.Empty, Guid.Empty, "mar");
        if (instant is null) reading.Faults.ShouldContain(f => f.Field == "starts");
        else save.Dates!.Starts.ShouldBe(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_page_beside_the_form_is_the_events_own_with_what_is_typed_and_nothing_is_kept()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow(amount: 4900);
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var path = $"/office/events/{show.EventId}/edit";
        var fields = Typed((await browser.Get(path)).Html);

        var draft = await browser.PostForm(path + "?handler=preview", fields.Select(f => f.Name switch { "title" => (f.Name, "Other <b>name</b>"), "kinds[0].price" => (f.Name, "61"), "hue" => (f.Name, "33"), _ => f }).Append(("kinds[1].name", "Late")).Append(("kinds[1].places", "7")));

        var page = WebUtility.HtmlDecode(Regex.Match(draft.Html, "srcdoc=\"([^\"]*)\"").Groups[1].Value);
        page.ShouldContain("<h1>Other &lt;b&gt;name&lt;/b&gt;</h1>");
        page.ShouldContain("€61.00");
        page.ShouldContain("Only 7 left."); // a kind that isn't there yet has places, too
        page.ShouldContain("brand.css?v=33-0.085");
        page.ShouldNotContain("<script");
        draft.Text.ShouldContain("Publish 4 changes");
        draft.Html.ShouldContain("<del>hue 212</del> <ins>hue 33</ins>");
        (await app.Get<EventCatalogue>().Find(show.EventId))!.Title.ShouldBe("Inês Valverde: Slow Harbour");

        var half = await browser.PostForm(path + "?handler=preview", fields.Select(f => f.Name == "starts" ? (f.Name, "2027-") : f.Name == "lead" ? (f.Name, "Still shown.") : f));
        half.Status.ShouldBe(HttpStatusCode.OK);
        half.Html.ShouldContain("Still shown.");
    }

    [Fact]
    public async Task A_colour_counts_for_every_page_of_the_organization_once_it_is_published()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var path = $"/office/events/{show.EventId}/edit";
        var fields = Typed((await browser.Get(path)).Html).Select(f => f.Name == "hue" ? (f.Name, "33") : f).ToArray();

        (await browser.PostForm(path, [.. fields, ("deed", "publish")], follow: true)).Text.ShouldContain("1 change published");

        using var anybody = app.Browser();
        (await anybody.Get("/o/salitre")).Html.ShouldContain("/o/salitre/brand.css?v=33-0.085");
        (await anybody.Get("/o/salitre/brand.css?v=33-0.085")).Html.ShouldBe(":root{--hue:33;--chroma:0.085}");
        // What an address says is what it gives, so that no cache ever keeps an old colour under a new one.
        (await anybody.Get("/o/salitre/brand.css?v=212-0.085")).Html.ShouldBe(":root{--hue:212;--chroma:0.085}");
        (await anybody.Get("/o/salitre/brand.css?v=999-red;}")).Header("Cache-Control")!.ShouldNotContain("immutable");
        (await browser.PostForm(path, [.. fields.Select(f => f.Name == "hue" ? (f.Name, "360") : f), ("deed", "publish")])).Text.ShouldContain("Choose a hue from 0 to 359");
    }

    [Fact]
    public async Task A_picture_is_cleaned_kept_shown_and_served_as_nothing_but_a_picture()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var path = $"/office/events/{show.EventId}/edit";
        (string Name, string Value)[] fields = [.. Typed((await browser.Get(path)).Html).Where(f => f.Name is not ("file" or "artText")), ("artText", "A boat.")];

        // Named as something else: what it is says its content.
        var up = await browser.Upload(path, [.. fields, ("deed", "art")], "holiday.gif", SamplePictures.Jpeg());
        up.Status.ShouldBe(HttpStatusCode.OK, up.Text);
        var art = Regex.Match(up.Html, "name=\"art\" value=\"([^\"]+)\"").Groups[1].Value;
        art.ShouldMatch("^/pictures/[0-9a-f]{32}\\.jpg$");
        up.Text.ShouldContain("Publish 2 changes");
        var all = fields.Select(f => f.Name == "art" ? (f.Name, art) : f).ToArray();
        (await browser.PostForm(path, [.. all, ("deed", "publish")], follow: true)).Text.ShouldContain("2 changes published");

        using var anybody = app.Browser();
        await Eventually.Is(async () => (await anybody.Get(show.Path)).Html.Contains($"<img src=\"{art}\" width=\"1600\" height=\"1000\" alt=\"A boat.\"", StringComparison.Ordinal));
        await Eventually.Is(async () => (await anybody.Get("/")).Html.Contains($"<img src=\"{art}\" width=\"320\"", StringComparison.Ordinal));
        var picture = await anybody.Get(art);
        picture.Html.ShouldNotContain(SamplePictures.Secret);
        picture.Header("Content-Type").ShouldBe("image/jpeg");
        picture.Header("X-Content-Type-Options").ShouldBe("nosniff");
        picture.Header("Content-Security-Policy").ShouldBe("default-src 'none'; sandbox");
        picture.Header("Cache-Control")!.ShouldContain("immutable");
        anybody.Headers["If-None-Match"] = picture.Header("ETag")!;
        (await anybody.Get(art)).Status.ShouldBe(HttpStatusCode.NotModified);
        (await anybody.Get("/pictures/00000000000000000000000000000000.jpg")).Status.ShouldBe(HttpStatusCode.NotFound);

        (await browser.PostForm(path, [.. all, ("deed", "no-art")])).Html.ShouldContain("name=\"art\" value=\"\"");
        (await browser.PostForm(path, [.. all.Select(f => f.Name == "art" ? (f.Name, "") : f), ("deed", "publish")], follow: true)).Text.ShouldContain("1 change published");
    }

    [Theory]
    [InlineData("svg", "neither JPEG, PNG, WebP nor AVIF")]
    [InlineData("heavy", "weighs more than 5 MB")]
    [InlineData("small", "at least 640 × 400")]
    [InlineData("huge", "Save it smaller")]
    [InlineData("broken", "This picture is broken")]
    public async Task A_picture_that_is_refused_is_named_beside_its_field_and_what_was_typed_stays(string what, string said)
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var path = $"/office/events/{show.EventId}/edit";
        var fields = Typed((await browser.Get(path)).Html).Where(f => f.Name is not ("file" or "lead")).Append(("lead", "Typed and kept.")).ToArray();
        var file = what switch
        {
            "svg" => "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8.ToArray(), "heavy" => [.. SamplePictures.Png(), .. new byte[6 * 1024 * 1024]], "small" => SamplePictures.Png(300, 300),
            "huge" => SamplePictures.Webp(13_000, 800), _ => SamplePictures.Jpeg()[..200],
        };

        var page = await browser.Upload(path, [.. fields, ("deed", "art")], "artwork.png", file);

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Regex.Match(page.Html, "id=\"file-e\">.*?</p>").Value.ShouldContain(said);
        page.Html.ShouldContain("Typed and kept.");
        (await app.Db.QueryFirst<long>("select count(*) from events_pictures", default)).ShouldBe(0);
    }

    [Fact]
    public async Task Another_organizations_picture_is_not_taken()
    {
        await using var app = await AppHost.Start();
        var (show, other) = (await app.AddShow(), await app.AddOrganization("elsewhere"));
        var theirs = (await app.Bus.InvokeAsync<UploadedPicture>(new AddPicture(other.Id, SamplePictures.Png()), default)).Address;
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var path = $"/office/events/{show.EventId}/edit";
        var fields = Typed((await browser.Get(path)).Html);
        foreach (var art in new[] { theirs, "/art/slow-harbour.svg", "https://evil.example/x.png", "/pictures/x\" onerror=\"alert(1)" })
            (await browser.PostForm(path, [.. fields.Select(f => f.Name == "art" ? (f.Name, art) : f), ("deed", "review")])).Text.ShouldContain("Nothing differs", customMessage: art);
    }

    [Fact]
    public async Task Seats_are_typed_as_rows_sold_by_name_and_not_taken_from_who_has_one()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow(capacity: 10);
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var path = $"/office/events/{show.EventId}/edit";
        async Task<WebPage> Post(string seats, string deed = "publish") =>
            await browser.PostForm(path, [.. Typed((await browser.Get(path)).Html).Select(f => f.Name == "kinds[0].seats" ? (f.Name, seats) : f), ("deed", deed)], follow: true);

        (await Post("A 1-3\nrubbish")).Text.ShouldContain("Line 2: write a row and its numbers, like A 1-20");
        (await Post("A 1-3\nB 1-2", "review")).Html.ShouldContain("<ins>5: A 1-3; B 1-2</ins>");
        (await Post("A 1-3\nB 1-2")).Text.ShouldContain("published");
        await app.HandleDueMessages();
        await Eventually.Is(async () => (await app.Get<EventCatalogue>().Find(show.EventId))!.Types[0].Seated);
        var order = await app.Sell(show, 2);
        (await App.Features.Tickets.Contracts.OrderTickets.Of(order, app.Db, default)).Select(t => t.Seat).ShouldBe(["A 1", "A 2"]);

        var refused = await Post("A 2-3\nB 1-2");
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("A 1 is held or sold and can’t be taken away. Write it in again");
        (await Post("A 1-2\nB 1-4")).Text.ShouldContain("published"); // A 3 was free
        await app.HandleDueMessages();
        await Eventually.Is(async () => (await app.Get<EventCatalogue>().Find(show.EventId))!.Quotas[0].Capacity == 6);
        var rest = await app.Sell(show, 4);
        (await App.Features.Tickets.Contracts.OrderTickets.Of(rest, app.Db, default)).Select(t => t.Seat).ShouldBe(["B 1", "B 2", "B 3", "B 4"]);
        (await app.Get<App.Infrastructure.Verification.Verifier>().Run(default)).Results.SelectMany(r => r.Faults).ShouldBeEmpty();
    }

    [Fact]
    public async Task Places_that_are_sold_without_a_seat_get_none_later()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow(capacity: 10);
        await app.Sell(show, 2);
        using var browser = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var path = $"/office/events/{show.EventId}/edit";
        var page = await browser.PostForm(path, [.. Typed((await browser.Get(path)).Html).Select(f => f.Name == "kinds[0].seats" ? (f.Name, "A 1-20") : f), ("deed", "publish")]);
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("2 places are held or sold without a seat. Give the seats to a new ticket");
    }

    /// <summary>The form as a browser would send it back untouched.</summary>
    static (string Name, string Value)[] Typed(string html)
    {
        var fields = new List<(string, string)>();
        foreach (Match m in Regex.Matches(html, "<input (?<a>[^>]*)>"))
        {
            var a = m.Groups["a"].Value;
            string? Of(string name) => Regex.Match(a, $"(?<![a-z-]){name}=\"([^\"]*)\"") is { Success: true } f ? WebUtility.HtmlDecode(f.Groups[1].Value) : null;
            if (Of("name") is not { } field || field.StartsWith("__", StringComparison.Ordinal) || (Of("type") is "checkbox" or "radio" && !a.Contains("checked", StringComparison.Ordinal))) continue;
            fields.Add((field, Of("value") ?? ""));
        }
        foreach (Match m in Regex.Matches(html, "<textarea[^>]*name=\"(?<name>[^\"]+)\"[^>]*>(?<text>.*?)</textarea>", RegexOptions.Singleline)) fields.Add((m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["text"].Value)));
        if (Regex.Match(html, "<option selected(?:=\"selected\")?>([^<]+)</option>") is { Success: true } zone) fields.Add(("zone", zone.Groups[1].Value));
        return [.. fields];
    }
}
