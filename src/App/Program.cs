using App.Features.Analytics;
using App.Features.Checkout;
using App.Features.Content;
using App.Features.Demo;
using App.Features.Events;
using App.Features.Live;
using App.Features.Live.Metrics;
using App.Features.Organizations;
using App.Features.Refunds;
using App.Features.Registration;
using App.Features.Scanning;
using App.Features.Schedule;
using App.Features.Shared;
using App.Features.Tickets;
using App.Infrastructure;
using App.Infrastructure.CommandLine;
using App.Infrastructure.Mail;
using App.Infrastructure.Passkeys;
using App.Infrastructure.Postgres;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors;
using App.Infrastructure.Vendors.Stripe;
using App.Infrastructure.Vendors.Tito;
using App.Infrastructure.Web;

namespace App;

/// <summary>Composition only. What the program can do besides serving: <see cref="Commands"/>.</summary>
public sealed class Program
{
    public static Task<int> Main(string[] args) => Commands.Run(args, Build, DemoModule.SeedDemo, OrganizationCommands.All, ScheduleCommands.All, RegistrationCommands.All);

    /// <summary>The whole application on its database, migrated and ready to start.</summary>
    /// <param name="more">What a test replaces.</param>
    public static async Task<WebApplication> Build(string[] args, Action<WebApplicationBuilder>? more = null)
    {
        var builder = Hosting.CreateBuilder(args);
        await builder.AddDatabase();

        builder.Services
            .AddEventStore(typeof(Program).Assembly)
            .AddStripe(builder.Configuration)
            .AddWallets(builder.Configuration, builder.Environment)
            .AddWeb(builder.Configuration)
            .AddPasskeys(builder.Configuration)
            .AddPictures()
            .AddOrganizations(builder.Configuration)
            .AddEvents()
            .AddSchedule(builder.Configuration)
            .AddCheckout()
            .AddTickets()
            .AddRefunds()
            .AddRegistration(builder.Configuration)
            .AddContent(builder.Configuration)
            .AddScanning()
            .AddAnalytics()
            .AddLive(builder.Configuration)
            .AddDemo()
            .AddMail();
        more?.Invoke(builder);

        var app = builder.Build();
        await app.UseContent();
        app.UseViewCounts();
        app.UseWeb();
        app.UseTimeMachine();
        app.MapAssets();
        app.MapHealth();
        app.MapStripeWebhook();
        app.MapTitoWebhook();
        app.MapPictures();
        app.MapOrganizations();
        app.MapSchedule();
        app.MapContent();
        app.MapTickets();
        app.MapLive();
        app.MapRazorPages();
        await app.UseDemo();
        return app;
    }
}
