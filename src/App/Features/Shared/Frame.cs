using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace App.Features.Shared;

/// <summary>Whose page it is: the name on the bar, the two numbers of the brand, the line at the foot (empty: Foyer's own).</summary>
/// <param name="Slug">Null: Foyer's own.</param>
public sealed record Brand(string Name, string? Slug, int Hue, double Chroma, string Home, string Foot)
{
    public static Brand Foyer { get; } = new("Foyer", null, 338, 0.11, "/", "");

    /// <summary>The style sheet of one line that carries the two numbers; its address changes with them.</summary>
    public string? Sheet => Slug is null ? null : $"/o/{Slug}/brand.css?v={Hue}-{Chroma.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}

/// <summary>Where a conference's page hears of news, and what it knows already.</summary>
/// <param name="Stream">Of server-sent events.</param>
/// <param name="Now">The page of what is on.</param>
/// <param name="Announcements">The page of what is told to whoever looks, also what isn't told to everybody.</param>
/// <param name="Count">Where deeds are counted.</param>
/// <param name="Known">Topics and what this page was made of, as JSON.</param>
/// <param name="Notices">What everybody is told.</param>
public sealed record LiveStrip(string Stream, string Now, string Announcements, string Count, string Known, IReadOnlyList<Notice> Notices);

/// <summary>What a page tells the layout about itself.</summary>
public sealed record Frame(string Title)
{
    const string Key = "Frame";

    public Brand Brand { get; init; } = Brand.Foyer;
    public string Description { get; init; } = "";

    /// <summary>The dark bar of pages that introduce an event or hand over tickets.</summary>
    public bool OnHouse { get; init; }

    /// <summary>The skip link's target and words. No words: the content.</summary>
    public (string Target, string? Words) Skip { get; init; } = ("main", null);

    /// <summary>Links at the end of the bar.</summary>
    public IReadOnlyList<(string Words, string Href)> Links { get; init; } = [];

    /// <summary>Scripts of this page, from wwwroot.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>A conference's page hears of news while it is open. Null: this one doesn't.</summary>
    public LiveStrip? Live { get; init; }

    /// <summary>What everybody is told, on a page that hears of no news: as it was when the page was made.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>What is said at the top of what is over and kept to be read. Empty: it isn't.</summary>
    public string Over { get; init; } = "";

    public static Frame Of(ViewDataDictionary view) => view[Key] as Frame ?? new("Foyer");

    public void Put(ViewDataDictionary view) => view[Key] = this;
}
