namespace App.Infrastructure.Vendors.Tito;

/// <summary>Section <c>Tito</c>.</summary>
public sealed record TitoOptions
{
    /// <summary>A secret token of the Admin API; test and live ones each see only their own tickets.</summary>
    public string? Token { get; init; }

    /// <summary>Security tokens of webhook endpoints: one an event at Tito, two while one is being changed. Without any no webhook is believed.</summary>
    public IReadOnlyList<string> SecurityTokens { get; init; } = [];

    public Uri BaseUrl { get; init; } = new("https://api.tito.io");

    /// <summary>At most 1000.</summary>
    public int PageSize { get; init; } = 500;
}
