using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using App.Features.Registration.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Content.Package;

/// <summary>
/// settings.json, strictly: what it doesn't know is a fault, so that a slip of the pen is told and not passed over. It agrees with settings.schema.json, which editors read.
/// </summary>
public sealed partial class SettingsReader
{
    static readonly string[] Sizes = ["large", "medium", "regular", "small"];
    internal static readonly Dictionary<string, WidgetKind> Kinds = new() { ["next"] = WidgetKind.Next, ["moved"] = WidgetKind.Moved, ["countdown"] = WidgetKind.Countdown, ["calendar"] = WidgetKind.Calendar, ["sign-in"] = WidgetKind.SignIn, ["tickets"] = WidgetKind.Tickets, ["card"] = WidgetKind.Card };

    readonly SettingsForm form;
    readonly List<(string, int, int)> sessions = [], pages = [], images = [];

    SettingsReader(SettingsForm form) => this.form = form;

    /// <summary>What could be read; with faults it is not to be used.</summary>
    public static SiteSettings Read(string file, byte[] bytes, List<ContentFault> faults)
    {
        if (PositionedJson.Read(file, bytes, faults) is not { } json) return SiteSettings.Empty;
        var reader = new SettingsReader(new(file, faults));
        return reader.Settings(json) with { SessionPlaces = reader.sessions, PagePlaces = reader.pages, ImagePlaces = reader.images };
    }

    SiteSettings Settings(PositionedJson json)
    {
        var settings = SiteSettings.Empty;
        form.Object(json, "the settings", new()
        {
            ["$schema"] = v => form.Text(v),
            ["pages"] = v => settings = settings with { Pages = Pages(v) },
            ["navigation"] = v => settings = settings with { Navigation = form.List(v, Item) },
            ["knownHosts"] = v => settings = settings with { KnownHosts = form.List(v, h => form.Text(h, Host(), "a host’s name in small letters, as video.example.org")) },
            ["home"] = v => form.Object(v, "home", new()
            {
                ["widgets"] = w => settings = settings with { Widgets = form.List(w, Widget) },
                ["featuredVideo"] = w => settings = settings with { Video = Video(w) },
                ["featuredSessions"] = w => settings = settings with { FeaturedSessions = form.List(w, Session) },
                ["sponsors"] = w => settings = settings with { Sponsors = form.List(w, Group) },
            }),
        });
        return settings;
    }

    Dictionary<string, PageFlag> Pages(PositionedJson json)
    {
        var flags = new Dictionary<string, PageFlag>();
        if (!form.Is(json, JsonValueKind.Object)) return flags;
        foreach (var member in form.Once(json))
        {
            if (!Slug().IsMatch(member.Name)) { form.Fault(member.Line, member.Column, $"“{member.Name}” can’t be a page: small letters, digits and hyphens."); continue; }
            var flag = PageFlag.Open;
            form.Object(member.Value, $"pages.{member.Name}", new()
            {
                ["enabled"] = v => flag = flag with { Enabled = form.Flag(v) }, ["visible"] = v => flag = flag with { Visible = form.Flag(v) },
                ["from"] = v => flag = flag with { From = Time(v) }, ["until"] = v => flag = flag with { Until = Time(v) },
            });
            if (flag.Until <= flag.From) form.Fault(member.Line, member.Column, $"“{member.Name}” would close before it opens.");
            pages.Add((member.Name, member.Line, member.Column));
            flags[member.Name] = flag;
        }
        return flags;
    }

    NavigationItem? Item(PositionedJson json)
    {
        if (json.Kind != JsonValueKind.Object)
        {
            var page = form.Text(json, Slug(), "a page’s name: small letters, digits and hyphens");
            pages.Add((page, json.Line, json.Column));
            return new(page, null, "");
        }
        Words? words = null;
        var href = "";
        form.Object(json, "navigation", new() { ["words"] = v => words = Words(v), ["href"] = v => href = Href(v) }, "words", "href");
        return words is null ? null : new("", words, href);
    }

    Widget? Widget(PositionedJson json)
    {
        if (!form.Is(json, JsonValueKind.Object)) return null;
        WidgetKind? kind = null;
        (Words? title, Words? text, Words? button, var href, var when) = (null, null, null, "", Condition.Always);
        var isCard = json.Members.Any(m => m is { Name: "kind", Value.Text: "card" });
        var all = new Dictionary<string, Action<PositionedJson>> { ["kind"] = v => kind = Kinds.GetValueOrDefault(form.OneOf(v, Kinds.Keys)), ["title"] = v => title = Words(v), ["when"] = v => when = When(v) };
        if (isCard) foreach (var (name, read) in new Dictionary<string, Action<PositionedJson>> { ["text"] = v => text = Words(v), ["href"] = v => href = Href(v), ["button"] = v => button = Words(v) }) all[name] = read;
        form.Object(json, isCard ? "a card" : "a widget", all, isCard ? ["kind", "title", "text"] : ["kind"]);
        if (button is not null && href.Length == 0) form.Fault(json.Line, json.Column, "A button needs an href to lead to.");
        return kind is { } k ? new(k, title, text, href, button, when) : null;
    }

