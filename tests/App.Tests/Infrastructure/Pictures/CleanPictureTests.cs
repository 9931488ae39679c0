using System.Text;
using App.Infrastructure.Pictures;
using App.Tests.Support;

namespace App.Tests.Infrastructure.Pictures;

public sealed class CleanPictureTests
{
    public static TheoryData<string> Kinds => ["jpeg", "png", "webp", "avif"];

    static byte[] Sample(string kind) => kind switch { "jpeg" => SamplePictures.Jpeg(), "png" => SamplePictures.Png(), "webp" => SamplePictures.Webp(), _ => SamplePictures.Avif() };

    static bool Tells(byte[] file) => Encoding.Latin1.GetString(file).Contains(SamplePictures.Secret, StringComparison.Ordinal);

    [Theory, MemberData(nameof(Kinds))]
    public void What_draws_the_picture_stays_and_what_tells_of_its_maker_goes(string kind)
    {
        var file = Sample(kind);
        Tells(file).ShouldBeTrue();

        var picture = CleanPicture.Read(file)!;

        (picture.ContentType, picture.Width, picture.Height).ShouldBe(($"image/{kind}", 1600, 1000));
        Tells(picture.Bytes).ShouldBeFalse();
        Encoding.Latin1.GetString(picture.Bytes).Contains("colours", StringComparison.Ordinal).ShouldBe(kind is "jpeg" or "webp");
        CleanPicture.Read(picture.Bytes)!.Bytes.ShouldBe(picture.Bytes, "clean once is clean");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_file_that_ends_early_or_was_scribbled_in_is_broken_or_still_a_picture_and_never_an_error(string kind)
    {
        var (file, random) = (CleanPicture.Read(Sample(kind))!.Bytes, new Random(7));
        for (var length = 20; length < file.Length; length += Math.Max(1, file.Length / 300)) Try(file[..length]);
        for (var i = 0; i < 2_000; i++)
        {
            var scribbled = (byte[])file.Clone();
            for (var j = 0; j < 4; j++) scribbled[12 + random.Next(Math.Min(400, scribbled.Length - 12))] = (byte)random.Next(256);
            Try(scribbled);
        }

        static void Try(byte[] bytes)
        {
            try { CleanPicture.Read(bytes); }
            catch (BrokenPictureException) { }
        }
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>")]
    [InlineData("GIF89a")]
    [InlineData("%PDF-1.7")]
    [InlineData("<html><script>alert(1)</script>")]
    [InlineData("")]
    public void Others_are_no_pictures_whatever_they_are_called(string text) => CleanPicture.Read(Encoding.UTF8.GetBytes(text)).ShouldBeNull();

    [Fact]
    public void A_photograph_that_lies_on_its_side_keeps_which_way_is_up_and_nothing_else_of_its_camera()
    {
        var picture = CleanPicture.Read(SamplePictures.Jpeg(orientation: 6))!;
        (picture.Width, picture.Height).ShouldBe((1000, 1600));
        var text = Encoding.Latin1.GetString(picture.Bytes);
        text.ShouldContain("Exif\0\0MM");
        text.ShouldNotContain(SamplePictures.Secret);
    }

    [Fact]
    public void The_small_picture_inside_a_large_one_goes_too() => // it shows what was cut away
        CleanPicture.Read(SamplePictures.Jpeg())!.Bytes.AsSpan(2, 20).ToArray().ShouldBe([0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 2, 0, 0, 72, 0, 72, 0, 0, 0xFF, 0xE2]);
}
