using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using App.Infrastructure.Web;

namespace App.Features.Checkout.Contracts;

/// <param name="Giver">Which giver of its details the browser is; <see cref="OrderAccess.ByMail"/>: it was shown by mail that it is the buyer's. Null: it only looks.</param>
public readonly record struct OrderRight(Guid OrderId, int? Giver)
{
    /// <summary>May say who comes with its tickets.</summary>
    /// <param name="giver">Whose details the order was paid with.</param>
    public bool Manages(int giver) => Giver is OrderAccess.ByMail || Giver == giver;
}

/// <summary>
/// What a browser may do with an order (security.md S26). A link shows it, to whomever, for as long as it lives: a ticket must open at the door without a mail. To manage it a browser must have shown that it is its buyer's: the
/// one that gave the details with which it was paid, or one in which the link of a mail to the order's own address was pressed. Until it is paid anybody with the link may give details, so browsers are counted as they do: only the last one's count. A cookie
/// remembers that for thirty days; it says no more than these orders' ids and numbers, is signed as links are, and ends with them.
/// </summary>
public sealed class OrderAccess(OrderLinks links, SiteOptions site, TimeProvider clock)
{
    public const int Days = 30;
    public const int ByMail = 0;
    const int MostOrders = 16, Id = 16, Until = 8, By = 4, Said = Id + Until + By, Code = 16;

    /// <summary>Null: the token isn't ours.</summary>
    public OrderRight? Of(HttpContext context, string? token) => links.Read(token) is { } id ? new(id, GiverOf(context, id)) : null;

    /// <summary>What the browser was told when it gave details, or pressed. Null: nothing.</summary>
    public int? GiverOf(HttpContext context, Guid orderId) => Kept(context).Where(k => k.OrderId == orderId).Select(k => (int?)k.Giver).FirstOrDefault();

    /// <summary>This browser gave the order's details, as the n-th; or pressed in the mail.</summary>
    public void Keep(HttpContext context, Guid orderId, int giver) =>
        context.Response.Cookies.Append(site.CookieName("orders"), string.Join('.', [Word(orderId, giver, clock.GetUtcNow().AddDays(Days)), .. Kept(context).Where(k => k.OrderId != orderId).Select(k => k.Word).Take(MostOrders - 1)]),
            new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = site.IsSecure, Path = "/", IsEssential = true, MaxAge = TimeSpan.FromDays(Days) });

    IEnumerable<(Guid OrderId, int Giver, string Word)> Kept(HttpContext context)
    {
        if (context.Request.Cookies[site.CookieName("orders")] is not { Length: > 0 } cookie) yield break;
        foreach (var word in cookie.Split('.', MostOrders + 1).Take(MostOrders))
            if (Read(word) is { } read) yield return (read.OrderId, read.Giver, word);
    }

    string Word(Guid orderId, int giver, DateTimeOffset until)
    {
        Span<byte> word = stackalloc byte[Said + Code];
        orderId.TryWriteBytes(word, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(word[Id..], until.ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt32BigEndian(word[(Id + Until)..], giver);
        links.Sign(orderId, word[..Said], word[Said..]);
        return Base64Url.EncodeToString(word);
    }

    /// <summary>Null: not ours, or its time is over.</summary>
    (Guid OrderId, int Giver)? Read(string word)
    {
        Span<byte> given = stackalloc byte[Said + Code], right = stackalloc byte[Code];
        if (Base64Url.DecodeFromChars(word, given, out _, out var written) != OperationStatus.Done || written != given.Length) return null;
        var id = new Guid(given[..Id], bigEndian: true);
        links.Sign(id, given[..Said], right);
        return CryptographicOperations.FixedTimeEquals(given[Said..], right) && BinaryPrimitives.ReadInt64BigEndian(given[Id..]) > clock.GetUtcNow().ToUnixTimeSeconds() ? (id, BinaryPrimitives.ReadInt32BigEndian(given[(Id + Until)..])) : null;
    }
}
