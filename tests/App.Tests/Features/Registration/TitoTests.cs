using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using App.Features.Registration;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Vendors.Tito;
using App.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Sandbox;

namespace App.Tests.Features.Registration;

/// <summary>Tito's tickets through the sandbox, by looking and by being told. Defects of the old system that can't be here: plaza.md §5, 8 and 12.</summary>
public sealed class TitoTests : IAsyncLifetime
{
    const string Token = "tito-security-token";
    readonly List<Mail> mails = [];
    SandboxHost sandbox = null!;
    AppHost app = null!;
    Show show = null!;

    public async Task InitializeAsync()
    {
        sandbox = await SandboxHost.Start();
        app = await Start(null);
        show = await app.AddConference();
        await app.Bus.InvokeAsync(new SetTitoSource(show.EventId, "lantern-house/lantern-days", null), default);
        await Tell(new { tickets = 40, url = new Uri(app.Address, "/webhooks/tito").ToString(), token = Token });
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await sandbox.DisposeAsync();
    }

    Task<AppHost> Start(string? connection) => AppHost.Start(sandbox, connection, settings: ["--Tito:Token=secret", $"--Tito:BaseUrl={sandbox.BaseUrl}", $"--Tito:SecurityTokens:0={Token}", "--Tito:PageSize=10"], more: builder =>
        builder.Services.AddSingleton(new Mailer((mail, _) => { lock (mails) mails.Add(mail); return Task.FromResult(MailAnswer.Accepted); })));

