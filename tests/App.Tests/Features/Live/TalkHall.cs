using App.Features.Events.Contracts;
using App.Features.Live;
using App.Features.Live.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Tests.Features.Schedule;
using App.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace App.Tests.Features.Live;

/// <summary>A conference with a dozen sessions of the same hour, one for each test that wants one, in an application that all tests of a class share. Signed in is who says so in a header; how one proves it is Registration's.</summary>
public class TalkHall : IAsyncLifetime
{
    public static readonly DateTimeOffset Starts = new(2027, 5, 1, 9, 0, 0, TimeSpan.Zero), Ends = Starts.AddMinutes(45);

    int next;

    public AppHost App { get; private set; } = null!;
    public AppHost Rival { get; private set; } = null!;
    public Show Show { get; private set; } = null!;
    public Browser Office { get; private set; } = null!;
    protected virtual string[] Settings => [];

    sealed class SaidVisitors : IVisitors
    {
        public ValueTask<Visitor> Current(HttpContext context, Guid eventId, CancellationToken ct)
        {
            var said = context.Request.Headers["X-Attendee"].ToString().Split('|');
            return new(new Visitor(eventId, said is [var id, var name, var email, var roles] ? new(Guid.Parse(id), eventId, email, name, ["Regular"], [], roles.Split(',')) : null,
                Guid.TryParse(context.Request.Cookies["device"], out var device) ? device : null));
        }

        public bool IsNobody(HttpContext context, Guid eventId) => !context.Request.Headers.ContainsKey("X-Attendee") && !context.Request.Cookies.ContainsKey("device");

        public Guid GiveDevice(HttpContext context)
        {
            if (Guid.TryParse(context.Request.Cookies["device"], out var known)) return known;
            var device = Guid.NewGuid();
            context.Response.Cookies.Append("device", device.ToString());
            return device;
        }
    }

    static void Said(WebApplicationBuilder builder) => builder.Services.AddSingleton<IVisitors, SaidVisitors>();

    public virtual async Task InitializeAsync()
    {
        App = await AppHost.Start(more: Said, settings: Settings);
        Show = await App.AddShow(slug: "lantern", title: "Lantern Days");
        string[] events = [.. Enumerable.Range(1, 24).Select(n => Samples.Event($"aaaaaaaa-0000-4000-8000-0000000000{n:00}", $"Lamps, part {n}"))];
        await App.Get<ScheduleImports>().Upload(Show.EventId, "lantern.json", System.Text.Encoding.UTF8.GetBytes(Samples.Json(events)), "test", false, false, default);
        await Eventually.Is(async () => await App.Get<EventCatalogue>().Find(Show.EventId) is { Kind: EventKind.Conference } && await App.Get<ScheduleCatalogue>().Find(Show.EventId) is { Sessions.Length: 24 });
        Rival = await AppHost.Start(connection: App.Connection, clock: App.Clock, more: Said, settings: ["--Feedback:PerOrigin=3", .. Settings]);
        // First the day, then the sign-in, which would not live that long.
        At(Starts.AddMinutes(20));
        Office = await App.SignedIn(Show.OrganizationId, StaffRole.Promoter);
        await Rule(QuestionMode.AtOnce, FeedbackFrom.Everybody);
    }

    public virtual async Task DisposeAsync()
    {
        Office.Dispose();
        await Rival.DisposeAsync();
        await App.DisposeAsync();
    }

    public void At(DateTimeOffset now) => App.Clock.Now = now;

    /// <summary>Set, and known to both processes.</summary>
    public async Task Rule(QuestionMode mode, FeedbackFrom from = FeedbackFrom.Nobody, int? before = 15, int after = 60)
    {
        await App.Bus.InvokeAsync(new RuleTalk(Show.EventId, new(mode, before, after), from), default);
        foreach (var app in new[] { App, Rival })
            await Eventually.Is(async () => (await app.Get<HotStreams<TalkRules>>().Get(TalkRules.StreamOf(Show.EventId))).State is var s && s.Questions == new QuestionRule(mode, before, after) && s.Feedback == from);
    }

    /// <summary>One that no other test uses.</summary>
    public async Task<Talk> Talk()
    {
        var title = $"Lamps, part {Interlocked.Increment(ref next)}";
        var session = (await App.Get<ScheduleCatalogue>().Find(Show.EventId))!.Sessions.Single(s => s.Title == title);
        return new(session, $"{Show.Path}/schedule/{session.Slug}");
    }

    public Browser Attendee(string name, string roles = "", string? email = null, AppHost? app = null)
    {
        var browser = (app ?? App).Browser();
        browser.Headers["X-Attendee"] = $"{IdOf(name)}|{name}|{email ?? name + "@example.org"}|{roles}";
        return browser;
    }

    /// <summary>As when another slice publishes it, and all who hear it have done their work.</summary>
    public async Task Tell(object fact)
    {
        var session = new DocumentSession(App.Get<EventStore>(), App.Get<HandlerRegistry>(), Cause.System);
        (await session.FetchForWriting<Nothing>(Guid.NewGuid(), default)).Append(fact);
        await session.SaveChangesAsync(App.Services, default);
        await App.HandleDueMessages();
    }

    sealed record Nothing : IEventSourced<Nothing>
    {
        public static Nothing Empty { get; } = new();
        public static Nothing Evolve(Nothing state, object fact) => state;
    }

    public static Guid IdOf(string name) => global::App.Infrastructure.Ids.From(Guid.Empty, name);
}

/// <param name="Path">Of the session's page.</param>
public sealed record Talk(ScheduleSession Session, string Path)
{
    public string Questions => Path + "/questions";
    public string Feedback => Path + "/feedback";
}
