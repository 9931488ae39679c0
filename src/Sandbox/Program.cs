using Sandbox.Pretalx;
using Sandbox.Push;
using Sandbox.SendGrid;
using Sandbox.Sound;
using Sandbox.Stripe;
using Sandbox.Tito;

namespace Sandbox;

/// <summary>Stand-ins that speak the vendors' wire formats and keep state, for the demo, the tests and the benchmarks. No real money, no real mail; never part of the product's image.</summary>
public sealed class Program
{
    public static Task Main(string[] args) => Build(args).RunAsync();

    /// <summary>Ready to start; tests give <c>--urls http://127.0.0.1:0</c>. Settings come from the command line and the environment only (<c>Sandbox__Ledger</c>, <c>Sandbox__Webhooks__0__Url</c>).</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddEnvironmentVariables().AddCommandLine(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(builder.Configuration["urls"] ?? "http://127.0.0.1:5081");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Later>().AddSingleton<PublicUrl>().AddStripe().AddSendGrid().AddPretalx().AddTito().AddSingleton<PushConduct>().AddSingleton<SoundConduct>().AddSingleton<SoundBook>();

        var app = builder.Build();
        app.MapStripe();
        app.MapSendGrid();
        app.MapPretalx();
        app.MapTito();
        app.MapPush();
        app.MapSound();
        foreach (var name in new[] { "sandbox.css", "element.css", "frame.js", "element.js", "wallets.js", "engine.js" }) app.MapGet("/_sandbox/assets/" + name, context => Assets.Send(context, name));
        MapBehaviour(app, "/_sandbox/behaviour", app.Services.GetRequiredService<StripeConduct>());
        MapBehaviour(app, "/_sandbox/behaviour/pretalx", app.Services.GetRequiredService<PretalxConduct>());
        MapBehaviour(app, "/_sandbox/behaviour/tito", app.Services.GetRequiredService<TitoConduct>());
        MapBehaviour(app, "/_sandbox/behaviour/push", app.Services.GetRequiredService<PushConduct>());
        MapBehaviour(app, "/_sandbox/behaviour/sound", app.Services.GetRequiredService<SoundConduct>());
        MapBehaviour(app, "/_sandbox/behaviour/sendgrid", app.Services.GetRequiredService<SendGridConduct>());
        return app;
    }

    static void MapBehaviour(WebApplication app, string path, Conduct conduct)
    {
        app.MapGet(path, context => Wire.Write(context, conduct.Now, BehaviourJson.Default.Behaviour));
        app.MapPost(path, async context =>
        {
            if (await Wire.Read(context, BehaviourJson.Default.Behaviour) is not { } wanted) return;
            conduct.Become(wanted);
            await Wire.Write(context, conduct.Now, BehaviourJson.Default.Behaviour);
        });
    }
}
