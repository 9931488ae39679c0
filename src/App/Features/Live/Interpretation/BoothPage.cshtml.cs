using App.Features.Events.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Live.Interpretation;

/// <summary>The interpreters' booth: who is in it, who is on air, taking over, asking to be relieved, a word to one's partner. While it is open it says that its reader is there.</summary>
[InArchive(Archived.Ends)]
public sealed class BoothPage(TalkSessions sessions, Interpreters interpreters, HotStreams<Booth> booths, SoundLines lines, Texts texts, QuerySession db, MessageBus bus, TimeProvider clock) : PageModel, IShowsRefusals
{
    public static IReadOnlyList<int> Minutes { get; } = [5, 10, 15, 20, 30];

    [BindProperty(SupportsGet = true)] public string Organization { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Session { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string In { get; set; } = "";
    [BindProperty] public string? Text { get; set; }
    [BindProperty] public string? Form { get; set; }

    public TalkView View { get; private set; } = null!;
    public Channel Channel { get; private set; } = null!;
    public BoothName Me { get; private set; } = null!;
    public Booth Booth { get; private set; } = Booth.Empty;
    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();
    public IReadOnlyList<BoothMessage> Messages { get; private set; } = [];
    public string Path => View.Booth(In);
    public bool IsHere => Booth.Present.ContainsKey(Me.Id);
    public bool IsOnAir => Booth.OnAir == Me.Id;
    /// <summary>Where there is a provider, the page sends the sound itself.</summary>
    public bool SpeaksHere => lines.AreOffered;
    public string Words => texts.Of(words);
    public string NameOf(Guid person) => Names.GetValueOrDefault(person) ?? "";

    static readonly ScriptWords words = new(
        [("ready", "booth.mike-ready"), ("needed", "booth.mike-needed"), ("connecting", "booth.mike-connecting"), ("heard", "booth.mike-heard"), ("muted", "booth.mike-muted"), ("denied", "booth.mike-denied"), ("none", "booth.mike-none"),
         ("busy", "booth.mike-busy"), ("gone", "booth.mike-gone"), ("old", "booth.mike-old"), ("outside", "booth.mike-outside"), ("lost", "listen.lost"), ("away", "listen.away")], []);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var ct = HttpContext.RequestAborted;
        HttpContext.Allow().IsPrivate = true;
        if (await sessions.Find(Organization, Slug, Session, ct) is not { } view) { context.Result = NotFound(); return; }
        View = view;
        if (await interpreters.Of(HttpContext, view, ct) is not { } me) { context.Result = view.Channel(In) is null ? NotFound() : Redirect(view.SignIn(Path)); return; }
        if (view.Channel(In) is not { } channel) { context.Result = NotFound(); return; }
        (Channel, Me) = (channel, me);
        HttpContext.Allow().AllowsMicrophone = SpeaksHere;
        await next();
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await Look(ct);
        Form ??= Ids.New(clock.GetUtcNow()).ToString("N");
        return Page();
    }

    /// <summary>The part that changes; asking for it says that one is still there.</summary>
    public async Task<IActionResult> OnGetStateAsync(CancellationToken ct)
    {
        await Look(ct);
        return Partial("_Booth", this);
    }

    public Task<IActionResult> OnPostEnterAsync(CancellationToken ct) => Do(BoothDeed.Enter, ct);
    public Task<IActionResult> OnPostLeaveAsync(CancellationToken ct) => Do(BoothDeed.Leave, ct);
    public Task<IActionResult> OnPostTakeAsync(Guid? from, CancellationToken ct) => Do(BoothDeed.Take, ct, from);
    public Task<IActionResult> OnPostReleaseAsync(CancellationToken ct) => Do(BoothDeed.Release, ct);
    public Task<IActionResult> OnPostAskAsync(int minutes, CancellationToken ct) => Do(BoothDeed.Ask, ct, null, minutes);
    public Task<IActionResult> OnPostAcceptAsync(CancellationToken ct) => Do(BoothDeed.Accept, ct);

    public async Task<IActionResult> OnPostSayAsync(CancellationToken ct)
    {
        await bus.InvokeAsync(new SendBoothMessage(Channel, View.Event.Id, Me.Id, Ids.From(Channel.Id, $"message:{Me.Id:N}:{Form}"), Text ?? ""), ct);
        return this.SeeOther(Path);
    }

    async Task<IActionResult> Do(BoothDeed deed, CancellationToken ct, Guid? onAir = null, int minutes = 0)
    {
        await bus.InvokeAsync(new UseBooth(Channel, View.Event.Id, Me.Id, Me.Name, deed, onAir, minutes), ct);
        return this.SeeOther(Path);
    }

    async Task Look(CancellationToken ct)
    {
        var stream = await booths.Get(Booth.StreamOf(Channel.Id));
        if (stream.State.Present.ContainsKey(Me.Id)) await bus.InvokeAsync(new UseBooth(Channel, View.Event.Id, Me.Id, Me.Name, BoothDeed.Stay), ct);
        Booth = stream.State;
        Messages = [.. (await db.LoadMany<BoothMessage>(Booth.Messages, ct)).OrderByDescending(m => m.AtMs).Take(8)];
        Names = (await db.LoadMany<BoothName>([.. Booth.Present.Keys.Concat(Messages.Select(m => m.Person)).Distinct()], ct)).ToDictionary(n => n.Id, n => n.Name);
    }
}
