using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace App.Infrastructure.Vendors.Apple;

/// <summary>A certificate that nobody's phone trusts, made by ourselves: in development all but the phone's last word works. Kept in a folder, so that passes made before a restart verify after it.</summary>
public static class TestPassCertificate
{
    public const string PassType = "pass.example.foyer", Team = "FOYERTEST1";

    /// <summary>Options that point to the certificate in <paramref name="folder"/>, which is made where there is none that is still good.</summary>
    public static PassOptions In(string folder, DateTimeOffset now)
    {
        var options = new PassOptions { Certificate = Path.Combine(folder, "pass.pem"), Intermediate = Path.Combine(folder, "issuer.pem"), PassTypeIdentifier = PassType, TeamIdentifier = Team };
        if (IsGood(options, now)) return options;
        Directory.CreateDirectory(folder);
        var (issuer, pass) = Make(now);
        // Whole or not at all: another process may be starting on the same folder.
        Put(options.Intermediate, issuer);
        Put(options.Certificate, pass);
        return options;
    }

    static bool IsGood(PassOptions options, DateTimeOffset now)
    {
        if (!File.Exists(options.Certificate) || !File.Exists(options.Intermediate)) return false;
        using var known = X509CertificateLoader.LoadCertificateFromFile(options.Certificate);
        using var issuer = X509CertificateLoader.LoadCertificateFromFile(options.Intermediate);
        return known.NotBefore.ToUniversalTime() <= now.UtcDateTime && known.NotAfter.ToUniversalTime() > now.UtcDateTime.AddDays(30) && known.IssuerName.RawData.AsSpan().SequenceEqual(issuer.SubjectName.RawData);
    }

    static (string Issuer, string Pass) Make(DateTimeOffset now)
    {
        var (from, until) = (now.AddDays(-1), now.AddYears(5));
        using RSA issuerKey = RSA.Create(2048), passKey = RSA.Create(2048);
        // A name of its own each time: two processes that make one at once never match halves.
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var issuerRequest = new CertificateRequest($"CN=Test issuer {name}, O=Foyer", issuerKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        issuerRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        using var issuer = issuerRequest.CreateSelfSigned(from, until);
        var passRequest = new CertificateRequest($"OID.0.9.2342.19200300.100.1.1={PassType}, CN=Pass Type ID: {PassType}, OU={Team}, O=Foyer", passKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        passRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        using var pass = passRequest.Create(issuer, from, until, RandomNumberGenerator.GetBytes(8));
        return (issuer.ExportCertificatePem(), pass.ExportCertificatePem() + "\n" + passKey.ExportPkcs8PrivateKeyPem() + "\n");
    }

    static void Put(string path, string text)
    {
        var draft = $"{path}.{Environment.ProcessId}";
        File.WriteAllText(draft, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(draft, path, overwrite: true);
    }
}
