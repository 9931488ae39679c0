using System.Collections.Concurrent;
using App.Features.Shared;
using App.Infrastructure.Store;

namespace App.Features.Organizations.Contracts;

/// <summary>What others may know of an organization: its name, its two brand numbers, where to reach it, and where its money goes.</summary>
public sealed record OrganizationCard(Guid Id, string Slug, string Name, int Hue, double Chroma, string Contact, string Address, string? StripeAccount)
{
    public Brand Brand => new(Name, Slug, Hue, Chroma, $"/o/{Slug}", Address.Length == 0 ? Name : $"{Name}, {Address}");
}

/// <summary>Organizations by id and by slug, remembered for a few seconds: they change rarely and are asked for by every page.</summary>
public sealed class OrganizationDirectory(QuerySession db, TimeProvider clock)
{
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    readonly ConcurrentDictionary<Guid, (OrganizationCard Card, DateTimeOffset At)> byId = new();
    readonly ConcurrentDictionary<string, Guid> bySlug = new();
    readonly ConcurrentDictionary<Guid, Lazy<Task<OrganizationCard?>>> loading = new();

    public async ValueTask<OrganizationCard?> Find(Guid id, CancellationToken ct)
    {
        if (byId.TryGetValue(id, out var known) && clock.GetUtcNow() - known.At < Fresh) return known.Card;
        // Every page asks, so many find at once that it is time to look again: one looks, for all of them and whether or not it still waits itself.
        return await loading.GetOrAdd(id, id => new(() => Load(id))).Value.WaitAsync(ct);
    }

    async Task<OrganizationCard?> Load(Guid id)
    {
        try { return await FindFresh(id, CancellationToken.None); }
        finally { loading.TryRemove(id, out _); }
    }

    /// <summary>As it is now, for somebody who is about to change it.</summary>
    public async Task<OrganizationCard?> FindFresh(Guid id, CancellationToken ct)
    {
        var asked = clock.GetUtcNow();
        return Remember(await db.Load<OrganizationCard>(id, ct), asked);
    }

    public async ValueTask<OrganizationCard?> Find(string slug, CancellationToken ct)
    {
        if (bySlug.TryGetValue(slug, out var id)) return await Find(id, ct);
        var found = await db.QueryFirst<Guid>("select id from doc_organization where slug = $1", ct, slug);
        if (found == Guid.Empty) return null;
        bySlug[slug] = found;
        return await Find(found, ct);
    }

    OrganizationCard? Remember(OrganizationCard? card, DateTimeOffset now)
    {
        if (card is not null) byId[card.Id] = (card, now);
        return card;
    }
}
