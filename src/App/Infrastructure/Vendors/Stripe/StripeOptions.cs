namespace App.Infrastructure.Vendors.Stripe;

/// <summary>Section <c>Stripe</c>. Without a secret key card payments are switched off and say so.</summary>
public sealed record StripeOptions
{
    /// <summary>Every object is read in this version; the webhook endpoint must be made with the same one.</summary>
    public const string Version = "2026-07-29.dahlia";

    public string? SecretKey { get; init; }
    public string? PublishableKey { get; init; }

    /// <summary>Two while one is being rotated; the Connect endpoint's stand beside the platform's.</summary>
    public string[] WebhookSecrets { get; init; } = [];

    public Uri BaseUrl { get; init; } = new("https://api.stripe.com");
    public Uri JsUrl { get; init; } = new("https://js.stripe.com/v3/");
    public bool IsConfigured => !string.IsNullOrEmpty(SecretKey);

    /// <summary>Where the script's frames and calls come from, for the page's content security policy.</summary>
    public string[] BrowserOrigins => JsUrl.Host == "js.stripe.com" ? ["https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com", "https://api.stripe.com"] : [JsUrl.GetLeftPart(UriPartial.Authority)];

    /// <summary>Whose frames may ask for a wallet.</summary>
    public string[] WalletOrigins => JsUrl.Host == "js.stripe.com" ? ["https://js.stripe.com", "https://*.js.stripe.com"] : BrowserOrigins;
}
