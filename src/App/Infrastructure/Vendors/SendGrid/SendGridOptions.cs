namespace App.Infrastructure.Vendors.SendGrid;

/// <summary>Section <c>SendGrid</c>. Without a key no mail leaves, and Foyer says so.</summary>
public sealed record SendGridOptions
{
    public string? ApiKey { get; init; }

    /// <summary>A sender verified with SendGrid.</summary>
    public string? FromAddress { get; init; }
    public string FromName { get; init; } = "Foyer";
    public Uri BaseUrl { get; init; } = new("https://api.sendgrid.com");
    public bool IsConfigured => !string.IsNullOrEmpty(ApiKey) && !string.IsNullOrEmpty(FromAddress);
}
