using App.Infrastructure.Web;

namespace App.Infrastructure.Vendors.Tito;

/// <param name="Trigger">ticket.completed, registration.cancelled ….</param>
public sealed record TitoDelivery(string Trigger, TitoNews News, byte[] Body);

/// <summary>A slice's interest in what Tito tells. Any delivery may come late, twice or out of order.</summary>
public interface ITitoEvents
{
    Task Handle(TitoDelivery delivery, CancellationToken ct);
}

public static class TitoSetup
{
    const int MaxBody = 512 * 1024;

    public static IServiceCollection AddTito(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(configuration.GetSection("Tito").Get<TitoOptions>() ?? new TitoOptions())
        .AddSingleton<TitoClient>();

    public static void MapTitoWebhook(this IEndpointRouteBuilder app) => app.MapPost("/webhooks/tito", Receive).WithMetadata(new CalledByOthersAttribute());

    /// <summary>400 for what Tito didn't sign. Else 200, whatever the business makes of it; an error only when we could not write it down, so that it comes again.</summary>
    static async Task<IResult> Receive(HttpContext context, TitoOptions options, IEnumerable<ITitoEvents> hearers, ILogger<TitoWebhookLog> log)
    {
        using var body = new MemoryStream(capacity: 8192);
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var bytes = body.ToArray();
        if (bytes.Length > MaxBody || !TitoWebhook.Verify(bytes, context.Request.Headers["Tito-Signature"], options.SecurityTokens) || TitoWebhook.Parse(bytes) is not { } news || context.Request.Headers["X-Webhook-Name"] is not [{ Length: > 0 and < 100 } trigger])
        {
            log.LogWarning("A webhook of Tito's without a valid signature was refused.");
            return Results.BadRequest();
        }
        foreach (var hearer in hearers) await hearer.Handle(new(trigger, news, bytes), CancellationToken.None); // the sender may hang up; what it told us counts
        return Results.Ok();
    }

    /// <summary>The log's category.</summary>
    sealed class TitoWebhookLog;
}