    async Task<int> Tell(object wanted)
    {
        using var response = await sandbox.Http.PostAsJsonAsync("/_sandbox/tito", wanted);
        response.EnsureSuccessStatusCode();
        return response.StatusCode == HttpStatusCode.NoContent ? 0 : (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetInt32();
    }

    Task<bool> Fetch() => app.Get<RecurringJobs>().RunNow("fetch-users", app.Bus, default);
    async Task<TitoSource> Source() => (await app.Db.Load<TitoSource>(show.EventId, default))!;
    async Task<int> WithAccess() => (await AttendeeCard.Of(show.EventId, app.Db, default)).Count(c => c.HasAccess);

    [Fact]
    public async Task All_pages_and_states_are_read_and_complete_tickets_open_the_door()
    {
        await Fetch();
        (await WithAccess()).ShouldBe(24, "40 tickets: 12 without a name, 4 void");
        (await app.Attendee(show, "guest1@lantern.example"))!.ToAttendee().Tickets.ShouldBe(["Regular"]);
        (await app.Attendee(show, "buyer1@lantern.example")).ShouldBeNull("nobody is named for that ticket yet");
        mails.ShouldBeEmpty("who was there before the first look gets no mail");

        (await Source()).Changed.ShouldBe(40);
        await Fetch();
        (await Source()).Changed.ShouldBe(0, "the quarter of an hour before is read again and changes nothing");
    }

    [Fact]
    public async Task A_voided_ticket_and_a_reassigned_one_lose_access_at_the_next_look()
    {
        await Fetch();
        await Tell(new { slug = "ti_0001", state = "void" });
        await Tell(new { slug = "ti_0002", email = "Other@Lantern.example", name = "Other" });
        await Fetch();
        (await app.Attendee(show, "guest1@lantern.example"))!.HasAccess.ShouldBeFalse();
        (await app.Attendee(show, "guest2@lantern.example"))!.HasAccess.ShouldBeFalse();
        (await app.Attendee(show, "other@lantern.example"))!.HasAccess.ShouldBeTrue();
        await app.HandleDueMessages();
        mails.Select(m => m.To).ShouldBe(["other@lantern.example"], "a new person gets a link at once");
    }

    [Fact]
    public async Task A_new_registration_gets_its_link_at_once_whatever_its_name_and_however_often_it_is_told()
    {
        var name = new string('Ж', 5_000);
        await sandbox.BehaveAsTito(new Behaviour(Webhooks: "triple"));
        (await Tell(new { slug = "ti_new", name, email = "new@lantern.example", trigger = "ticket.completed" })).ShouldBe(200);
        await app.HandleDueMessages();
        (await app.Attendee(show, "new@lantern.example"))!.Name.Length.ShouldBe(200);
        var mail = mails.ShouldHaveSingleItem();
        var (link, code) = Conferences.Read(mail);
        using var browser = app.Browser();
        (await browser.PostForm(link, ("code", code))).Location.ShouldBe(show.Path + "/profile");

        foreach (var trigger in new[] { "ticket.voided", "ticket.unvoided" })
        {
            (await Tell(new { slug = "ti_new", state = trigger == "ticket.voided" ? "void" : "complete", trigger })).ShouldBe(200);
            (await app.Attendee(show, "new@lantern.example"))!.HasAccess.ShouldBe(trigger == "ticket.unvoided");
        }
    }

    [Fact]
    public async Task Every_trigger_is_answered_and_an_order_that_was_cancelled_is_looked_at()
    {
        await Fetch();
        foreach (var trigger in new[] { "checkin.created", "ticket.created", "ticket.completed", "ticket.reassigned", "ticket.updated", "ticket.unsnoozed", "ticket.unvoided", "registration.updated", "registration.finished", "registration.completed", "something.new" })
            (await Tell(new { slug = "ti_0001", trigger })).ShouldBe(200, trigger);
        (await Tell(new { slug = "ti_0001", state = "void", trigger = "registration.cancelled" })).ShouldBe(200);
        await app.HandleDueMessages();
        (await app.Attendee(show, "guest1@lantern.example"))!.HasAccess.ShouldBeFalse();
    }

    [Fact]
    public async Task News_that_comes_late_changes_nothing()
    {
        string Body(string state, string at) => JsonSerializer.Serialize(new { _type = "ticket", slug = "ti_late", name = "Late", email = "late@lantern.example", state_name = state, updated_at = at, @event = new { account_slug = "lantern-house", slug = "lantern-days" } });
        (await Post(Body("void", "2027-01-02 10:00:01 UTC"), "ticket.voided", Token)).ShouldBe(HttpStatusCode.OK);
        (await Post(Body("complete", "2027-01-02 10:00:00 UTC"), "ticket.completed", Token)).ShouldBe(HttpStatusCode.OK);
        (await app.Attendee(show, "late@lantern.example")).ShouldBeNull();
    }

    [Fact]
    public async Task What_Tito_did_not_sign_over_these_bytes_is_refused()
    {
        var body = """{"_type":"ticket","slug":"ti_forged","name":"Eve","email":"eve@example.org","state_name":"complete","updated_at":"2027-01-02 10:00:00 UTC","event":{"account_slug":"lantern-house","slug":"lantern-days"}}""";
        (await Post(body, "ticket.completed", "another token")).ShouldBe(HttpStatusCode.BadRequest);
        (await Post(body, "ticket.completed", null)).ShouldBe(HttpStatusCode.BadRequest);
        (await Post(body + " ", "ticket.completed", Token, signed: body)).ShouldBe(HttpStatusCode.BadRequest, "one byte more");
        (await Post("{}", "ticket.completed", Token)).ShouldBe(HttpStatusCode.BadRequest);
        (await app.Attendee(show, "eve@example.org")).ShouldBeNull();
    }

    [Fact]
    public async Task Two_replicas_never_look_at_the_same_time()
    {
        await using var rival = await Start(app.Connection);
        await sandbox.BehaveAsTito(new Behaviour(SlowMs: 200));
        var runs = await app.Db.QueryFirst<long>("select count(*) from job_runs where name = 'fetch-users'", default);
        for (var i = 0; i < 3; i++)
        {
            app.Clock.Now += TimeSpan.FromMinutes(6);
            rival.Clock.Now = app.Clock.Now;
            await Task.WhenAll(app.HandleDueMessages(), rival.HandleDueMessages());
        }
        (await app.Db.QueryFirst<long>("select count(*) from job_runs where name = 'fetch-users'", default) - runs).ShouldBe(3, "once a turn, whoever took it");
        (await WithAccess()).ShouldBe(24);
    }

    [Fact]
    public async Task A_source_that_fails_says_so_and_the_next_look_goes_on()
    {
        await sandbox.BehaveAsTito(new Behaviour(FailRate: 1, FailStatus: 401));
        (await Should.ThrowAsync<InvalidOperationException>(Fetch)).Message.ShouldContain("lantern-house/lantern-days");
        (await Source()).Error.ShouldNotBeNull().ShouldContain("401");
        await sandbox.BehaveAsTito(new Behaviour(FailNext: 2, FailStatus: 429));
        await Fetch();
        ((await Source()).Error, await WithAccess()).ShouldBe((null, 24));
    }

    async Task<HttpStatusCode> Post(string body, string trigger, string? token, string? signed = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, "/webhooks/tito")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Webhook-Name", trigger);
        if (token is not null) request.Headers.Add("Tito-Signature", TitoWebhook.Signature(Encoding.UTF8.GetBytes(signed ?? body), token));
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
