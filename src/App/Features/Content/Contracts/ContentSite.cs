using App.Features.Content.Package;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Content.Contracts;

/// <summary>Content as one conference shows it: the installation's with its own above. The same object for as long as nothing of it changed.</summary>
public sealed class ContentSite
{
    static readonly string[] Usual = [ContentPages.Home, ContentPages.Tickets, ContentPages.Schedule, ContentPages.MySchedule, ContentPages.Speakers, ContentPages.Collage, ContentPages.Map];

    // What links of talks usually lead to.
    static readonly string[] UsualHosts =
    [
        "www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be", "vimeo.com", "player.vimeo.com", "media.ccc.de", "www.twitch.tv", "zoom.us", "meet.google.com", "teams.microsoft.com", "meet.jit.si", "discord.com", "discord.gg", "github.com", "gitlab.com", "codeberg.org",
        "docs.google.com", "drive.google.com", "speakerdeck.com", "www.slideshare.net", "zenodo.org", "arxiv.org", "doi.org", "orcid.org", "en.wikipedia.org", "www.linkedin.com", "mastodon.social", "bsky.app",
    ];

    readonly ContentFolder installation;
    readonly ContentFolder? own;

    /// <param name="at">At the venue.</param>
    internal ContentSite(ContentFolder installation, ContentFolder? own, DateTime at)
    {
        (this.installation, this.own) = (installation, own);
        var settings = own is null ? installation.Settings : installation.Settings.Under(own.Settings);
        Settings = settings with { Pages = settings.Pages.ToDictionary(p => p.Key, p => p.Value.At(at)) };
    }

    internal SiteSettings Settings { get; }

    /// <summary>Names of pages that have copy.</summary>
    public IReadOnlyList<string> Pages => [.. installation.Pages.Keys.Concat(own?.Pages.Keys ?? []).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A host that needs no word when a link leads there. Exactly it: nobody becomes known by a name that ends alike.</summary>
    public bool Knows(string host) => (Settings.KnownHosts ?? UsualHosts).Contains(host, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a page opens. A schedule that is closed closes all that says what is in it: sessions, rooms, tracks, speakers, search, pictures, plans, links, calendars.</summary>
    public bool IsOpen(string page, ConferenceSchedule? schedule) => (page == ContentPages.Schedule || Flag(page).Enabled) && (!IsOfSchedule(page) || Flag(HasTimes(schedule) ? ContentPages.Schedule : ContentPages.WhatsOn).Enabled);

    /// <summary>Sessions may be named on pages for everybody.</summary>
    public bool ShowsSchedule(ConferenceSchedule? schedule) => ShowsSomething(schedule) && IsOpen(ContentPages.Schedule, schedule);

    /// <summary>The navigation, in the page's language. No address: it comes soon.</summary>
    public IReadOnlyList<(string Words, string Href)> Links(ScheduleAddress at, ConferenceSchedule? schedule, Texts texts)
    {
        var links = new List<(string, string)>();
        foreach (var item in Settings.Navigation ?? [.. Usual.Select(p => new NavigationItem(p, null, ""))])
        {
            if (item.Page.Length == 0) { links.Add((item.Words!.In(Language.Current), item.Href.Length > 0 ? Address(item.Href, at) ?? item.Href : "")); continue; }
            if (!Flag(NameOf(item.Page, schedule)).Visible || !Exists(item.Page, schedule)) continue;
            links.Add((Say(item.Page, schedule, texts), IsOpen(item.Page, schedule) ? AddressOf(item.Page, at) : ""));
        }
        // Last, and the same for everybody: whoever isn't signed in is led to the sign-in from there.
        if (!links.Exists(l => l.Item2 == at.Profile)) links.Add((texts.Of("attendee.you"), at.Profile));
        return links;
    }

    /// <summary>In a language, else in English. A conference's page stands above the installation's of that name, in all its languages.</summary>
    internal Copy? Copy(string page, Language language)
    {
        var copies = own?.Pages.GetValueOrDefault(page) ?? installation.Pages.GetValueOrDefault(page);
        return copies is null ? null : copies.GetValueOrDefault(language.Code) ?? copies["en"];
    }

    /// <summary>Whether a page is written in a language, and not only in English.</summary>
    internal bool Has(string page, Language language) => (own?.Pages.GetValueOrDefault(page) ?? installation.Pages.GetValueOrDefault(page))?.ContainsKey(language.Code) == true;

    internal ContentImage? Image(string name) => own?.Images.GetValueOrDefault(name) ?? installation.Images.GetValueOrDefault(name);

    /// <summary>Where a link of copy leads. Null: nowhere from here.</summary>
    internal static string? Address(string href, ScheduleAddress at) => CopyLink.Of(href) switch
    {
        { Kind: CopyLinkKind.Page } page when at.Event is null => page.Target is "help" or "privacy" ? $"/{page.Target}{page.Rest}" : null,
        { Kind: CopyLinkKind.Page } page => AddressOf(page.Target, at) + page.Rest,
        { } other => other.Target,
        null => null,
    };

    static string AddressOf(string page, ScheduleAddress at) => page switch
    {
        ContentPages.Tickets => at.Page,
        ContentPages.WhatsOn => at.Schedule,
        _ when ContentPages.BuiltIn.Contains(page) => $"{at.Page}/{page}",
        _ => $"{at.Page}/p/{page}",
    };

    PageFlag Flag(string page) => Settings.Pages.GetValueOrDefault(page) ?? PageFlag.Open;

    static bool IsOfSchedule(string page) => page is ContentPages.Schedule or ContentPages.MySchedule or ContentPages.Search or ContentPages.Speakers or ContentPages.Collage or ContentPages.Map or ContentPages.Links;
    static bool HasTimes(ConferenceSchedule? schedule) => schedule is { Visibility: ScheduleVisibility.Times, Days.IsEmpty: false };
    static string NameOf(string page, ConferenceSchedule? schedule) => page == ContentPages.Schedule && !HasTimes(schedule) ? ContentPages.WhatsOn : page;

    bool Exists(string page, ConferenceSchedule? schedule) => page switch
    {
        ContentPages.Tickets or ContentPages.Home => true,
        ContentPages.Speakers => ShowsSomething(schedule) && !schedule!.Speakers.IsEmpty,
        // Named once there is something to see on it; its address says what is missing.
        ContentPages.Collage => ShowsSomething(schedule) && schedule!.Sessions.Any(s => s.Picture is not null),
        ContentPages.Map => ShowsSomething(schedule) && !schedule!.Plans.IsEmpty,
        _ when ContentPages.BuiltIn.Contains(page) => ShowsSomething(schedule),
        _ => own?.Pages.ContainsKey(page) == true || installation.Pages.ContainsKey(page),
    };

    static bool ShowsSomething(ConferenceSchedule? schedule) => schedule is { IsEmpty: false, Visibility: not ScheduleVisibility.Hidden };

    string Say(string page, ConferenceSchedule? schedule, Texts texts) => NameOf(page, schedule) switch
    {
        ContentPages.Home => texts.Of("frame.home"),
        ContentPages.Tickets => texts.Of("frame.tickets"),
        ContentPages.Schedule => texts.Of("frame.schedule"),
        ContentPages.MySchedule => texts.Of("frame.my-schedule"),
        ContentPages.WhatsOn => texts.Of("frame.whats-on"),
        ContentPages.Search => texts.Of("frame.search"),
        ContentPages.Speakers => texts.Of("frame.speakers"),
        ContentPages.Collage => texts.Of("frame.collage"),
        ContentPages.Map => texts.Of("frame.map"),
        _ => Copy(page, Language.Current)?.Title ?? page,
    };
}
