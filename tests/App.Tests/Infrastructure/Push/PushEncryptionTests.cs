using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using App.Infrastructure.Push;
using App.Infrastructure.Web;

namespace App.Tests.Infrastructure.Push;

public sealed class PushEncryptionTests
{
    // RFC 8291, Appendix A.
    const string Plain = "V2hlbiBJIGdyb3cgdXAsIEkgd2FudCB0byBiZSBhIHdhdGVybWVsb24", Salt = "DGv6ra1nlYgDCS1FRnbzlw", Secret = "BTBZMqHH6r4Tts7J_aSIgg",
        OurPublic = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8", OurPrivate = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
        Browser = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        Body = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);

    [Fact]
    public void A_message_is_encrypted_as_in_the_standards_example()
    {
        using var ours = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Bytes(OurPrivate), Q = PushEncryption.Point(Bytes(OurPublic)) });
        Base64Url.EncodeToString(PushEncryption.Encrypt(Bytes(Plain), Bytes(Browser), Bytes(Secret), ours, Bytes(Salt))).ShouldBe(Body);
    }

    [Fact]
    public void Each_message_has_a_key_and_a_salt_of_its_own()
    {
        var (a, b) = (PushEncryption.Encrypt("x"u8, Bytes(Browser), Bytes(Secret)), PushEncryption.Encrypt("x"u8, Bytes(Browser), Bytes(Secret)));
        a[..16].ShouldNotBe(b[..16]);
        a[21..86].ShouldNotBe(b[21..86]);
    }

    [Fact]
    public void A_message_that_no_service_takes_is_not_made() =>
        Should.Throw<ArgumentException>(() => PushEncryption.Encrypt(new byte[PushEncryption.Most + 1], Bytes(Browser), Bytes(Secret)));

    [Fact]
    public void Only_a_point_of_the_curve_and_sixteen_bytes_are_keys()
    {
        PushEncryption.AreKeys(Bytes(Browser), Bytes(Secret)).ShouldBeTrue();
        PushEncryption.AreKeys(Bytes(Browser), Bytes(Secret).AsSpan(1)).ShouldBeFalse();
        PushEncryption.AreKeys(Bytes(Browser).AsSpan(1), Bytes(Secret)).ShouldBeFalse();
        byte[] off = Bytes(Browser);
        off[40] ^= 1;
        PushEncryption.AreKeys(off, Bytes(Secret)).ShouldBeFalse();
        PushEncryption.AreKeys(new byte[65], Bytes(Secret)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://push.example/abc", true)]
    [InlineData("http://push.example/abc", false)]
    [InlineData("https://push.example:8443/abc", false)]
    [InlineData("https://user:secret@push.example/abc", false)]
    [InlineData("https://127.0.0.1/abc", false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("https://[::1]/abc", false)]
    [InlineData("https://[::ffff:10.0.0.1]/abc", false)]
    [InlineData("https://2130706433/abc", false)] // 127.0.0.1 as a number
    [InlineData("file:///etc/passwd", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("push.example/abc", false)]
    [InlineData("http://push.inside.example/abc", true)]
    public void A_message_goes_to_public_addresses_by_https_only(string endpoint, bool may) => WebPush.IsEndpoint(endpoint, new PushOptions { PrivateHosts = ["push.inside.example"] }).ShouldBe(may);

    [Fact]
    public void An_address_without_an_end_is_none() => WebPush.IsEndpoint("https://push.example/" + new string('a', 1_000), new()).ShouldBeFalse();
}
