using System.Collections.Immutable;
using App.Infrastructure.Store;

namespace App.Features.Content.Publish;

/// <summary>A package was fetched and went live.</summary>
/// <param name="Version">Equal files, equal version.</param>
/// <param name="Source">A folder, or a repository without what opens it.</param>
/// <param name="Revision">The repository's commit; empty: a folder has none.</param>
/// <param name="Changes">Against the one fetched before; null: not noted.</param>
public sealed record ContentPublished(Guid PackageId, string Version, string Source, string Revision, DateTimeOffset At, ContentChanges? Changes = null);

/// <summary>A package was fetched while somebody had one kept: it waits, and what is live stays.</summary>
/// <inheritdoc cref="ContentPublished"/>
public sealed record ContentWaits(Guid PackageId, string Version, string Source, string Revision, DateTimeOffset At, ContentChanges Changes);

/// <summary>Somebody chose which package is live, and it stays so whatever is fetched.</summary>
public sealed record ContentKept(Guid PackageId, Guid MemberId, DateTimeOffset At);

/// <summary>What was fetched last is live again, and what is fetched from now on.</summary>
public sealed record SourceFollowed(Guid PackageId, Guid MemberId, DateTimeOffset At);

/// <summary>A package that was fetched.</summary>
/// <inheritdoc cref="ContentPublished"/>
public sealed record ContentVersion(Guid PackageId, string Version, string Source, string Revision, DateTimeOffset At, ContentChanges? Changes)
{
    public static ContentVersion None { get; } = new(Guid.Empty, "", "", "", default, null);

    /// <summary>A commit, or what its files add up to.</summary>
    public string Name => Revision.Length > 0 ? Revision[..Math.Min(10, Revision.Length)] : Version;
}

/// <summary>What somebody did about what is live.</summary>
/// <param name="Keeps">It stays; else the source is followed.</param>
public sealed record ContentChoice(bool Keeps, Guid PackageId, Guid MemberId, DateTimeOffset At);

/// <summary>What is live: the state of one stream, which every process follows.</summary>
/// <param name="Since">When it went live.</param>
/// <param name="Versions">The last that were fetched, and the live one; the newest first. The files of these are kept, so that each can be live again and a process that is a moment behind still reads its own.</param>
public sealed record Publication(Guid PackageId, DateTimeOffset Since, ImmutableList<ContentVersion> Versions) : IEventSourced<Publication>
{
    public const int Kept = 10;

    public static Publication Empty { get; } = new(Guid.Empty, default, []);

    public static Guid Stream { get; } = new("c0a7e117-0000-8000-8000-000000000001");

    public ContentVersion Live => Find(PackageId) ?? ContentVersion.None;

    /// <summary>What the source had when it was last read.</summary>
    public ContentVersion Newest => Versions.IsEmpty ? ContentVersion.None : Versions[0];

    /// <summary>The last choice of a person's; null: nobody chose yet.</summary>
    public ContentChoice? Chosen { get; init; }

    /// <summary>Somebody chose what is live: what is fetched waits.</summary>
    public bool IsKept => Chosen is { Keeps: true };

    public ContentVersion? Find(Guid packageId) => Versions.Find(v => v.PackageId == packageId);

    public static Publication Evolve(Publication state, object fact) => fact switch
    {
        ContentPublished e => state.Fetched(new(e.PackageId, e.Version, e.Source, e.Revision, e.At, e.Changes), e.PackageId, e.At),
        ContentWaits e => state.Fetched(new(e.PackageId, e.Version, e.Source, e.Revision, e.At, e.Changes), state.PackageId, state.Since),
        ContentKept e => state.Choose(new(true, e.PackageId, e.MemberId, e.At)),
        SourceFollowed e => state.Choose(new(false, e.PackageId, e.MemberId, e.At)),
        _ => state,
    };

    Publication Fetched(ContentVersion version, Guid live, DateTimeOffset since) =>
        this with { PackageId = live, Since = since, Versions = [version, .. Versions.Where((v, place) => place < Kept - 1 || v.PackageId == live)] };

    Publication Choose(ContentChoice choice) => this with { PackageId = choice.PackageId, Since = choice.PackageId == PackageId ? Since : choice.At, Chosen = choice };
}
