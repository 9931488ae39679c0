using App.Features.Content.Package;
using App.Features.Content.Publish;
using App.Features.Events.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Content.Contracts;

/// <summary>
/// The content that is live, in memory: the package published last, in this or any other process (at most about a second ago), or the house's own where none was. One that can't be read keeps the one before.
/// </summary>
public sealed class LiveContent(HotStreams<Publication> streams, QuerySession db, Texts texts, TimeProvider clock, ILogger<LiveContent> log)
{
    static readonly Lazy<ContentPackage> house = new(() => ContentReader.Read(ContentFiles.OfHouse()) is { Package: { } package } reading ? package : throw new InvalidOperationException($"The content inside this program is faulty. {string.Join(" ", ContentReader.Read(ContentFiles.OfHouse()).Faults)}"));

    sealed record Live(Guid Id, ContentPackage Package);

    readonly SemaphoreSlim loading = new(1, 1);
    volatile Live live = new(Guid.Empty, house.Value);
    HotStream<Publication>? stream;

    internal static ContentPackage House => house.Value;
    internal ContentPackage Package => live.Package;

    /// <summary>What was published last. Empty: nothing was.</summary>
    internal Publication Publication => stream?.State ?? Publication.Empty;

    /// <summary>As it is now: pages may open and close by the venue's clock.</summary>
    /// <param name="organization">Its slug.</param>
    /// <param name="at">Null: now.</param>
    public ContentSite Of(string organization, CatalogueEvent e, DateTimeOffset? at = null) => live.Package.Site($"{organization}/{e.Slug}", e.TimeZone, at ?? clock.GetUtcNow());

    /// <summary>The installation's own, for pages that are no conference's.</summary>
    public ContentSite Installation => live.Package.Site("");

    /// <summary>Takes up what was published since. From memory unless there is something.</summary>
    public Task Refresh(CancellationToken ct) => stream is { } known && known.State.PackageId == live.Id ? Task.CompletedTask : Load(ct);

    async Task Load(CancellationToken ct)
    {
        await loading.WaitAsync(ct);
        try
        {
            stream ??= await streams.Get(Publication.Stream);
            var wanted = stream.State.PackageId;
            if (wanted == live.Id) return;
            if (await db.Load<StoredPackage>(wanted, ct) is not { } stored) return; // another one has followed meanwhile
            var reading = ContentReader.Read(stored.ToFiles());
            if (reading.Package is null) log.LogError("Content {Version} can’t be read by this version of Foyer, so what was live stays: {Fault}", stream.State.Live.Version, reading.Faults[0]);
            live = new(wanted, reading.Package ?? live.Package);
            texts.Bring(live.Package.Strings);
        }
        finally { loading.Release(); }
    }
}
