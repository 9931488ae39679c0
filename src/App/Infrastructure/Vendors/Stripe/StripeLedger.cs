using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace App.Infrastructure.Vendors.Stripe;

/// <summary>One movement of money as the provider's own book has it. Kinds other than charge and refund say nothing about money.</summary>
public sealed record StripeMovement(string Kind, string Id, string? Account, long Amount, string Currency, string? PaymentIntent, string? Status, Dictionary<string, string>? Metadata);

/// <summary>Reads a book of the provider's (the sandbox keeps one) to compare with ours. Of a refund that changed its status, the last line counts.</summary>
public static class StripeLedger
{
    /// <param name="source">A file of JSON lines, or an address that answers with <c>charges</c> and <c>refunds</c>.</param>
    public static IAsyncEnumerable<StripeMovement> Read(string source, CancellationToken ct) =>
        source.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? Fetch(new(source), ct) : Lines(source, ct);

    static async IAsyncEnumerable<StripeMovement> Lines(string path, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var line in File.ReadLinesAsync(path, ct))
            if (line.Length > 0) yield return JsonSerializer.Deserialize(line, StripeLedgerJson.Default.StripeMovement)!;
    }

    static async IAsyncEnumerable<StripeMovement> Fetch(Uri address, [EnumeratorCancellation] CancellationToken ct)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        await using var body = await http.GetStreamAsync(address, ct);
        var book = await JsonSerializer.DeserializeAsync(body, StripeLedgerJson.Default.StripeBook, ct);
        foreach (var charge in book!.Charges) yield return charge;
        foreach (var refund in book.Refunds) yield return refund;
    }
}

sealed record StripeBook(StripeMovement[] Charges, StripeMovement[] Refunds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StripeMovement))]
[JsonSerializable(typeof(StripeBook))]
sealed partial class StripeLedgerJson : JsonSerializerContext;
