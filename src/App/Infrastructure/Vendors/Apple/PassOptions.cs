namespace App.Infrastructure.Vendors.Apple;

/// <summary>Section <c>Wallet:Apple</c>. Without a certificate no pass is made, and nothing is offered.</summary>
public sealed record PassOptions
{
    /// <summary>The Pass Type ID certificate with its private key: a .p12 or .pfx file, or a .pem file.</summary>
    public string? Certificate { get; init; }

    /// <summary>The private key, where it is no part of the .pem file.</summary>
    public string? Key { get; init; }
    public string? Password { get; init; }

    /// <summary>Apple's WWDR certificate, by which Apple signed ours: .cer or .pem.</summary>
    public string? Intermediate { get; init; }

    /// <summary><c>pass.org.example.tickets</c>; the certificate's own where nothing is set.</summary>
    public string? PassTypeIdentifier { get; init; }
    public string? TeamIdentifier { get; init; }
}
