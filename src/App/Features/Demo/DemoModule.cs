using System.CommandLine;
using System.Text.Json.Serialization;
using App.Infrastructure.CommandLine;
using App.Infrastructure.Store;

namespace App.Features.Demo;

public static class DemoModule
{
    public static IServiceCollection AddDemo(this IServiceCollection services) => services
        .AddDocument("demo_seed", DemoJson.Default.DemoSeed, s => s.Id)
        .AddSingleton<PaymentSandbox>()
        .AddSingleton<DemoAccounts>()
        .AddSingleton<DemoSales>()
        .AddSingleton<DemoSeeder>();

    /// <summary>With <c>Demo:Seed=true</c>: the demo, before anybody is served, and who may sign in once it is.</summary>
    public static async Task UseDemo(this WebApplication app)
    {
        if (!app.Configuration.GetValue("Demo:Seed", false)) return;
        Console.WriteLine(DemoGuide.Of(await Seed(app, app.Lifetime.ApplicationStopping)));
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(DemoGuide.Places(app.Configuration, app.Services.GetRequiredService<Infrastructure.Web.SiteOptions>())));
    }

    public static Command SeedDemo(BuildApplication build) => Commands.Command("seed-demo", "Fill an empty database with a conference, a theatre and a thousand orders", (parsed, ct) => Commands.With(build, parsed, async app =>
    {
        var seeded = await Seed(app, ct);
        Commands.Print(parsed, seeded, () => Console.WriteLine(DemoGuide.Of(seeded)));
        return seeded.Outcome == SeedOutcome.NotEmpty ? 1 : 0;
    }));

    static async Task<Seeded> Seed(WebApplication app, CancellationToken ct) => app.Environment.IsDevelopment()
        ? await app.Services.GetRequiredService<DemoSeeder>().Run(ct)
        : throw new InvalidOperationException("The demo has accounts whose passwords everybody knows, so it is for ASPNETCORE_ENVIRONMENT=Development only.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoSeed))]
public sealed partial class DemoJson : JsonSerializerContext;
