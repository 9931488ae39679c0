using App.Features.Content.Package;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Content.Publish;

/// <summary>A package went live.</summary>
/// <param name="Version">Equal files, equal version.</param>
/// <param name="Source">A folder, or a repository without what opens it.</param>
/// <param name="Revision">The repository's commit; empty: a folder has none.</param>
public sealed record ContentPublished(Guid PackageId, string Version, string Source, string Revision, DateTimeOffset At);

/// <summary>What is live: the state of one stream, which every process follows.</summary>
public sealed record Publication(Guid PackageId, string Version, string Source, string Revision, DateTimeOffset At) : IEventSourced<Publication>
{
    public static Publication Empty { get; } = new(Guid.Empty, "", "", "", default);

    public static Guid Stream { get; } = new("c0a7e117-0000-8000-8000-000000000001");

    /// <summary>Of the one before: a process that is a moment behind still reads it.</summary>
    public Guid Before { get; init; }

    public static Publication Evolve(Publication state, object fact) => fact switch
    {
        ContentPublished e => new(e.PackageId, e.Version, e.Source, e.Revision, e.At) { Before = state.PackageId },
        _ => state,
    };
}

public sealed record StoredFile(string Path, byte[] Bytes);

/// <summary>A package as its files: they are read anew by each process, so that a later version of Foyer reads them its own way.</summary>
public sealed record StoredPackage(Guid Id, IReadOnlyList<StoredFile> Files)
{
    public ContentFiles ToFiles() => Files.Aggregate(new ContentFiles(), (files, f) => files.Add(f.Path, f.Bytes));
}

/// <summary>Makes a package live that was read without a fault. One that is live already changes nothing.</summary>
public sealed record PublishContent(string Version, string Source, string Revision, IReadOnlyList<StoredFile> Files);

public static class PublishContentHandler
{
    public static async Task Handle(PublishContent command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Publication>(Publication.Stream, ct);
        var now = clock.GetUtcNow();
        if (stream.State.Version == command.Version) return;
        var package = new StoredPackage(Ids.New(now), command.Files);
        db.Store(package);
        if (stream.State.Before != Guid.Empty) db.Delete<StoredPackage>(stream.State.Before);
        stream.Append([new ContentPublished(package.Id, command.Version, command.Source, command.Revision, now)]);
    }
}
