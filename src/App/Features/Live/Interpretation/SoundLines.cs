using System.Security.Cryptography;
using System.Text;
using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Sound;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace App.Features.Live.Interpretation;

/// <summary>
/// Between browsers and the provider of sound: an offer comes here and goes there, with our token, from who may (the interpreter on air sends, whoever the session's links open for hears). The provider's name and addresses stay here; the sound itself goes
/// straight from browser to provider.
/// </summary>
public sealed class SoundLines(SoundClient sound, TalkSessions sessions, Interpreters interpreters, ScheduleViewers viewers, HotStreams<Booth> booths, QuerySession db, MessageBus bus, Texts texts, IDataProtectionProvider protection, TimeProvider clock, ILogger<SoundLines> log)
{
    const string Session = "/e/{organization}/{slug}/schedule/{session}";
    const int LongestOffer = 32 * 1024, MostAtOnce = 64;

    readonly IDataProtector protector = protection.CreateProtector("sound-lines");
    int asking;

    public bool AreOffered => sound.Options.IsConfigured;

    public static void Map(IEndpointRouteBuilder app)
    {
        var lines = app.ServiceProvider.GetRequiredService<SoundLines>();
        var ends = new InArchiveAttribute(Archived.Ends);
        app.MapPost(Session + "/booth/{in}/line", (RequestDelegate)lines.Send).WithMetadata(ends);
        app.MapDelete(Session + "/booth/{in}/line/{line:guid}", (RequestDelegate)lines.EndSending).WithMetadata(ends);
        app.MapPost(Session + "/listen/{in}/line", (RequestDelegate)lines.Hear).WithMetadata(ends);
        app.MapDelete(Session + "/listen/{in}/line/{line}", (RequestDelegate)lines.EndHearing).WithMetadata(ends);
    }

    async Task Send(HttpContext context)
    {
        var ct = context.RequestAborted;
        if (await Channel(context) is not var (view, channel)) { Answer(context, 404); return; }
        if (await interpreters.Of(context, view, ct) is not { } me) { Answer(context, 401); return; }
        if (await Offer(context) is not { } offer) return;
        if (!await IsOnAir(channel, me, ct)) { await Say(context, 409, "booth.not-on-air"); return; }
        await Ask(context, async () =>
        {
            // First the former line goes: many providers take one sender a channel.
            foreach (var former in await BoothLine.Of(channel.Id, db, ct)) await EndFormer(former, ct);
            var answer = await sound.Send(channel.Id, offer, ct);
            var line = new BoothLine(Ids.New(clock.GetUtcNow()), channel.Id, me.Id, answer.Session.AbsoluteUri);
            // From here on the provider has begun: it is written down though the browser hangs up.
            await bus.InvokeAsync(new KeepLine(line), CancellationToken.None);
            if (await IsOnAir(channel, me, CancellationToken.None)) { await Begun(context, answer, $"{view.Booth(channel.Language)}/line/{line.Id}"); return; }
            await bus.InvokeAsync(new EndOtherLines(channel.Id), CancellationToken.None);
            await Say(context, 409, "booth.not-on-air");
        });
    }

    /// <summary>One that the provider won't end keeps nobody from speaking: a message tries it again.</summary>
    async Task EndFormer(BoothLine former, CancellationToken ct)
    {
        try { await bus.InvokeAsync(new EndLine(former.Id), ct); }
        catch (SoundException e) { log.LogWarning("{Fault}", e.Message); }
    }

    async Task EndSending(HttpContext context)
    {
        var ct = context.RequestAborted;
        if (await Channel(context) is not var (view, channel) || !Guid.TryParse((string)context.Request.RouteValues["line"]!, out var id)) { Answer(context, 404); return; }
        if (await interpreters.Of(context, view, ct) is not { } me) { Answer(context, 401); return; }
        if (await db.Load<BoothLine>(id, ct) is not { } line || line.ChannelId != channel.Id || line.Person != me.Id) { Answer(context, 404); return; }
        await Ask(context, async () => { await bus.InvokeAsync(new EndLine(id), ct); Answer(context, 204); });
    }

