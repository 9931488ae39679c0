using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Events;

/// <summary>What buyers ask for first: the list, a few events, and pages that are not there. Asked for once before the process calls itself ready.</summary>
sealed class RehearsedPages(QuerySession db) : IRehearsed
{
    public async Task<IReadOnlyList<string>> Paths(CancellationToken ct)
    {
        var addresses = await db.Query<string>("select address from doc_event_card where published order by id desc limit 3", ct);
        return ["/", .. addresses.Select(a => "/e/" + a), "/checkout/none", "/order/none"];
    }
}
