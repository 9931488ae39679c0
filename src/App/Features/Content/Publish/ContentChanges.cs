using App.Features.Content.Package;

namespace App.Features.Content.Publish;

/// <summary>What differs from one package to another: paths of files.</summary>
public sealed record ContentChanges(IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Removed)
{
    public bool IsNothing => Added.Count + Changed.Count + Removed.Count == 0;

    public static ContentChanges Of(ContentFiles from, ContentFiles to) => new(
        [.. to.All.Keys.Where(p => !from.All.ContainsKey(p))],
        [.. to.All.Where(f => from.All.TryGetValue(f.Key, out var before) && !before.AsSpan().SequenceEqual(f.Value)).Select(f => f.Key)],
        [.. from.All.Keys.Where(p => !to.All.ContainsKey(p))]);
}
