using System.Buffers.Text;
using System.Security.Cryptography;
using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Calendar;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Tickets;

/// <summary>What an order's page offers to keep, in the language of that page, and the keys that doors verify with. A token we didn't make, a ticket that isn't there and one held back until later all look the same: 404.</summary>
static class TicketFiles
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/ticket-keys", Keys);
        app.MapGet("/order/{token}/tickets.pdf", Pdf);
        app.MapGet("/order/{token}/event.ics", Calendar);
        app.MapGet("/order/{token}/ticket-{number:int}.svg", Svg);
    }

    /// <summary>JSON Web Keys (RFC 7517), with whose they are. A door that meets an unknown key id asks again.</summary>
    static async Task<IResult> Keys(TicketKeys keys, HttpResponse response, CancellationToken ct)
    {
        response.Headers.CacheControl = "public, max-age=300";
        return Results.Json(new JsonWebKeys([.. (await keys.Published(ct)).Select(JsonWebKey.Of)]), TicketsJson.Default.JsonWebKeys, "application/jwk-set+json");
    }

    static async Task<IResult> Pdf(string token, OrderLinks links, TicketPapers papers, QuerySession db, EventCatalogue events, Texts texts, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        Private(response.HttpContext);
        if (links.Read(token) is not { } id || await papers.Of(id, ct) is not { } order || await IsHeldBack(id, order.Event.Id, db, events, clock, ct)) return Results.NotFound();
        return TicketPdf.Write(order, texts) is { } pdf ? Results.File(pdf, "application/pdf", $"tickets-{order.Order}.pdf") : Results.NotFound();
    }

    static async Task<IResult> Calendar(string token, OrderLinks links, TicketPapers papers, TicketMails mails, QuerySession db, HttpResponse response, CancellationToken ct)
    {
        Private(response.HttpContext);
        if (links.Read(token) is not { } id || await papers.Of(id, ct) is not { } order) return Results.NotFound();
        return Results.File(System.Text.Encoding.UTF8.GetBytes(await mails.Calendar(order, db, ct)), CalendarFile.ContentType, $"{order.Event.Slug}.ics");
    }

    static async Task<IResult> Svg(string token, int number, OrderLinks links, QuerySession db, EventCatalogue events, Texts texts, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        Private(response.HttpContext);
        if (number < 1 || links.Read(token) is not { } id || await OrderTickets.Find(id, number, db, ct, fresh: true) is not { IsValid: true } ticket) return Results.NotFound();
        if (await IsHeldBack(id, ticket.EventId, db, events, clock, ct)) return Results.NotFound();
        return Results.Text(QrSymbol.Svg(ticket.Code, texts.Of("order.code", ticket.Words)), "image/svg+xml");
    }

    public static async ValueTask<bool> IsHeldBack(Guid orderId, Guid eventId, QuerySession db, EventCatalogue events, TimeProvider clock, CancellationToken ct) =>
        (await DeliveryState.Of(orderId, eventId, db, events, clock.GetUtcNow(), ct)).Waits;

    /// <summary>The address itself opens the order.</summary>
    public static void Private(HttpContext context) => context.Allow().IsPrivate = true;
}

public sealed record JsonWebKeys(JsonWebKey[] Keys);

/// <param name="Kid">The key id inside a ticket's code.</param>
public sealed record JsonWebKey(string Kty, string Crv, string Use, string Alg, string Kid, string X, string Y, Guid Organization)
{
    public static JsonWebKey Of(PublicTicketKey key)
    {
        using var ec = ECDsa.Create();
        ec.ImportSubjectPublicKeyInfo(key.Public, out _);
        var q = ec.ExportParameters(includePrivateParameters: false).Q;
        return new("EC", "P-256", "sig", "ES256", key.KeyId.ToString(System.Globalization.CultureInfo.InvariantCulture), Base64Url.EncodeToString(q.X), Base64Url.EncodeToString(q.Y), key.OrganizationId);
    }
}
