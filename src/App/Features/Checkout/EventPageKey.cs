using App.Features.Content.Contracts;
using App.Features.Events.Contracts;
using App.Features.Live.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Checkout;

/// <summary>What an event's page shows to everybody: the event, whose it is, and of each ticket type whether it is to be had, what everybody is told. Read from memory; equal keys are equal pages.</summary>
public sealed class EventPageKey(EventCatalogue catalogue, OrganizationDirectory organizations, HotStreams<Inventory> inventories, ScheduleCatalogue schedules, LiveContent content, Notices notices, TimeProvider clock) : IPublicPageKey
{
    sealed record Key(CatalogueEvent Event, OrganizationCard Organization, bool OnSale, bool IsArchived, string Left, ConferenceSchedule? Schedule, ContentSite Site, IReadOnlyList<Notice>? Notices)
    {
        // The states are never changed in place: the same one is the same object.
        public bool Equals(Key? other) => other is not null && ReferenceEquals(Event, other.Event) && Organization == other.Organization && OnSale == other.OnSale && IsArchived == other.IsArchived && Left == other.Left && ReferenceEquals(Schedule, other.Schedule) && ReferenceEquals(Site, other.Site) && ReferenceEquals(Notices, other.Notices);
        public override int GetHashCode() => Left.GetHashCode(StringComparison.Ordinal);
    }

    public async ValueTask<object?> Of(HttpContext context)
    {
        var route = context.Request.RouteValues;
        if (route["organization"] is not string organization || route["slug"] is not string slug) return null;
        if (await catalogue.Find(organization, slug, context.RequestAborted) is not { Published: true } e) return null;
        if (await organizations.Find(e.OrganizationId, context.RequestAborted) is not { } card) return null;
        var inventory = (await inventories.Get(InventoryId.Of(e.Id))).State;
        var now = clock.GetUtcNow();
        return new Key(e, card, e.IsOnSale(now), e.IsArchived(now), Left(e, inventory), e.IsConference ? await schedules.Find(e.Id) : null, content.Of(card.Slug, e), e.IsConference ? await notices.ForEverybody(e.Id) : null);
    }

    static string Left(CatalogueEvent e, Inventory inventory) => string.Create(e.Types.Count, (e, inventory), static (left, of) =>
    {
        // Past the few that a page counts out, "there are some" is all it says.
        for (var i = 0; i < left.Length; i++) left[i] = (char)Math.Clamp(of.inventory.Free(of.e.Types[i].Quotas), 0, Availability.Few + 1);
    });
}
