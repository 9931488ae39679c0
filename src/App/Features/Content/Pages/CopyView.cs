using App.Features.Content.Contracts;
using App.Features.Content.Package;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Html;

namespace App.Features.Content.Pages;

/// <summary>A page's copy, ready to be drawn: for a conference, or for the installation's own pages.</summary>
/// <param name="View">Null: no conference's.</param>
/// <param name="FilmsAt">Where its films are watched, each by its number.</param>
public sealed record CopyView(ContentView? View, ContentSite Site, Copy Copy, string FilmsAt, DateTimeOffset Now)
{
    public string Title => Fill(Copy.Title);

    public IHtmlContent Html(string markdown) => CopyMarkup.Html(markdown, l => Address(l), ImageAddress, Fill);

    public string Fill(string words) => View?.Fill(words) ?? words;

    /// <summary>Null: nowhere from here.</summary>
    public string? Address(string href) => CopyLink.Of(href) is { } link ? Address(link) : null;

    public string? ImageAddress(string name) => Site.Image(name) is { } image ? ContentImages.Root + image.Id : null;

    /// <summary>The films of this page, in their order. One without an address takes the settings'.</summary>
    public IReadOnlyList<Film> Films => [.. Copy.Blocks.OfType<VideoBlock>().Select(FilmOf).OfType<Film>()];

    public Film? FilmOf(VideoBlock block)
    {
        var (url, title) = block.Url.Length > 0 ? (block.Url, block.Title) : (Site.Settings.Video?.Url ?? "", block.Title.Length > 0 ? block.Title : Site.Settings.Video?.Title?.In(Language.Current) ?? "");
        return VideoEmbed.Of(url) is { } embed ? new(embed, url, Fill(title)) : null;
    }

    /// <summary>Days until the first one of the event; 0: it begins today; −1: it is on; null: it is over.</summary>
    public int? DaysToGo => View is null ? null : Countdown.Days(View.At(View.Event.Starts).Local, View.At(View.Event.Ends).Local, View.At(Now).Local);

    string? Address(CopyLink link) => link.Kind == CopyLinkKind.Page ? ContentSite.Address(link.Target, View?.Address ?? default) is { } page ? page + link.Rest : null : link.Target;
}

/// <param name="Title">Empty: it has none.</param>
public sealed record Film(VideoEmbed Embed, string Url, string Title);

public static class Countdown
{
    /// <summary>As <see cref="CopyView.DaysToGo"/>, by the venue's calendar: a day ends at its midnight.</summary>
    public static int? Days(DateTimeOffset starts, DateTimeOffset ends, DateTimeOffset now) =>
        now >= ends ? null : now >= starts ? -1 : (starts.Date - now.Date).Days;

    public static string Say(int days, Texts texts) => days switch { < 0 => texts.Of("home.on"), 0 => texts.Of("home.today"), _ => texts.Count("home.days", days) };
}
