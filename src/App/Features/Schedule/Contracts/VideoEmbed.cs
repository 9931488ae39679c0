using System.Text.RegularExpressions;

namespace App.Features.Schedule.Contracts;

/// <summary>
/// A recording or stream that may be shown inside our page: of exactly these hosts, and only after somebody asked for it (the frame is on a page of its own). What the link's own address says is never put into a frame; the
/// player's address is made of the video's id.
/// </summary>
/// <param name="Name">As people know it.</param>
/// <param name="Origin">Whom the policy lets into the frame.</param>
public sealed partial record VideoEmbed(string Name, string Origin, string Player)
{
    public static VideoEmbed? Of(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || !uri.IsDefaultPort || uri.UserInfo.Length > 0) return null;
        return uri.Host switch
        {
            "youtu.be" => YouTube(uri.AbsolutePath[1..]),
            "www.youtube.com" or "youtube.com" or "m.youtube.com" or "www.youtube-nocookie.com" => YouTube(YouTubeId().Match(uri.PathAndQuery).Groups["id"].Value),
            "vimeo.com" or "player.vimeo.com" when VimeoId().Match(uri.AbsolutePath) is { Success: true } m => new("Vimeo", "https://player.vimeo.com", $"https://player.vimeo.com/video/{m.Groups["id"].Value}?dnt=1"),
            "media.ccc.de" when CccSlug().Match(uri.AbsolutePath) is { Success: true } m => new("media.ccc.de", "https://media.ccc.de", $"https://media.ccc.de/v/{m.Groups["id"].Value}/oembed"),
            _ => null,
        };
    }

    static VideoEmbed? YouTube(string id) => Id().IsMatch(id) ? new("YouTube", "https://www.youtube-nocookie.com", $"https://www.youtube-nocookie.com/embed/{id}") : null;

    [GeneratedRegex(@"\A[\w-]{11}\z", RegexOptions.ECMAScript)]
    private static partial Regex Id();

    [GeneratedRegex(@"\A/(?:watch\?(?:[^#]*&)?v=|live/|embed/|shorts/)(?<id>[A-Za-z0-9_-]{11})(?:[?&/]|\z)")]
    private static partial Regex YouTubeId();

    [GeneratedRegex(@"\A/(?:video/)?(?<id>[0-9]{5,12})/?\z")]
    private static partial Regex VimeoId();

    [GeneratedRegex(@"\A/v/(?<id>[A-Za-z0-9][A-Za-z0-9_.-]{2,120})/?\z")]
    private static partial Regex CccSlug();
}
