namespace App.Infrastructure.Vendors.Pretalx;

/// <summary>Section <c>Pretalx</c>. Without a token only what an event shows everybody is read.</summary>
public sealed record PretalxOptions
{
    /// <summary>The last one that clients may rely on; a token without it would speak the version it was first used with.</summary>
    public const string Version = "v2";

    public string? Token { get; init; }
    public Uri BaseUrl { get; init; } = new("https://pretalx.com");

    /// <summary>At most 50 unless the installation says otherwise.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>Hosts that serve pictures of its speakers and sessions beside <see cref="BaseUrl"/>'s own: an event's domain, a store of files.</summary>
    public IReadOnlyList<string> PictureHosts { get; init; } = [];

    /// <summary>https from the hosts named here; what else only exactly where the API itself is.</summary>
    public bool HasPicture(Uri address) =>
        address.GetLeftPart(UriPartial.Authority).Equals(BaseUrl.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
        || (address is { Scheme: "https", IsDefaultPort: true } && (address.Host.Equals(BaseUrl.Host, StringComparison.OrdinalIgnoreCase) || PictureHosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase)));
}
