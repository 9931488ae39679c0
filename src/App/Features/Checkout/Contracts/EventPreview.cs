using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Checkout.Contracts;

/// <summary>An event's page with other values than it has: the very page buyers get, with the places that would be free.</summary>
public sealed class EventPreview(HotStreams<Inventory> inventories, ViewText views, TimeProvider clock)
{
    public async Task<string> Html(CatalogueEvent draft, OrganizationCard organization, HttpContext context)
    {
        var now = clock.GetUtcNow();
        var inventory = (await inventories.Get(InventoryId.Of(draft.Id))).State;
        var places = draft.Quotas.Aggregate(inventory, (state, q) => Inventory.Evolve(state, new CapacitySet(q.Id, q.Capacity, now)));
        var e = draft with { Published = true };
        return await views.Of("/Features/Checkout/EventPreview.cshtml", new EventView(e, organization, Picker.Of(e, places, now, _ => default)), context);
    }
}