    Condition When(PositionedJson json)
    {
        var c = Condition.Always;
        form.Object(json, "when", new()
        {
            ["signedIn"] = v => c = c with { SignedIn = form.Flag(v) },
            ["roles"] = v => c = c with { Roles = form.List(v, r => form.OneOf(r, [AttendeeRole.Speaker, AttendeeRole.Admin])) },
            ["ticketTypes"] = v => c = c with { TicketTypes = form.List(v, t => form.Text(t)) },
            ["from"] = v => c = c with { From = Time(v) },
            ["until"] = v => c = c with { Until = Time(v) },
            ["languages"] = v => c = c with { Languages = form.List(v, l => form.OneOf(l, [.. Language.All.Select(a => a.Code)])) },
            ["any"] = v => c = c with { Any = form.List(v, When) },
            ["not"] = v => c = c with { Not = When(v) },
        });
        return c;
    }

    FeaturedVideo? Video(PositionedJson json)
    {
        var (url, title) = ("", (Words?)null);
        form.Object(json, "featuredVideo", new() { ["url"] = v => url = Video(v, form.Text(v, Https(), "an address that begins with https://")), ["title"] = v => title = Words(v) }, "url");
        return new(url, title);
    }

    string Video(PositionedJson at, string url)
    {
        if (url.Length > 0 && Https().IsMatch(url) && Schedule.Contracts.VideoEmbed.Of(url) is null) form.Fault(at.Line, at.Column, CopyReader.NoVideo);
        return url;
    }

    string Session(PositionedJson json)
    {
        var code = form.Text(json, Code(), "a session’s code: letters, digits, hyphens");
        sessions.Add((code, json.Line, json.Column));
        return code;
    }

    SponsorGroup Group(PositionedJson json)
    {
        (Words? title, var size, IReadOnlyList<Sponsor> all) = (null, "regular", []);
        form.Object(json, "sponsors", new() { ["title"] = v => title = Words(v), ["size"] = v => size = form.OneOf(v, Sizes), ["sponsors"] = v => all = form.List(v, Sponsor) }, "size", "sponsors");
        return new(title, size, all);
    }

    Sponsor Sponsor(PositionedJson json)
    {
        var (name, href, image) = ("", "", "");
        form.Object(json, "a sponsor", new()
        {
            ["name"] = v => name = form.Text(v),
            ["href"] = v => href = form.Text(v, Https(), "an address that begins with https://"),
            ["image"] = v => images.Add((image = form.Text(v, Image(), "a file of images/: PNG, JPEG, WebP or AVIF"), v.Line, v.Column)),
        }, "name");
        return new(name, href, image);
    }

    Words? Words(PositionedJson json)
    {
        if (json.Kind == JsonValueKind.String) return new(new Dictionary<string, string> { ["en"] = form.Text(json) });
        var words = new Dictionary<string, string>();
        form.Object(json, "words", Language.All.ToDictionary(l => l.Code, l => (Action<PositionedJson>)(v => words[l.Code] = form.Text(v))), "en");
        return words.ContainsKey("en") ? new(words) : null;
    }

    string Href(PositionedJson json)
    {
        var href = form.Text(json, Link(), "https://…, mailto:…, a path of this site (/…) or a page’s name");
        if (Slug().IsMatch(href)) pages.Add((href, json.Line, json.Column));
        return href;
    }

    DateTime? Time(PositionedJson json)
    {
        var text = form.Text(json, LocalTime(), "a time at the venue, as 2027-06-03T09:00");
        if (DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        if (LocalTime().IsMatch(text)) form.Fault(json.Line, json.Column, $"There is no {text}.");
        return null;
    }

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    internal static partial Regex Slug();

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+\z")]
    private static partial Regex Host();

    [GeneratedRegex(@"\Ahttps://[^\s]+\z")]
    private static partial Regex Https();

    [GeneratedRegex(@"\A(https://[^\s]+|mailto:[^\s]+@[^\s]+|/(?!/)[^\s\\]*|[a-z0-9]+(-[a-z0-9]+)*)\z")]
    private static partial Regex Link();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]*\z")]
    internal static partial Regex Code();

    [GeneratedRegex(@"\Aimages/[A-Za-z0-9][A-Za-z0-9._-]*\.(png|jpg|jpeg|webp|avif)\z")]
    internal static partial Regex Image();

    [GeneratedRegex(@"\A[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]\z")]
    private static partial Regex LocalTime();
}