    async Task Hear(HttpContext context)
    {
        var ct = context.RequestAborted;
        if (await Channel(context) is not var (view, channel)) { Answer(context, 404); return; }
        var way = OpenLinks.Ways(view.Session, await viewers.Of(context, view.Event.Id, view.Session, ct), clock.GetUtcNow());
        if (way.Are != LinksAre.Open) { Answer(context, way.Are == LinksAre.ForAttendees ? 401 : 403); return; }
        if (await Offer(context) is not { } offer) return;
        if (!(await booths.Get(Booth.StreamOf(channel.Id))).State.IsLive(clock.GetUtcNow())) { await Say(context, 409, "listen.not-live"); return; }
        try
        {
            // A provider that is slow doesn't gather all who would listen in this process: they come again by themselves.
            if (Interlocked.Increment(ref asking) > MostAtOnce) { await Say(context, 503, "listen.away"); return; }
            await Ask(context, async () =>
            {
                var answer = await sound.Hear(channel.Id, offer, ct);
                await Begun(context, answer, $"{view.Listen}/{channel.Language}/line/{Seal(channel, answer.Session)}");
            }, hears: true);
        }
        finally { Interlocked.Decrement(ref asking); }
    }

    async Task EndHearing(HttpContext context)
    {
        if (await Channel(context) is not var (_, channel) || Unseal(channel, (string)context.Request.RouteValues["line"]!) is not { } session) { Answer(context, 404); return; }
        await Ask(context, async () => { await sound.End(session, context.RequestAborted); Answer(context, 204); });
    }

    async ValueTask<(TalkView View, Channel Channel)?> Channel(HttpContext context)
    {
        context.Allow().IsPrivate = true;
        var route = context.Request.RouteValues;
        return AreOffered && await sessions.Find((string)route["organization"]!, (string)route["slug"]!, (string)route["session"]!, context.RequestAborted) is { } view
            && view.Channel((string)route["in"]!) is { } channel ? (view, channel) : null;
    }

    /// <summary>As the database knows it now: another process may have handed the microphone over a moment ago.</summary>
    async Task<bool> IsOnAir(Channel channel, BoothName person, CancellationToken ct) => (await db.FoldFresh<Booth>(Booth.StreamOf(channel.Id), ct)).State is var booth && booth.OnAir == person.Id && booth.IsLive(clock.GetUtcNow());

    /// <summary>Null: it is none, and that is answered. Its type is one that no form of another site can send.</summary>
    static async Task<string?> Offer(HttpContext context)
    {
        var request = context.Request;
        if (!string.Equals(request.ContentType?.Split(';')[0].Trim(), SoundClient.Type, StringComparison.OrdinalIgnoreCase)) { Answer(context, 415); return null; }
        var body = new byte[LongestOffer + 1];
        var length = request.ContentLength > LongestOffer ? body.Length : await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
        if (length > LongestOffer) { Answer(context, 413); return null; }
        var offer = Encoding.UTF8.GetString(body, 0, length);
        if (SoundClient.IsSdp(offer)) return offer;
        Answer(context, 400);
        return null;
    }

    /// <summary>What the provider does wrong is one sentence to people; what it was stands in the log.</summary>
    async Task Ask(HttpContext context, Func<Task> deed, bool hears = false)
    {
        try { await deed(); }
        // Nobody sends yet, says the provider: so it is with the first seconds of whoever takes the microphone.
        catch (SoundException e) when (hears && e.Status is 404 or 409) { await Say(context, 409, "listen.not-live"); }
        catch (SoundException e)
        {
            log.LogWarning("{Fault}", e.Message);
            await Say(context, 502, "listen.refused");
        }
        catch (SoundUnavailableException e)
        {
            log.LogWarning("{Fault}", e.Message);
            await Say(context, 503, "listen.away");
        }
    }

    static Task Begun(HttpContext context, SoundAnswer answer, string line)
    {
        Answer(context, 201);
        context.Response.Headers.Location = line;
        context.Response.ContentType = SoundClient.Type;
        return context.Response.WriteAsync(answer.Sdp, context.RequestAborted);
    }

    Task Say(HttpContext context, int status, string sentence)
    {
        Answer(context, status);
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(texts.Of(sentence), context.RequestAborted);
    }

    static void Answer(HttpContext context, int status) => context.Response.StatusCode = status;

    string Seal(Channel channel, Uri session) => WebEncoders.Base64UrlEncode(Of(channel).Protect(Encoding.UTF8.GetBytes(session.AbsoluteUri)));

    Uri? Unseal(Channel channel, string line)
    {
        try { return new(Encoding.UTF8.GetString(Of(channel).Unprotect(WebEncoders.Base64UrlDecode(line)))); }
        catch (Exception e) when (e is CryptographicException or FormatException) { return null; }
    }

    IDataProtector Of(Channel channel) => protector.CreateProtector(channel.Id.ToString("N"));
}
