namespace App.Features.Content.Package;

/// <summary>A page's copy in one language, read: its title, then blocks in their order.</summary>
public sealed record Copy(string Title, IReadOnlyList<CopyBlock> Blocks);

/// <summary>What a page is made of. Each is drawn by this site; none brings HTML of its own.</summary>
public abstract record CopyBlock;

/// <summary>Markdown between the others.</summary>
public sealed record ProseBlock(string Markdown) : CopyBlock;

/// <param name="Kind">info, ok or warning.</param>
/// <param name="Title">Empty: none.</param>
public sealed record CalloutBlock(string Kind, string Title, string Markdown) : CopyBlock;

public sealed record ButtonBlock(string Href, string Words) : CopyBlock;

/// <param name="Url">Empty: the one of the settings.</param>
/// <param name="Title">Empty: the settings' own.</param>
public sealed record VideoBlock(string Url, string Title) : CopyBlock;

/// <param name="Sessions">Codes of sessions, as their addresses or their source have them.</param>
public sealed record PinnedBlock(IReadOnlyList<string> Sessions) : CopyBlock;

/// <summary>Tracks that say what they are about.</summary>
public sealed record ThemesBlock : CopyBlock;

public sealed record SponsorsBlock : CopyBlock;

/// <summary>Days until it begins.</summary>
public sealed record CountdownBlock : CopyBlock;
