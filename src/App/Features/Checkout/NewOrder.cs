using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Checkout;

/// <summary>
/// An order just paid: all tickets valid, none refunded, the mail on its way. Who bought the same sees the same page but for <see cref="OrderOwn"/>, so it is made once with stand-ins in those places and filled for
/// everybody. Nobody's name or address is in what is kept.
/// </summary>
public sealed class NewOrder(OrderSheets sheets, TicketWallets wallets, HtmlEncoder html) : IFilledPage
{
    /// <summary>More than this is filled for one order only, and rendered as well.</summary>
    const int MostTickets = 20;

    sealed record Key(CatalogueEvent Event, OrganizationCard Organization, string Lines, DateTimeOffset? MailedAt, PaperTickets Paper, string Wallets, bool CanGive, IReadOnlyList<Notice>? Notices)
    {
        // The catalogue's entries are never changed in place: the same one is the same object.
        public bool Equals(Key? other) => other is not null && ReferenceEquals(Event, other.Event) && Organization == other.Organization && Lines == other.Lines && MailedAt == other.MailedAt && Paper == other.Paper && Wallets == other.Wallets && CanGive == other.CanGive && ReferenceEquals(Notices, other.Notices);
        public override int GetHashCode() => Lines.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>Letters and digits, which no encoding changes, and not to be guessed, so that no text of anybody's contains one.</summary>
    static readonly OrderOwn StandIns = new(StandIn("token"), StandIn("code"), StandIn("name"), StandIn("email"), [.. Enumerable.Range(1, MostTickets).Select(n => StandIn($"ticket{n.ToString("00", CultureInfo.InvariantCulture)}"))]);

    static string StandIn(string what) => $"{what}{RandomNumberGenerator.GetHexString(16, lowercase: true)}";

    public string Prefix => "/order/";

    public async ValueTask<Filling?> Of(HttpContext context, string word)
    {
        if (await sheets.Find(word, context.RequestAborted) is not { } sheet) return null;
        var isLikeOthers = IsLikeOthers(sheet);
        context.Items[typeof(OrderSheet)] = isLikeOthers ? sheet with { Own = StandIns } : sheet;
        if (!isLikeOthers) return null;

        var (own, shown) = (sheet.Own, sheet.Delivery!.Waits ? 0 : sheet.Tickets.Count); // tickets held back show no code
        var lines = string.Join('\n', sheet.Order.Lines.Select(l => $"{l.TicketTypeId:N} {l.Count} {l.Each} {l.Name}"));
        var key = new Key(sheet.Event, sheet.Organization, lines + sheet.Order.Currency, sheet.Delivery.Waits ? sheet.Delivery.Due : null, sheet.Paper, string.Join('\n', wallets.For(context.Request.Headers.UserAgent.ToString()).Select(w => w.Name)), sheet.CanGive, sheet.Notices);
        return new(key, Words(StandIns, shown), Words(own with { Name = html.Encode(own.Name!), Email = html.Encode(own.Email!) }, shown), OrderPage.Allow);
    }

    static bool IsLikeOthers(OrderSheet sheet) => sheet is
    {
        Order: { Status: OrderStatus.Paid, Refunded: 0, Gifts.IsEmpty: true }, IsNew: true, Refunds.Count: 0, Tickets.Count: > 0 and <= MostTickets, Own: { Name: not null, Email: not null }, Delivery: { SentAt: null, Failed: null },
    } && sheet.Tickets.All(t => t is { IsValid: true, Seat: null });

    static string[] Words(OrderOwn own, int tickets) => [own.Token, own.Code, own.Name!, own.Email!, .. own.Tickets.Take(tickets)];
}
