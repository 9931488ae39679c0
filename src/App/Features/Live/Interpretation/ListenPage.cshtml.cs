using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Live.Interpretation;

/// <summary>In which languages a session can be heard, and whether somebody is on air. The list is the same for everybody and made from memory; no address of a channel stands in it.</summary>
[InArchive(Archived.Ends)]
public sealed class ListenPage(TalkSessions sessions, HotStreams<Booth> booths, TimeProvider clock) : PageModel
{
    public TalkView View { get; private set; } = null!;
    public IReadOnlyList<(Channel Channel, bool IsLive)> Channels { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string session, CancellationToken ct) => await Load(organization, slug, session, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetStateAsync(string organization, string slug, string session, CancellationToken ct)
    {
        if (!await Load(organization, slug, session, ct)) return NotFound();
        return PagePart.IsKnown(HttpContext, "l" + string.Join('.', Channels.Select(c => c.Channel.Language + (c.IsLive ? "1" : "0")))) ? new EmptyResult() : Partial("_Channels", this);
    }

    async Task<bool> Load(string organization, string slug, string session, CancellationToken ct)
    {
        if (await sessions.Find(organization, slug, session, ct) is not { } view) return false;
        var (found, now) = (new List<(Channel, bool)>(), clock.GetUtcNow());
        foreach (var channel in view.Rules.Of(view.Session.Id)) found.Add((channel, (await booths.Get(Booth.StreamOf(channel.Id))).State.IsLive(now)));
        (View, Channels) = (view, found);
        return found.Count > 0;
    }
}

/// <summary>One channel, for whom the session's links open. Whoever comes here has asked for the provider's frame: no other page lets it in.</summary>
[InArchive(Archived.Ends)]
public sealed class ListenInPage(TalkSessions sessions, ScheduleViewers viewers, SoundLines lines, Texts texts, TimeProvider clock) : PageModel
{
    public TalkView View { get; private set; } = null!;
    public Channel Channel { get; private set; } = null!;
    public OpenLinks Way { get; private set; } = null!;
    public VideoEmbed? Embed { get; private set; }
    /// <summary>Where there is a provider, our page plays the sound; its link is then for browsers that can't.</summary>
    public bool PlaysHere => lines.AreOffered;
    public string Words => texts.Of(words);
    public string Host => new Uri(Channel.Url).Host;
    public string WhyClosed => texts.Of(Way.Reason, Way.From is { } from ? [View.At(from).When] : []);

    public async Task<IActionResult> OnGetAsync(string organization, string slug, string session, string @in, CancellationToken ct)
    {
        if (await sessions.Find(organization, slug, session, ct) is not { } view || view.Channel(@in) is not { } channel) return NotFound();
        HttpContext.Allow().IsPrivate = true;
        (View, Channel) = (view, channel);
        Way = OpenLinks.Ways(view.Session, await viewers.Of(HttpContext, view.Event.Id, view.Session, ct), clock.GetUtcNow());
        if (Way.Are == LinksAre.ForAttendees) return Redirect(view.SignIn($"{view.Listen}/{@in}"));
        if (Way.Are != LinksAre.Open) return Page();
        HttpContext.Allow().PlaysSound = PlaysHere;
        Embed = channel.HasLink ? VideoEmbed.Of(channel.Url) : null;
        if (Embed is not null) HttpContext.Allow().Frame = " " + Embed.Origin;
        return Page();
    }

    static readonly ScriptWords words = new(
        [("start", "listen.open"), ("stop", "listen.stop"), ("connecting", "listen.connecting"), ("playing", "listen.playing"), ("waiting", "listen.waiting"), ("lost", "listen.lost"), ("away", "listen.away"), ("outside", "listen.closed"), ("press", "listen.press")], []);
}
