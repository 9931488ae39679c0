using App.Features.Checkout.Contracts;
using Microsoft.Extensions.Caching.Memory;

namespace App.Features.Checkout;

/// <summary>Who gave their details within the last minute, so that the page that follows needs no query for them. What is corrected through this process is forgotten at once; through another, it shows after the minute.</summary>
public sealed class RecentBuyers : IDisposable
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = 50_000 });

    public Buyer? Find(Guid orderId) => known.Get<Buyer>(orderId);

    public void Keep(OrderContact contact) => known.Set(contact.Id, new Buyer(contact.Name, contact.Email, contact.Language), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Minute });

    public void Forget(Guid orderId) => known.Remove(orderId);

    public void Dispose() => known.Dispose();
}
