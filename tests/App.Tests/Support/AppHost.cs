using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace App.Tests.Support;

/// <summary>
/// The real application on Kestrel, on a new database, with a clock that the test moves. Start a second one on the same <see cref="Connection"/> to have a rival. Without a sandbox no card is taken
/// and mails are kept in <see cref="Mails"/>; with one, both go to it as they would to the vendors.
/// </summary>
public sealed class AppHost : IAsyncDisposable
{
    readonly WebApplication app;

    AppHost(WebApplication app, string connection, TestClock clock, List<Mail> mails) => (this.app, Connection, Clock, Mails) = (app, connection, clock, mails);

    public string Connection { get; }
    public TestClock Clock { get; }
    public IReadOnlyList<Mail> Mails { get; }
    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    public IServiceProvider Services => app.Services;
    public MessageBus Bus => Get<MessageBus>();
    public QuerySession Db => Get<QuerySession>();
    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>A browser of its own, with its own cookies.</summary>
    public Browser Browser() => new(Address);

    /// <param name="connection">Of another host's database, to share it.</param>
    /// <param name="more">What a test replaces, last.</param>
    /// <param name="settings">As on the command line: <c>--Section:Key=value</c>.</param>
    public static async Task<AppHost> Start(SandboxHost? sandbox = null, string? connection = null, TestClock? clock = null, Action<WebApplicationBuilder>? more = null, params string[] settings)
    {
        connection ??= await Databases.New();
        // The sandbox signs by the real clock, and a signature is believed for minutes only.
        clock ??= new TestClock(sandbox is null ? new(2027, 1, 12, 12, 0, 0, TimeSpan.Zero) : TimeProvider.System.GetUtcNow());
        var mails = new List<Mail>();
        string[] args = ["--urls", "http://127.0.0.1:0", $"--ConnectionStrings:Foyer={connection}", "--Logging:LogLevel:Default=Warning", .. sandbox is null ? [] : SettingsOf(sandbox), .. settings];
        var app = await Program.Build(args, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.Configure<PasswordHasherOptions>(passwords => passwords.IterationCount = 1_000); // a hundredth of the time
            if (sandbox is null) builder.Services.AddSingleton(new Mailer((mail, _) => Keep(mail, mails)));
            more?.Invoke(builder);
        });
        await app.StartAsync();
        var host = new AppHost(app, connection, clock, mails);
        if (sandbox is not null) await sandbox.SendWebhooksTo(new Uri(host.Address, "/webhooks/stripe").ToString());
        return host;
    }

    static string[] SettingsOf(SandboxHost sandbox) =>
    [
        "--Stripe:SecretKey=sk_test_foyer", "--Stripe:PublishableKey=pk_test_foyer", $"--Stripe:WebhookSecrets:0={SandboxHost.WebhookSecret}", $"--Stripe:BaseUrl={sandbox.BaseUrl}", $"--Stripe:JsUrl={sandbox.BaseUrl}v3/",
        "--SendGrid:ApiKey=SG.foyer", $"--SendGrid:BaseUrl={sandbox.BaseUrl}", "--SendGrid:FromAddress=tickets@example.org", "--SendGrid:FromName=Foyer",
    ];

    static Task<MailAnswer> Keep(Mail mail, List<Mail> mails)
    {
        lock (mails) mails.Add(mail);
        return Task.FromResult(MailAnswer.Accepted);
    }

    /// <summary>Until nothing that is due waits, nobody is at work and every projection has read the log to its end. A message that failed is due later, so it doesn't hold this up.</summary>
    public async Task HandleDueMessages()
    {
        var (workers, projections, store) = (Get<MessageWorkers>(), Get<Projections>(), Get<EventStore>());
        await Eventually.Is(async () =>
        {
            foreach (var lane in Lanes.All) workers.Wake(lane);
            return workers.IsIdle && await Db.QueryFirst<long>("select count(*) from messages where dead is null and due <= $1", CancellationToken.None, store.Clock.GetUtcNow()) == 0 && workers.IsIdle;
        });
        await Eventually.Is(async () =>
        {
            await projections.CatchUp(CancellationToken.None);
            foreach (var projection in projections.All)
            {
                var heard = projection.Hears.Select(t => store.Types.Of(StoredKind.Fact, t).Name).ToArray();
                if (await Db.QueryFirst<long>("select (select count(*) from events where type = any($2)) - coalesce((select facts from projections where name = $1), 0)", CancellationToken.None, projection.Name, heard) != 0) return false;
            }
            return true;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(5)).Token);
        await app.DisposeAsync();
    }
}
