namespace App.Infrastructure.Vendors.Sound;

/// <summary>Section <c>Interpretation</c>: a provider that takes sound by WHIP (RFC 9725) and gives it by WHEP (draft-ietf-wish-whep). Without both addresses it is switched off.</summary>
public sealed record SoundOptions
{
    public const string Channel = "{channel}";

    /// <summary>Where sound is sent to; {channel} becomes the channel's number.</summary>
    public string? WhipUrl { get; init; }

    /// <summary>Where it is heard; {channel} likewise.</summary>
    public string? WhepUrl { get; init; }

    /// <summary>Proves to the provider that it is us. Never leaves this process for anybody else.</summary>
    public string? Token { get; init; }

    /// <summary>Further hosts on which the provider keeps what it began, besides those of its two addresses.</summary>
    public string[] SessionHosts { get; init; } = [];

    /// <summary>Providers inside, which may be spoken to, also by http.</summary>
    public string[] PrivateHosts { get; init; } = [];

    public bool IsConfigured => !string.IsNullOrEmpty(WhipUrl) && !string.IsNullOrEmpty(WhepUrl);

    /// <summary>Why it can't be meant so; null: it can.</summary>
    public string? Fault =>
        string.IsNullOrEmpty(WhipUrl) != string.IsNullOrEmpty(WhepUrl) ? "Sound:WhipUrl and Sound:WhepUrl belong together: set both or neither."
        : IsConfigured ? FaultOf("WhipUrl", WhipUrl!) ?? FaultOf("WhepUrl", WhepUrl!) : null;

    string? FaultOf(string key, string template) =>
        !template.Contains(Channel, StringComparison.Ordinal) ? $"Sound:{key} needs {Channel} in it: each channel is heard by itself."
        : !Uri.TryCreate(Of(template, Guid.Empty), UriKind.Absolute, out var url) || !IsSafe(url) ? $"Sound:{key} must be an https address (http only for a host of Sound:PrivateHosts)."
        // A session is ended where its host is a known one, whichever channel it was.
        : url.Host.Contains(Guid.Empty.ToString("N"), StringComparison.Ordinal) ? $"Sound:{key} must have {Channel} in its path, not in its host." : null;

    public Uri Whip(Guid channel) => new(Of(WhipUrl!, channel));
    public Uri Whep(Guid channel) => new(Of(WhepUrl!, channel));

    /// <summary>Whether a session begun at <paramref name="endpoint"/> may be kept there: at the same place or on a host that was named. Only such an address ever gets the token.</summary>
    public bool Keeps(Uri endpoint, Uri session) => IsSafe(session)
        && (session.Authority.Equals(endpoint.Authority, StringComparison.OrdinalIgnoreCase) || (session.IsDefaultPort && SessionHosts.Contains(session.Host, StringComparer.OrdinalIgnoreCase)));

    bool IsSafe(Uri url) => url.UserInfo.Length == 0 && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && PrivateHosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase)));

    static string Of(string template, Guid channel) => template.Replace(Channel, channel.ToString("N"), StringComparison.Ordinal);
}
