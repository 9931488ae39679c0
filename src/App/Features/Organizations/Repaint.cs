using App.Features.Events.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Organizations;

/// <summary>A promoter chose another colour beside an event. Done with it, so that the next page has it; only that one number changes, whatever else is saved meanwhile.</summary>
[Inline]
public static class RepaintHandler
{
    public static Task Handle(ColourChosen chosen, DocumentSession db, CancellationToken ct) =>
        db.Execute("update doc_organization set data = data || jsonb_build_object('hue', $2::int), version = version + 1 where id = $1", ct, chosen.OrganizationId, chosen.Hue);
}
