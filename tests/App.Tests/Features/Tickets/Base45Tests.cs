using App.Features.Tickets.Contracts;
using FsCheck;
using FsCheck.Fluent;

namespace App.Tests.Features.Tickets;

public sealed class Base45Tests
{
    [Theory] // RFC 9285, 4.3 and 4.4
    [InlineData("AB", "BB8")]
    [InlineData("Hello!!", "%69 VD92EX0")]
    [InlineData("base-45", "UJCLQE7W581")]
    [InlineData("ietf!", "QED8WEX0")]
    [InlineData("", "")]
    public void The_examples_of_the_standard_hold(string plain, string encoded)
    {
        Base45.Encode(System.Text.Encoding.ASCII.GetBytes(plain)).ShouldBe(encoded);
        var bytes = new byte[plain.Length];
        Base45.TryDecode(encoded, bytes, out var written).ShouldBeTrue();
        System.Text.Encoding.ASCII.GetString(bytes, 0, written).ShouldBe(plain);
    }

    [Theory]
    [InlineData("GGX")] // 65,536: more than two bytes hold (RFC 9285, 6)
    [InlineData("::")] // 2,024: more than one byte holds
    [InlineData("A")]
    [InlineData("BB8B")]
    [InlineData("bb8")]
    [InlineData("BB8BB8BB8")] // more than fits
    public void What_no_encoder_writes_is_refused(string text) => Base45.TryDecode(text, new byte[4], out _).ShouldBeFalse();

    [Fact]
    public void Any_bytes_come_back() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        var back = new byte[bytes.Length];
        return Base45.TryDecode(Base45.Encode(bytes), back, out var written) && written == bytes.Length && back.AsSpan().SequenceEqual(bytes);
    }).QuickCheckThrowOnFailure();
}
