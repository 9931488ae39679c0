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
}
