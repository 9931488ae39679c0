using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Contracts;

/// <summary>The frame of every page of a conference: its organizer's name and colours, its own ways.</summary>
public static class ConferenceFrame
{
    public static Frame Of(string title, CatalogueEvent e, OrganizationCard organization, ConferenceSchedule schedule, Texts texts)
    {
        var address = new ScheduleAddress(organization.Slug, e.Slug);
        return new(title.Length > 0 ? $"{title}, {e.Title}" : e.Title)
        {
            Brand = organization.Brand,
            Links = [(texts.Of("programme.tickets"), address.Page), (texts.Of("programme.schedule"), address.Schedule), .. schedule.Speakers.IsEmpty ? [] : new[] { (texts.Of("programme.speakers"), address.Speakers) }],
        };
    }
}
