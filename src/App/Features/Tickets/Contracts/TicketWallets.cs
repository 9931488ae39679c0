using App.Infrastructure.Vendors.Apple;
using App.Infrastructure.Vendors.Google;

namespace App.Features.Tickets.Contracts;

/// <summary>A wallet that takes tickets.</summary>
/// <param name="Name">As people know it.</param>
/// <param name="File">What follows <c>/order/{token}/ticket-{number}</c>.</param>
/// <param name="All">What follows <c>/order/{token}/</c> for all tickets at once; null where a wallet takes one at a time.</param>
public sealed record TicketWallet(string Name, string File, string? All);

/// <summary>Which wallets this installation can put tickets into; what isn't set up is never offered.</summary>
public sealed class TicketWallets(PassSigner apple, GoogleWallet google)
{
    static readonly TicketWallet Apple = new("Apple Wallet", ".pkpass", "tickets.pkpasses"), Google = new("Google Wallet", "/google-wallet", null);

    /// <summary>Both everywhere, the device's own first: somebody at a desk may carry either phone.</summary>
    public IReadOnlyList<TicketWallet> For(string userAgent)
    {
        TicketWallet[] order = userAgent.Contains("Android", StringComparison.Ordinal) ? [Google, Apple] : [Apple, Google];
        return [.. order.Where(w => w == Apple ? apple.IsReady : google.IsReady)];
    }
}
