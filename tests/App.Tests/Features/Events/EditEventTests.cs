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
