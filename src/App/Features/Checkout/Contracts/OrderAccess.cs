using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using App.Infrastructure.Web;

namespace App.Features.Checkout.Contracts;

/// <param name="Manages">May say who comes with its tickets.</param>
public readonly record struct OrderRight(Guid OrderId, bool Manages);

/// <summary>
/// What a browser may do with an order (security.md S26). A link shows it, to whomever, for as long as it lives: a ticket must open at the door without a mail. To manage it a browser must have shown that it is its buyer's: the
/// one where it was bought, or one in which the link of a mail to the order's own address was pressed. A cookie remembers that for thirty days; it says no more than these orders' ids, is signed as links are, and ends with them.
/// </summary>
public sealed class OrderAccess(OrderLinks links, SiteOptions site, TimeProvider clock)
{
    public const int Days = 30;
    const int MostOrders = 16, Id = 16, Until = 8, Code = 16;

    /// <summary>Null: the token isn't ours.</summary>
    public OrderRight? Of(HttpContext context, string? token) => links.Read(token) is { } id ? new(id, Kept(context).Any(k => k.OrderId == id)) : null;

    /// <summary>This browser has shown that the order is its own.</summary>
    public void Keep(HttpContext context, Guid orderId) =>
        context.Response.Cookies.Append(site.CookieName("orders"), string.Join('.', [Word(orderId, clock.GetUtcNow().AddDays(Days)), .. Kept(context).Where(k => k.OrderId != orderId).Select(k => k.Word).Take(MostOrders - 1)]),
            new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = site.IsSecure, Path = "/", IsEssential = true, MaxAge = TimeSpan.FromDays(Days) });

    IEnumerable<(Guid OrderId, string Word)> Kept(HttpContext context)
    {
        if (context.Request.Cookies[site.CookieName("orders")] is not { Length: > 0 } cookie) yield break;
        foreach (var word in cookie.Split('.', MostOrders + 1).Take(MostOrders))
            if (Read(word) is { } orderId) yield return (orderId, word);
    }

    string Word(Guid orderId, DateTimeOffset until)
    {
        Span<byte> word = stackalloc byte[Id + Until + Code];
        orderId.TryWriteBytes(word, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(word[Id..], until.ToUnixTimeSeconds());
        links.Sign(orderId, word[..(Id + Until)], word[(Id + Until)..]);
        return Base64Url.EncodeToString(word);
    }

    /// <summary>Null: not ours, or its time is over.</summary>
    Guid? Read(string word)
    {
        Span<byte> given = stackalloc byte[Id + Until + Code], right = stackalloc byte[Code];
        if (Base64Url.DecodeFromChars(word, given, out _, out var written) != OperationStatus.Done || written != given.Length) return null;
        var id = new Guid(given[..Id], bigEndian: true);
        links.Sign(id, given[..(Id + Until)], right);
        return CryptographicOperations.FixedTimeEquals(given[(Id + Until)..], right) && BinaryPrimitives.ReadInt64BigEndian(given[Id..]) > clock.GetUtcNow().ToUnixTimeSeconds() ? id : null;
    }
}
