using App.Features.Content.Package;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Content.Publish;

/// <summary>How the last look at the source went.</summary>
/// <param name="Version">Of what was read; empty: nothing could be.</param>
/// <param name="Faults">Why it was refused; then what was live stays.</param>
/// <param name="Warnings">What is odd and yet live.</param>
public sealed record ContentFetch(Guid Id, string Source, string Revision, string Version, DateTimeOffset At, IReadOnlyList<ContentFault> Faults, IReadOnlyList<ContentFault> Warnings)
{
    public static Guid Only { get; } = new("c0a7e117-0000-8000-8000-000000000002");
}

public sealed record RecordContentFetch(ContentFetch Fetch);

public static class RecordContentFetchHandler
{
    public static Task Handle(RecordContentFetch command, DocumentSession db)
    {
        db.Store(command.Fetch);
        return Task.CompletedTask;
    }
}

/// <summary>The recurring job <c>fetch-content</c>.</summary>
public sealed record FetchContent;

[Lane(Lanes.Jobs)]
public static class FetchContentHandler
{
    /// <summary>Refused content is the job's error, and what was live stays.</summary>
    public static async Task Handle(FetchContent _, ContentFetcher fetcher, CancellationToken ct)
    {
        if (await fetcher.Fetch(ct) is { Faults: { Count: > 0 } faults }) throw new InvalidOperationException($"Content was refused, and what was live stays. {string.Join(" ", faults.Take(5))}{(faults.Count > 5 ? $" And {faults.Count - 5} more." : "")}");
    }
}

/// <param name="Folder">To read from; stands before <paramref name="Git"/>.</param>
/// <param name="Git">https://, ssh:// or file://.</param>
public sealed record ContentOptions(string Folder = "", string Git = "", string Branch = "main", TimeSpan? Every = null)
{
    public bool HasSource => Folder.Length + Git.Length > 0;

    /// <summary>As people may see it: without what stands before the @.</summary>
    public string Source => Folder.Length > 0 ? Folder : GitRepository.Say(Git);
}

/// <summary>Reads content from its source and makes it live, whole or not at all.</summary>
public sealed class ContentFetcher(ContentOptions options, SessionCheck sessions, MessageBus bus, Texts texts, TimeProvider clock)
{
    /// <summary>Null: no source is set.</summary>
    public async Task<ContentFetch?> Fetch(CancellationToken ct)
    {
        if (!options.HasSource) return null;
        var fetch = new ContentFetch(ContentFetch.Only, options.Source, "", "", clock.GetUtcNow(), [], []);
        try
        {
            var (files, revision) = options.Folder.Length > 0 ? (ContentFiles.OfFolder(options.Folder), "") : await GitRepository.Read(options.Git, options.Branch, ct);
            var reading = ContentReader.Read(files);
            fetch = fetch with { Revision = revision, Version = files.Version, Faults = reading.Faults };
            if (reading.Package is { } package)
            {
                fetch = fetch with { Warnings = await sessions.Check(package, ct) };
                await bus.InvokeAsync(new PublishContent(files.Version, options.Source, revision, [.. files.All.Select(f => new StoredFile(f.Key, f.Value))]), ct);
            }
        }
        catch (Refused e) { fetch = fetch with { Faults = [new(options.Source, 0, 0, texts.Of(e))] }; }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { fetch = fetch with { Faults = [new(options.Source, 0, 0, e.Message)] }; }
        await bus.InvokeAsync(new RecordContentFetch(fetch), ct);
        return fetch;
    }
}
