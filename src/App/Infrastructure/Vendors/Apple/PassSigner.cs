using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace App.Infrastructure.Vendors.Apple;

/// <summary>
/// Makes .pkpass files: pass.json, its images, a manifest of their SHA-1 sums and a detached PKCS #7 signature over the manifest, as Wallet expects them. A certificate that can't be used stops nobody from starting:
/// <see cref="Fault"/> says why there are no passes.
/// </summary>
public sealed class PassSigner
{
    public const string ContentType = "application/vnd.apple.pkpass", BundleContentType = "application/vnd.apple.pkpasses";
    const string UserId = "0.9.2342.19200300.100.1.1", OrganizationalUnit = "2.5.4.11", Sha256 = "2.16.840.1.101.3.4.2.1";

    readonly Lock signing = new(); // a key of OpenSSL's is not promised to serve two threads at once
    readonly TimeProvider clock;
    readonly X509Certificate2? certificate, intermediate;
    readonly string passType = "", team = "";

    public PassSigner(PassOptions options, TimeProvider clock)
    {
        this.clock = clock;
        IsConfigured = !string.IsNullOrEmpty(options.Certificate);
        if (!IsConfigured) return;
        try
        {
            certificate = Load(options);
            if (!certificate.HasPrivateKey) throw new CryptographicException("it has no private key");
            intermediate = options.Intermediate is { Length: > 0 } path ? X509CertificateLoader.LoadCertificateFromFile(path) : null;
            passType = options.PassTypeIdentifier ?? Of(certificate, UserId);
            team = options.TeamIdentifier ?? Of(certificate, OrganizationalUnit);
            Broken = intermediate is null ? "Wallet:Apple:Intermediate is not set: phones refuse a pass without Apple's WWDR certificate"
                : passType.Length == 0 || team.Length == 0 ? "neither the settings nor the certificate name a pass type and a team"
                : passType != Of(certificate, UserId) ? $"Wallet:Apple:PassTypeIdentifier is {passType}, the certificate's is {Of(certificate, UserId)}"
                : null;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException) { Broken = $"Wallet:Apple:Certificate can't be read: {e.Message}"; }
    }

    public bool IsConfigured { get; }
    string? Broken { get; }

    /// <summary>Null while passes are made.</summary>
    public string? Fault => !IsConfigured ? "Wallet:Apple:Certificate is not set" : Broken ?? (Expires <= clock.GetUtcNow() ? $"the certificate expired on {Expires:yyyy-MM-dd}" : null);

    public bool IsReady => Fault is null;
    public DateTimeOffset Expires => certificate is null ? default : new(certificate.NotAfter.ToUniversalTime());

    /// <param name="images">By file name: <c>icon.png</c> at the least.</param>
    public byte[] Write(Pass pass, IReadOnlyDictionary<string, byte[]> images)
    {
        if (!IsReady) throw new InvalidOperationException($"No pass can be made: {Fault}.");
        var files = new Dictionary<string, byte[]>(images, StringComparer.Ordinal) { ["pass.json"] = JsonSerializer.SerializeToUtf8Bytes(pass with { PassTypeIdentifier = passType, TeamIdentifier = team }, PassJson.Default.Pass) };
        var manifest = JsonSerializer.SerializeToUtf8Bytes(files.ToDictionary(f => f.Key, f => Sum(f.Value)), PassJson.Default.DictionaryStringString);
        return Zip([.. files, new("manifest.json", manifest), new("signature", Sign(manifest))]);
    }

    /// <summary>Several passes in one file, as Safari takes them.</summary>
    public static byte[] Bundle(IEnumerable<byte[]> passes) => Zip(passes.Select((pass, i) => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"pass-{i + 1}.pkpass"), pass)));

    byte[] Sign(byte[] manifest)
    {
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate!) { IncludeOption = X509IncludeOption.EndCertOnly, DigestAlgorithm = new(Sha256) };
        signer.Certificates.Add(intermediate!);
        signer.SignedAttributes.Add(new Pkcs9SigningTime(clock.GetUtcNow().UtcDateTime));
        var cms = new SignedCms(new(manifest), detached: true);
        lock (signing) cms.ComputeSignature(signer, silent: true);
        return cms.Encode();
    }

#pragma warning disable CA5350 // the format's own: a sum that finds damage; what proves the origin is the signature over the manifest
    static string Sum(byte[] file) => Convert.ToHexStringLower(SHA1.HashData(file));
#pragma warning restore CA5350

    static byte[] Zip(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    static X509Certificate2 Load(PassOptions options)
    {
        var path = options.Certificate!;
        if (Path.GetExtension(path) is ".p12" or ".pfx") return X509CertificateLoader.LoadPkcs12FromFile(path, options.Password);
        return options.Password is { Length: > 0 } password ? X509Certificate2.CreateFromEncryptedPemFile(path, password, options.Key) : X509Certificate2.CreateFromPemFile(path, options.Key);
    }

    static string Of(X509Certificate2 certificate, string oid) =>
        certificate.SubjectName.EnumerateRelativeDistinguishedNames().FirstOrDefault(name => !name.HasMultipleElements && name.GetSingleElementType().Value == oid)?.GetSingleElementValue() ?? "";
}
