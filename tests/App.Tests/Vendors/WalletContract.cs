using System.Text.Json;
using App.Tests.Support;

namespace App.Tests.Vendors;

/// <summary>What we hand to a wallet says nothing that its documents don't: each path is in an example with a value of the same kind, or in the list of what the reference has beyond the examples.</summary>
static class WalletContract
{
    static readonly string[] Apple = ["apple-booking.json", "apple-admission.json", "apple-seats.json"];

    // developer.apple.com/documentation/walletpasses: Pass, PassFields, PassFieldContent, Pass.Barcodes.
    static readonly Dictionary<string, JsonValueKind> BeyondApple = new()
    {
        ["/voided"] = JsonValueKind.False, ["/expirationDate"] = JsonValueKind.String, ["/barcodes/altText"] = JsonValueKind.String,
        ["/eventTicket/secondaryFields"] = JsonValueKind.Array, ["/eventTicket/auxiliaryFields"] = JsonValueKind.Array, ["/eventTicket/backFields"] = JsonValueKind.Array,
    };

    // developers.google.com/wallet/reference/rest/v1: eventticketclass, eventticketobject; and the token's time.
    static readonly Dictionary<string, JsonValueKind> BeyondGoogle = new()
    {
        ["/iat"] = JsonValueKind.Number, ["/payload/eventTicketClasses/venue"] = JsonValueKind.Object, ["/payload/eventTicketClasses/dateTime"] = JsonValueKind.Object,
        ["/payload/eventTicketClasses/hexBackgroundColor"] = JsonValueKind.String, ["/payload/eventTicketObjects/ticketType"] = JsonValueKind.Object, ["/payload/eventTicketObjects/barcode/alternateText"] = JsonValueKind.String,
    };

    public static IEnumerable<string> BreachesOfApple(JsonElement pass) => Breaches(pass, Apple, BeyondApple);
    public static IEnumerable<string> BreachesOfGoogle(JsonElement claims) => Breaches(claims, ["google-claims.json"], BeyondGoogle);

    static IEnumerable<string> Breaches(JsonElement said, string[] examples, Dictionary<string, JsonValueKind> beyond)
    {
        var known = new Dictionary<string, JsonValueKind>(beyond);
        foreach (var example in examples)
        {
            using var document = JsonDocument.Parse(Repository.Read("tests", "App.Tests", "Vendors", "wallet", example));
            foreach (var (path, kind) in Paths(document.RootElement, "")) known.TryAdd(path, kind);
        }
        foreach (var (path, kind) in Paths(said, ""))
        {
            if (Within(path, beyond) || IsField(path)) continue;
            if (!known.TryGetValue(path, out var expected)) yield return $"{path} is in no document";
            else if (Plain(expected) != Plain(kind)) yield return $"{path} is {kind}, should be {expected}";
        }
    }

    static bool Within(string path, Dictionary<string, JsonValueKind> beyond) => beyond.Keys.Any(b => path.StartsWith(b + "/", StringComparison.Ordinal));
    static bool IsField(string path) => path.StartsWith("/eventTicket/", StringComparison.Ordinal) && path.Split('/')[^1] is "key" or "label" or "value";
    static JsonValueKind Plain(JsonValueKind kind) => kind == JsonValueKind.True ? JsonValueKind.False : kind;

    /// <summary>Items of a list share a path.</summary>
    static IEnumerable<(string Path, JsonValueKind Kind)> Paths(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Paths(p.Value, $"{path}/{p.Name}").Prepend(($"{path}/{p.Name}", p.Value.ValueKind))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(e => Paths(e, path)),
        _ => [],
    };
}
