using App.Features.Content.Package;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Content.Publish;

/// <summary>Makes a package live that was fetched some time ago, and keeps it so; or follows the source again.</summary>
/// <param name="Keeps">False: the package is what was fetched last, and the source is followed.</param>
/// <param name="Seen">What was live when this was asked for: somebody else may have chosen meanwhile.</param>
public sealed record ChooseContent(Guid PackageId, bool Keeps, Guid Seen, Guid MemberId);

public static class ChooseContentHandler
{
    public static async Task Handle(ChooseContent command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<Publication>(Publication.Stream, ct);
        var facts = Decide(command, stream.State, clock.GetUtcNow());
        if (facts.Count == 0) return;
        if (await db.Load<StoredPackage>(command.PackageId, ct) is not { } stored) throw new Refused("content.version-gone");
        // It was fine when it was fetched; another version of Foyer may read it otherwise.
        if (ContentReader.Read(stored.ToFiles()) is { Package: null } reading) throw new Refused("content.version-unreadable", reading.Faults[0].ToString());
        stream.Append(facts);
    }

    public static IReadOnlyList<object> Decide(ChooseContent command, Publication state, DateTimeOffset now)
    {
        if (state.IsKept == command.Keeps && state.PackageId == command.PackageId) return []; // a second click, or another's same wish
        if (state.Find(command.PackageId) is null) throw new Refused("content.version-gone");
        if (state.PackageId != command.Seen || (!command.Keeps && state.Newest.PackageId != command.PackageId)) throw new Refused("content.version-meanwhile");
        return [command.Keeps ? new ContentKept(command.PackageId, command.MemberId, now) : new SourceFollowed(command.PackageId, command.MemberId, now)];
    }
}
