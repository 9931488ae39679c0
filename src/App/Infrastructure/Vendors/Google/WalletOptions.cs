namespace App.Infrastructure.Vendors.Google;

/// <summary>Section <c>Wallet:Google</c>. Without both nothing is offered.</summary>
public sealed record WalletOptions
{
    /// <summary>The service account's key file as Google's console gives it out (JSON).</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>The issuer account's number.</summary>
    public string? IssuerId { get; init; }
}
