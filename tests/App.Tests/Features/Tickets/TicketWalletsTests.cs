using App.Features.Tickets.Contracts;
using App.Infrastructure.Vendors.Apple;
using App.Infrastructure.Vendors.Google;
using App.Tests.Support;

namespace App.Tests.Features.Tickets;

public sealed class TicketWalletsTests : IDisposable
{
    static readonly DateTimeOffset Noon = new(2027, 1, 4, 12, 0, 0, TimeSpan.Zero);
    readonly string folder = Directory.CreateTempSubdirectory("foyer-wallet").FullName;
    readonly TestClock clock = new(Noon);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    GoogleWallet Google(string? issuer = "3388000000012345678")
    {
        var path = Path.Combine(folder, "google.json");
        using var key = System.Security.Cryptography.RSA.Create(2048);
        File.WriteAllText(path, System.Text.Json.JsonSerializer.Serialize(new { client_email = "a@b.example", private_key = key.ExportPkcs8PrivateKeyPem() }));
        return new(new() { ServiceAccount = path, IssuerId = issuer }, clock);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1", "Apple Wallet", "Google Wallet")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/136.0.0.0 Mobile Safari/537.36", "Google Wallet", "Apple Wallet")]
    [InlineData("", "Apple Wallet", "Google Wallet")]
    public void A_device_sees_its_own_wallet_first_and_the_other_after_it(string userAgent, params string[] names) =>
        new TicketWallets(new(TestPassCertificate.In(folder, Noon), clock), Google()).For(userAgent).Select(w => w.Name).ShouldBe(names);

    [Fact]
    public void What_is_not_set_up_is_not_offered_and_says_why()
    {
        var (apple, google) = (new PassSigner(new(), clock), new GoogleWallet(new(), clock));
        new TicketWallets(apple, google).For("").ShouldBeEmpty();
        apple.Fault.ShouldBe("Wallet:Apple:Certificate is not set");
        google.Fault.ShouldBe("Wallet:Google:ServiceAccount is not set");
        Google(issuer: null).Fault.ShouldBe("Wallet:Google:IssuerId is not set");
    }

    [Fact]
    public void A_certificate_that_can_not_be_used_stops_nobody_from_starting()
    {
        var good = TestPassCertificate.In(folder, Noon);
        new PassSigner(good with { Certificate = "/nowhere.pem" }, clock).Fault!.ShouldStartWith("Wallet:Apple:Certificate can't be read");
        new PassSigner(good with { Certificate = good.Intermediate }, clock).Fault!.ShouldStartWith("Wallet:Apple:Certificate can't be read");
        new PassSigner(good with { Intermediate = null }, clock).Fault!.ShouldContain("Wallet:Apple:Intermediate is not set");
        new PassSigner(good with { PassTypeIdentifier = "pass.other" }, clock).Fault!.ShouldContain("pass.other");
        new GoogleWallet(new() { ServiceAccount = good.Certificate, IssuerId = "1" }, clock).Fault!.ShouldStartWith("Wallet:Google:ServiceAccount can't be read");
        var signer = new PassSigner(good, clock);
        signer.Fault.ShouldBeNull();
        clock.Now = Noon.AddYears(6);
        signer.Fault.ShouldBe("the certificate expired on 2032-01-04");
    }

    [Fact]
    public void The_test_certificate_is_made_once_and_again_when_it_is_about_to_end()
    {
        byte[] Made() => File.ReadAllBytes(Path.Combine(folder, "pass.pem"));
        TestPassCertificate.In(folder, Noon);
        var first = Made();
        TestPassCertificate.In(folder, Noon.AddYears(4));
        Made().ShouldBe(first);
        TestPassCertificate.In(folder, Noon.AddYears(5));
        Made().ShouldNotBe(first);
    }
}
