using App.Features.Content.Package;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Content.Publish;

public sealed record StoredFile(string Path, byte[] Bytes);

/// <summary>A package as its files: they are read anew by each process, so that a later version of Foyer reads them its own way.</summary>
public sealed record StoredPackage(Guid Id, IReadOnlyList<StoredFile> Files)
{
    public ContentFiles ToFiles() => Files.Aggregate(new ContentFiles(), (files, f) => files.Add(f.Path, f.Bytes));
}

/// <summary>Makes a package live that was read without a fault, or lets it wait while another is kept. One that was fetched last already changes nothing.</summary>
public sealed record PublishContent(string Version, string Source, string Revision, IReadOnlyList<StoredFile> Files);

public static class PublishContentHandler
{
    public static async Task Handle(PublishContent command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Publication>(Publication.Stream, ct);
        var (state, now) = (stream.State, clock.GetUtcNow());
        if (state.Newest.Version == command.Version) return;
        var package = new StoredPackage(Ids.New(now), command.Files);
        var before = await db.Load<StoredPackage>(state.Newest.PackageId, ct);
        var changes = ContentChanges.Of(before?.ToFiles() ?? new ContentFiles(), package.ToFiles());
        object fact = state.IsKept
            ? new ContentWaits(package.Id, command.Version, command.Source, command.Revision, now, changes)
            : new ContentPublished(package.Id, command.Version, command.Source, command.Revision, now, changes);
        db.Store(package);
        foreach (var old in state.Versions.Except(Publication.Evolve(state, fact).Versions)) db.Delete<StoredPackage>(old.PackageId);
        stream.Append([fact]);
    }
}
