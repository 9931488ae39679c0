using App.Infrastructure.Web;

namespace App.Features.Content.Package;

/// <summary>One thing to read in some languages; what a language lacks is said in English.</summary>
public sealed record Words(IReadOnlyDictionary<string, string> ByLanguage)
{
    public string In(Language language) => ByLanguage.GetValueOrDefault(language.Code) ?? ByLanguage["en"];
}

/// <param name="Enabled">It opens. Enforced here, on the server.</param>
/// <param name="Visible">It stands in the navigation: as a link when it opens, else as what comes soon.</param>
/// <param name="From">When it opens by itself, by the venue's clock; null: it is open.</param>
/// <param name="Until">When it closes by itself; null: never.</param>
public sealed record PageFlag(bool Enabled, bool Visible, DateTime? From = null, DateTime? Until = null)
{
    public static PageFlag Open { get; } = new(true, true);

    /// <summary>As it is at a time at the venue. What is over isn't named either: it doesn't come any more.</summary>
    public PageFlag At(DateTime now) => new(Enabled && (From is not { } from || now >= from) && !IsOver(now), Visible && !IsOver(now));

    bool IsOver(DateTime now) => Until is { } until && now >= until;
}

/// <param name="Page">A built-in page's name or a copy's; empty: a link of its own.</param>
public sealed record NavigationItem(string Page, Words? Words, string Href);

public enum WidgetKind { Next, Moved, Countdown, Calendar, SignIn, Tickets, Card }

/// <param name="Title">Null: the kind's own.</param>
/// <param name="Href">Empty: none.</param>
public sealed record Widget(WidgetKind Kind, Words? Title, Words? Text, string Href, Words? Button, Condition When);

public sealed record FeaturedVideo(string Url, Words? Title);

/// <param name="Image">images/… of this content; empty: the name in letters.</param>
public sealed record Sponsor(string Name, string Href, string Image);

/// <param name="Size">large, medium, regular or small.</param>
public sealed record SponsorGroup(Words? Title, string Size, IReadOnlyList<Sponsor> Sponsors);

/// <summary>A settings.json, read. Null parts weren't said: then those of the installation count, and where it says nothing either, the defaults.</summary>
public sealed record SiteSettings(IReadOnlyDictionary<string, PageFlag> Pages, IReadOnlyList<NavigationItem>? Navigation, IReadOnlyList<Widget>? Widgets, FeaturedVideo? Video, IReadOnlyList<string>? FeaturedSessions, IReadOnlyList<SponsorGroup>? Sponsors)
{
    public static SiteSettings Empty { get; } = new(new Dictionary<string, PageFlag>(), null, null, null, null, null);

    /// <summary>Whose pages a link may lead to without a word about it; each exactly as it is written.</summary>
    public IReadOnlyList<string>? KnownHosts { get; init; }

    /// <summary>Where each named session and page stands, for who checks that there is one.</summary>
    public IReadOnlyList<(string Session, int Line, int Column)> SessionPlaces { get; init; } = [];
    public IReadOnlyList<(string Page, int Line, int Column)> PagePlaces { get; init; } = [];
    public IReadOnlyList<(string Image, int Line, int Column)> ImagePlaces { get; init; } = [];

    /// <param name="above">What stands above this.</param>
    public SiteSettings Under(SiteSettings above) => new(
        Pages.Concat(above.Pages).GroupBy(p => p.Key).ToDictionary(p => p.Key, p => p.Last().Value),
        above.Navigation ?? Navigation, above.Widgets ?? Widgets, above.Video ?? Video, above.FeaturedSessions ?? FeaturedSessions, above.Sponsors ?? Sponsors) { KnownHosts = above.KnownHosts ?? KnownHosts };
}
