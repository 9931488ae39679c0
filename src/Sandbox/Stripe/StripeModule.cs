namespace Sandbox.Stripe;

sealed class StripeConduct(TimeProvider clock) : Conduct(clock);

static class StripeModule
{
    public static IServiceCollection AddStripe(this IServiceCollection services) => services
        .AddSingleton<StripeConduct>()
        .AddSingleton<Ledger>()
        .AddSingleton<Idempotency>()
        .AddSingleton<StripeWebhooks>()
        .AddHostedService(provider => provider.GetRequiredService<StripeWebhooks>())
        .AddSingleton<StripeEvents>()
        .AddSingleton<StripeBook>()
        .AddSingleton<CheckoutSessions>()
        .AddSingleton<StripeApi>();

    public static void MapStripe(this WebApplication app)
    {
        var services = app.Services;
        var (api, book, events, sessions) = (services.GetRequiredService<StripeApi>(), services.GetRequiredService<StripeBook>(), services.GetRequiredService<StripeEvents>(), services.GetRequiredService<CheckoutSessions>());
        var (clock, publicUrl, idempotency, webhooks) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<PublicUrl>(), services.GetRequiredService<Idempotency>(), services.GetRequiredService<StripeWebhooks>());
        foreach (var (answer, account, key, print) in book.Reload(sessions.Restore)) idempotency.Remember(account, key, print, answer);
        PaymentIntentsApi.Map(app, api, book, clock, publicUrl);
        CheckoutSessionsApi.Map(app, api, sessions, clock, publicUrl);
        RefundsApi.Map(app, api, book);
        EventsApi.Map(app, api, events);
        HostedPages.Map(app, sessions, book, clock, publicUrl);
        StripeJs.Map(app, services.GetRequiredService<StripeConduct>());
        StripeControl.Map(app, book, sessions, events, webhooks, idempotency, publicUrl);
        PaymentsPage.Map(app, book, webhooks, clock);
    }
}
