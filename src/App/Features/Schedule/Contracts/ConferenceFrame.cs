using App.Features.Content.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Contracts;

/// <summary>The frame of every page of a conference: its organizer's name and colours, its own ways.</summary>
public static class ConferenceFrame
{
    public static Frame Of(string title, CatalogueEvent e, OrganizationCard organization, ContentSite site, ConferenceSchedule schedule, Texts texts) => new(title.Length > 0 ? $"{title}, {e.Title}" : e.Title)
    {
        Brand = organization.Brand,
        Links = site.Links(new(organization.Slug, e.Slug), schedule, texts),
    };
}
