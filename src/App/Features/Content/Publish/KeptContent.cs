using App.Features.Content.Package;
using App.Infrastructure.Store;

namespace App.Features.Content.Publish;

/// <param name="Package">Null: this version of Foyer can't read it.</param>
public sealed record KeptPackage(Guid Id, ContentFiles Files, ContentPackage? Package, IReadOnlyList<ContentFault> Faults);

/// <summary>Packages that were fetched and aren't live, for who looks at one: the last is remembered.</summary>
public sealed class KeptContent(QuerySession db)
{
    volatile KeptPackage? last;

    /// <summary>Null: its files aren't kept any more.</summary>
    public async Task<KeptPackage?> Find(Guid packageId, CancellationToken ct)
    {
        if (last is { } known && known.Id == packageId) return known;
        if (await db.Load<StoredPackage>(packageId, ct) is not { } stored) return null;
        var files = stored.ToFiles();
        var reading = ContentReader.Read(files);
        return last = new(packageId, files, reading.Package, reading.Faults);
    }

    /// <summary>Which of these are kept.</summary>
    public async Task<IReadOnlySet<Guid>> Of(IEnumerable<ContentVersion> versions, CancellationToken ct) =>
        (await db.Query<KeptId>("select id from doc_content_package where id = any($1)", ct, versions.Select(v => v.PackageId).ToArray())).Select(k => k.Id).ToHashSet();

    sealed record KeptId(Guid Id);
}
