using System.Globalization;
using System.Text.Json;
using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Import;

/// <summary>JSON of people we don't know: whatever kind a value has, it is read as what was asked for, or as nothing.</summary>
static class JsonReading
{
    static readonly string[] Preferred = ["en", "de", "fr", "es"];

    public static JsonElement At(this JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) ? found : default;

    /// <summary>Text, a number, or one language of several.</summary>
    public static string Text(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString() ?? "",
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Object => OneLanguage(element),
        _ => "",
    };

    public static string Text(this JsonElement element, string name) => element.At(name).Text();

    /// <summary>The first of these that says something.</summary>
    public static string Text(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (element.Text(name) is { Length: > 0 } text) return text;
        return "";
    }

    public static bool? Bool(this JsonElement element, string name) => element.At(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } text => text.GetString()!.ToLowerInvariant() switch { "true" or "yes" or "1" => true, "false" or "no" or "0" => false, _ => null },
        { ValueKind: JsonValueKind.Number } number => number.GetDouble() != 0,
        _ => null,
    };

    public static int? Int(this JsonElement element, string name) => element.At(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var value) && Math.Abs(value) < int.MaxValue => (int)value,
        { ValueKind: JsonValueKind.String } text when int.TryParse(text.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    /// <summary>The elements of a list, the values of an object, or the one thing that stands where a list is expected.</summary>
    public static IEnumerable<JsonElement> Each(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray(),
        JsonValueKind.Object => element.EnumerateObject().Select(p => p.Value),
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        _ => [element],
    };

    public static IEnumerable<JsonElement> Each(this JsonElement element, string name) => element.At(name).Each();

    /// <summary>A text that may stand there in several languages: one of them, and the others.</summary>
    public static (string Text, Translations? Others) Said(this JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? Translations.Chosen(element.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).Select(p => KeyValuePair.Create(p.Name, p.Value.GetString() ?? "")), Preferred)
        : (element.Text(), null);

    public static (string Text, Translations? Others) Said(this JsonElement element, string name) => element.At(name).Said();

    static string OneLanguage(JsonElement element) => element.Said().Text;
}
