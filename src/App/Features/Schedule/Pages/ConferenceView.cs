using System.Globalization;
using App.Features.Content.Contracts;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Html;

namespace App.Features.Schedule.Pages;

/// <summary>A conference as its public pages know it. Equal ones show the same.</summary>
/// <param name="Notices">What everybody is told at the moment: the same ones are the same object.</param>
public sealed record ConferenceView(ShownEvent Shown, IReadOnlyList<Notice> Notices)
{
    public CatalogueEvent Event => Shown.Event;
    public OrganizationCard Organization => Shown.Organization;
    public ConferenceSchedule Schedule => Shown.Schedule!;
    public ScheduleAddress Address => Shown.Address;
    public ContentSite Site => Shown.Site;

    /// <summary>The same, read in another language.</summary>
    public ConferenceView ReadIn(Language language) => this with { Shown = Shown with { Schedule = Schedule.ReadIn(language.Code, Event.Language.Code) } };

    /// <summary>Behind the address of a file for programs, which don't say what their people read.</summary>
    public string FileQuery => Schedule.AsStored.TextLanguages.IsEmpty ? "" : $"?{Languages.Parameter}={Language.Current.Code}";

    public bool HasTimes => Schedule.Visibility == ScheduleVisibility.Times && !Schedule.Days.IsEmpty;
    public string Where => string.Join(Language.Current.Comma, new[] { Event.Venue, Event.City }.Where(w => w.Length > 0));

    public EventTime At(DateTimeOffset at) => new(at, Schedule.Zone);

    /// <inheritdoc cref="ShownEvent.Hue"/>
    public string Hue(ScheduleLabel? track) => Shown.Hue(track);

    /// <summary><c>Brussels time, UTC+1</c>: a name alone leaves people guessing.</summary>
    public string Zone(DateTimeOffset at)
    {
        var (name, offset) = (At(at).ZoneName, Schedule.Zone.GetUtcOffset(at));
        return name == "UTC" ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{Language.Current.Comma}UTC{(offset < TimeSpan.Zero ? "−" : "+")}{offset.Duration().Hours}{(offset.Minutes == 0 ? "" : $":{offset.Duration().Minutes:00}")}");
    }

    /// <summary>Why a session's links are closed, in words.</summary>
    public string Why(OpenLinks links, Texts texts) => texts.Of(links.Reason, links.From is { } from ? [$"{At(from).When}{Language.Current.Comma}{At(from).ZoneName}"] : []);

    /// <summary>Filled by the script with the name of the reader's zone.</summary>
    public static IHtmlContent YourZone { get; } = new HtmlString("<span data-said=\"zone\"></span>");

    /// <summary>Filled by the script.</summary>
    public static IHtmlContent EmptyTime { get; } = new HtmlString("<time></time>");

    public static IHtmlContent Time(EventTime at, string words) => new HtmlContentBuilder().AppendHtml("<time datetime=\"").Append(at.Iso).AppendHtml("\">").Append(words).AppendHtml("</time>");

    /// <summary>No other address is put into a page, whoever wrote it.</summary>
    public static bool IsWeb(SessionLink link) => Uri.TryCreate(link.Url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    /// <summary>The addresses of its links stand in no page: <see cref="JoinPage"/> leads to them. An archive has no door, and shows only what was everybody's.</summary>
    public bool IsBehindDoor(ScheduleSession session) => !IsArchived && !session.LinkRule.IsForEverybody;

    public static string Host(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Host : "";

    public bool IsArchived => Shown.IsArchived;

    /// <summary>The name of a host that is neither ours nor known here, as a browser asks for it: letters that only look like others are seen for what they are. Null: it needs no word.</summary>
    public string? Stranger(string url, SiteOptions site) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.IdnHost != site.PublicUrl.IdnHost && !Site.Knows(uri.IdnHost) ? uri.IdnHost : null;

    public LiveStrip Live => ConferenceStrip.Of(Address, Schedule, Notices);

    /// <summary>Where the map shows a room. Null: it stands on no plan, or the map is closed.</summary>
    public string? OnMap(ScheduleRoom room) => Schedule.Plans.Any(p => p.Spots.Any(s => s.Id == room.Id)) && Site.IsOpen("map", Schedule) ? Address.OnMap(room) : null;

    public bool CanSearch => Site.IsOpen("search", Schedule);

    /// <summary>As everybody sees a session's links, unless the conference shows none at all.</summary>
    public OpenLinks LinksOf(ScheduleSession session, DateTimeOffset now) => (Site.IsOpen("links", Schedule), IsArchived) switch
    {
        (false, _) => new(LinksAre.Missing),
        (_, true) => OpenLinks.Archived(session),
        _ => OpenLinks.Decide(session, ScheduleViewer.Nobody, now),
    };

    public Frame Frame(string title, Texts texts) => Shown.Frame(title, texts) with { Live = IsArchived ? null : Live };
}

/// <summary>Conferences that have something to show to everybody, from memory.</summary>
public sealed class ConferencePages(ShownEvents events, App.Features.Live.Contracts.Notices notices)
{
    /// <param name="at">As at this moment; null: now.</param>
    public async ValueTask<ConferenceView?> Find(string organization, string slug, CancellationToken ct, DateTimeOffset? at = null) =>
        await events.Find(organization, slug, ct, at) is { Programme.IsEmpty: false } shown ? new(shown, shown.IsArchived ? [] : await notices.ForEverybody(shown.Event.Id)) : null;
}
