namespace App.Infrastructure.Vendors.Stripe;

/// <summary>A slice's interest in events of Stripe's. Runs for each delivery: any may come late, twice or out of order, so it must decide again each time.</summary>
public interface IStripeEvents
{
    IReadOnlySet<string> Types { get; }
    Task Handle(StripeEvent e, CancellationToken ct);
}

public static class StripeSetup
{
    public static IServiceCollection AddStripe(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(configuration.GetSection("Stripe").Get<StripeOptions>() ?? new StripeOptions())
        .AddSingleton<StripeClient>();

    public static void MapStripeWebhook(this IEndpointRouteBuilder app) =>
        app.MapPost("/webhooks/stripe", Receive).WithMetadata(new Web.CalledByOthersAttribute());

    /// <summary>400 for what Stripe didn't sign. Else 200, whatever the business makes of it; an error only when we could not write it down, so that it comes again.</summary>
    static async Task<IResult> Receive(HttpContext context, StripeClient stripe, IEnumerable<IStripeEvents> hearers, TimeProvider clock, ILogger<StripeWebhookLog> log)
    {
        using var body = new MemoryStream(capacity: 4096);
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (!StripeWebhook.Verify(bytes.Span, context.Request.Headers["Stripe-Signature"], stripe.Options.WebhookSecrets, clock.GetUtcNow()) || StripeWebhook.Parse(bytes.Span) is not { } e)
        {
            log.LogWarning("A webhook without a valid signature was refused.");
            return Results.BadRequest();
        }
        foreach (var hearer in hearers)
            if (hearer.Types.Contains(e.Type)) await hearer.Handle(e, CancellationToken.None); // the sender may hang up; what it told us counts
        return Results.Ok();
    }

    /// <summary>The log's category.</summary>
    sealed class StripeWebhookLog;
}
