using App.Features.Checkout.Contracts;
using App.Features.Events.Contracts;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Apple;
using App.Infrastructure.Vendors.Google;
using App.Infrastructure.Web;

namespace App.Features.Tickets;

/// <summary>Tickets for wallets, below the order's own address. As with its other files, what can't be had looks like what isn't there: 404.</summary>
static class WalletFiles
{
    /// <summary>More make no phone happy, and a file of them is megabytes.</summary>
    const int MostInBundle = 50;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/order/{token}/ticket-{number:int}.pkpass", Pass);
        app.MapGet("/order/{token}/tickets.pkpasses", Passes);
        app.MapGet("/order/{token}/ticket-{number:int}/google-wallet", Google);
    }

    /// <summary>A refunded ticket's pass is still given: opened on the phone that has the good one, it takes its place and says that it is void.</summary>
    static async Task<IResult> Pass(string token, int number, PassSigner signer, Texts texts, OrderLinks links, TicketPapers papers, TicketMails mails, QuerySession db, EventCatalogue events, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        TicketFiles.Private(response.HttpContext);
        if (!signer.IsReady || await Order(token, links, papers, db, events, clock, ct) is not { } order || order.Tickets.FirstOrDefault(t => t.Number == number) is not { } ticket) return Results.NotFound();
        using var spoken = order.Language.Speak(); // a pass outlives the page it was taken from
        return Results.File(signer.Write(TicketPass.Of(order, ticket, mails.Link(order.OrderId), texts), TicketPass.Images(order.Organizer)), PassSigner.ContentType, $"ticket-{order.Order}-{number}.pkpass");
    }

    static async Task<IResult> Passes(string token, PassSigner signer, Texts texts, OrderLinks links, TicketPapers papers, TicketMails mails, QuerySession db, EventCatalogue events, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        TicketFiles.Private(response.HttpContext);
        if (!signer.IsReady || await Order(token, links, papers, db, events, clock, ct) is not { } order || order.Valid.Count is 0 or > MostInBundle) return Results.NotFound();
        using var spoken = order.Language.Speak();
        var images = TicketPass.Images(order.Organizer);
        var passes = order.Valid.Select(t => signer.Write(TicketPass.Of(order, t, mails.Link(order.OrderId), texts), images));
        return Results.File(PassSigner.Bundle(passes), PassSigner.BundleContentType, $"tickets-{order.Order}.pkpasses");
    }

    /// <summary>Signed when somebody wants it: a page with ten tickets need not carry ten long addresses.</summary>
    static async Task<IResult> Google(string token, int number, GoogleWallet wallet, SiteOptions site, OrderLinks links, TicketPapers papers, QuerySession db, EventCatalogue events, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        TicketFiles.Private(response.HttpContext);
        if (!wallet.IsReady || await Order(token, links, papers, db, events, clock, ct) is not { } order || order.Valid.FirstOrDefault(t => t.Number == number) is not { } ticket) return Results.NotFound();
        return Results.Redirect(GoogleWallet.Link(TicketSave.Token(order, ticket, wallet, site.PublicUrl.Host)));
    }

    static async Task<TicketPaper?> Order(string token, OrderLinks links, TicketPapers papers, QuerySession db, EventCatalogue events, TimeProvider clock, CancellationToken ct) =>
        links.Read(token) is { } id && await papers.Of(id, ct) is { } order && !await TicketFiles.IsHeldBack(id, order.Event.Id, db, events, clock, ct) ? order : null;
}
