using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Html;

namespace App.Features.Checkout;

/// <summary>An event as search engines read it (schema.org, JSON-LD). Prices are whole, as on the page beside it.</summary>
static class EventData
{
    /// <param name="picture">The artwork's address, or empty.</param>
    public static IHtmlContent Of(Picker picker, OrganizationCard organization, SiteOptions site, string picture)
    {
        var e = picker.Event;
        var url = site.Link($"/e/{organization.Slug}/{e.Slug}");
        var data = new JsonObject
        {
            ["@context"] = "https://schema.org", ["@type"] = "Event",
            ["name"] = e.Title, ["description"] = e.Lead, ["url"] = url, ["image"] = picture.Length == 0 ? null : site.Link(picture),
            ["startDate"] = EventTime.Of(e.Starts, e.TimeZone).Iso, ["endDate"] = EventTime.Of(e.Ends, e.TimeZone).Iso, ["doorTime"] = EventTime.Of(e.Doors, e.TimeZone).Iso,
            ["eventStatus"] = "https://schema.org/EventScheduled", ["eventAttendanceMode"] = "https://schema.org/OfflineEventAttendanceMode",
            ["location"] = new JsonObject { ["@type"] = "Place", ["name"] = e.Venue, ["address"] = new JsonObject { ["@type"] = "PostalAddress", ["streetAddress"] = e.Address, ["addressLocality"] = e.City } },
            ["organizer"] = new JsonObject { ["@type"] = "Organization", ["name"] = organization.Name, ["url"] = site.Link(organization.Brand.Home) },
            ["offers"] = new JsonArray([.. picker.Rows.Select(row => Offer(row, e, url))]),
        };
        // The default encoder writes < > & as escapes, so that nothing an organizer typed can end the block.
        return new HtmlString($"<script type=\"application/ld+json\">{data.ToJsonString(JsonSerializerOptions.Default)}</script>");
    }

    static JsonObject Offer(PickerRow row, CatalogueEvent e, string url)
    {
        var digits = Money.Digits(e.Currency);
        return new()
        {
            ["@type"] = "Offer", ["name"] = row.Type.Name, ["url"] = url, ["priceCurrency"] = e.Currency,
            ["price"] = (row.Price.Gross / (decimal)Math.Pow(10, digits)).ToString("F" + digits, CultureInfo.InvariantCulture),
            ["availability"] = row.IsGone ? "https://schema.org/SoldOut" : "https://schema.org/InStock",
            ["validFrom"] = e.Opens is { } opens ? EventTime.Of(opens, e.TimeZone).Iso : null,
        };
    }
}
