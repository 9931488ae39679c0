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
        .AddSingleton<StripeApi>();

    public static void MapStripe(this WebApplication app)
    {
        var services = app.Services;
        var (api, book, events) = (services.GetRequiredService<StripeApi>(), services.GetRequiredService<StripeBook>(), services.GetRequiredService<StripeEvents>());
        var (clock, publicUrl, idempotency) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<PublicUrl>(), services.GetRequiredService<Idempotency>());
        foreach (var (answer, account, key, print) in book.Reload()) idempotency.Remember(account, key, print, answer);
        PaymentIntentsApi.Map(app, api, book, clock, publicUrl);
        RefundsApi.Map(app, api, book);
        EventsApi.Map(app, api, events);
        StripeControl.Map(app, book, events, services.GetRequiredService<StripeWebhooks>(), idempotency, publicUrl);
    }
}
