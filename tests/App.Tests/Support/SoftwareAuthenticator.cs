using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using App.Infrastructure;

namespace App.Tests.Support;

/// <summary>An authenticator (WebAuthn, ES256, attestation "none") with one passkey, and the browser around it. A test bends what they say.</summary>
public sealed class SoftwareAuthenticator : IDisposable
{
    const byte Present = 0x01, Verified = 0x04, HasKey = 0x40;

    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    string owner = "";

    public byte[] Id { get; } = RandomNumberGenerator.GetBytes(32);
    public string Origin { get; set; } = "http://localhost:5080";
    public string Domain { get; set; } = "localhost";
    public bool Verifies { get; set; } = true;
    public bool IsFramed { get; set; }

    /// <summary>What the browser says it was asked for; null: what it was.</summary>
    public string? Kind { get; set; }

    /// <summary>Of signatures, as told with the last one.</summary>
    public uint Counter { get; set; }

    /// <summary>Signs with another key than it told.</summary>
    public bool IsForged { get; set; }

    /// <summary>As <c>navigator.credentials.create</c> answers.</summary>
    /// <param name="options">What the page was sent.</param>
    public string Create(string options)
    {
        var wanted = JsonDocument.Parse(options).RootElement;
        owner = wanted.GetProperty("user").GetProperty("id").GetString()!;
        var data = Data(Present | HasKey, [.. new byte[16], 0, (byte)Id.Length, .. Id, .. PublicKey()]);
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), 0x58, (byte)data.Length, .. data];
        return Answer(new { clientDataJSON = Ids.ToText(Client("webauthn.create", wanted)), attestationObject = Ids.ToText(attestation), transports = new[] { "internal" } });
    }

    /// <summary>As <c>navigator.credentials.get</c> answers.</summary>
    public string Get(string options)
    {
        Counter++;
        var (client, data) = (Client("webauthn.get", JsonDocument.Parse(options).RootElement), Data(Present, []));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = (IsForged ? other : key).SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new { clientDataJSON = Ids.ToText(client), authenticatorData = Ids.ToText(data), signature = Ids.ToText(signature), userHandle = owner });
    }

    string Answer(object response) => JsonSerializer.Serialize(new { id = Ids.ToText(Id), rawId = Ids.ToText(Id), type = "public-key", clientExtensionResults = new { }, response });

    byte[] Client(string kind, JsonElement wanted) => JsonSerializer.SerializeToUtf8Bytes(new { type = Kind ?? kind, challenge = wanted.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = IsFramed });

    byte[] Data(int flags, byte[] more)
    {
        Span<byte> counter = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        return [.. SHA256.HashData(Encoding.ASCII.GetBytes(Domain)), (byte)(flags | (Verifies ? Verified : 0)), .. counter, .. more];
    }

    /// <summary>COSE: kty EC2, alg ES256, crv P-256, x, y.</summary>
    byte[] PublicKey()
    {
        var at = key.ExportParameters(false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. at.X!, 0x22, 0x58, 0x20, .. at.Y!];
    }

    /// <summary>CBOR, up to 23 letters.</summary>
    static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    public void Dispose() => key.Dispose();
}
