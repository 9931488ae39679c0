using App.Features.Schedule.Contracts;

namespace App.Tests.Features.Schedule.Pages;

public sealed class VideoEmbedTests
{
    [Theory]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&t=3", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ?si=abc", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")]
    [InlineData("https://m.youtube.com/live/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")]
    [InlineData("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1")]
    [InlineData("https://media.ccc.de/v/36c3-10652-bahnmining_-_punktlichkeit_ist_eine_zier", "https://media.ccc.de/v/36c3-10652-bahnmining_-_punktlichkeit_ist_eine_zier/oembed")]
    public void Players_are_made_of_the_films_id(string url, string player) => VideoEmbed.Of(url)!.Player.ShouldBe(player);

    /// <summary>plaza.md row 13: the old host check was "ends with", so that evilzoom.us passed.</summary>
    [Theory]
    [InlineData("https://evilyoutube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com.evil.example/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com@evil.example/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://user@www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ")]
    [InlineData("http://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ\"onload=\"x")]
    [InlineData("https://www.youtube.com/redirect?q=https://evil.example")]
    [InlineData("https://vimeo.com/../evil")]
    [InlineData("https://media.ccc.de/v/../../evil")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public void No_other_address_comes_into_a_frame(string url) => VideoEmbed.Of(url).ShouldBeNull();
}
