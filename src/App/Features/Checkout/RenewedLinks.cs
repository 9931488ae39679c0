using System.Collections.Immutable;
using App.Infrastructure.Store;

namespace App.Features.Checkout;

/// <summary>What the addresses of an order's page are made of from here on; the ones before open nothing.</summary>
public sealed record LinkGenerationSet(Guid OrderId, int Generation);

/// <summary>The orders whose address was changed, in one stream that every process has in memory: they are few, so an address is judged without asking the database. All others are of generation 0.</summary>
public sealed record RenewedLinks(ImmutableDictionary<Guid, int> Generations) : IEventSourced<RenewedLinks>
{
    public static readonly Guid Id = Infrastructure.Ids.From(new Guid("01890000-0000-7000-8000-0000000000f1"), "order-links");

    public static RenewedLinks Empty { get; } = new(ImmutableDictionary<Guid, int>.Empty);

    public int Of(Guid orderId) => Generations.GetValueOrDefault(orderId);

    public static RenewedLinks Evolve(RenewedLinks s, object fact) => fact is LinkGenerationSet e ? new(s.Generations.SetItem(e.OrderId, e.Generation)) : s;
}
