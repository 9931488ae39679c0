using System.Globalization;
using System.Text;

namespace Sandbox.Stripe;

/// <summary>A form or query in Stripe's encoding. A parameter that nobody took is one we don't know, and is refused as Stripe refuses it.</summary>
sealed class StripeForm
{
    readonly List<(string Name, string Value)> rest = [];

    public static StripeForm Parse(ReadOnlySpan<char> text)
    {
        var form = new StripeForm();
        foreach (var range in text.Split('&'))
        {
            var pair = text[range];
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf('=');
            form.rest.Add(equals < 0 ? (Decode(pair), "") : (Decode(pair[..equals]), Decode(pair[(equals + 1)..])));
        }
        return form;
    }

    public static StripeForm Parse(ReadOnlySpan<byte> body) => Parse(Encoding.UTF8.GetString(body));

    /// <summary>Null when it isn't there or empty.</summary>
    public string? Take(string name)
    {
        for (var i = 0; i < rest.Count; i++)
        {
            if (rest[i].Name != name) continue;
            var value = rest[i].Value;
            rest.RemoveAt(i);
            return value.Length == 0 ? null : value;
        }
        return null;
    }

    public string Need(string name) => Take(name) ?? throw StripeError.Required(name);

    public long? Number(string name) => Take(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : throw StripeError.Invalid($"Invalid integer: {text}", name, "parameter_invalid_integer");

    public bool? Flag(string name) => Take(name) switch
    {
        null => null,
        "true" or "True" or "1" => true,
        "false" or "False" or "0" => false,
        var text => throw StripeError.Invalid($"Invalid boolean: {text}", name),
    };

    /// <summary><c>name[key]=value</c>, within the limits of Stripe's metadata.</summary>
    public KeyValuePair<string, string>[] Map(string name)
    {
        List<KeyValuePair<string, string>>? found = null;
        for (var i = 0; i < rest.Count; i++)
        {
            var (key, value) = rest[i];
            if (key.Length <= name.Length + 2 || !key.StartsWith(name, StringComparison.Ordinal) || key[name.Length] != '[' || key[^1] != ']') continue;
            (found ??= []).Add(new(key[(name.Length + 1)..^1], value));
            rest.RemoveAt(i--);
        }
        if (found is null) return [];
        foreach (var (key, value) in found)
        {
            if (key.Length > 40) throw StripeError.Invalid("Metadata keys can have up to 40 characters.", name);
            if (value.Length > 500) throw StripeError.Invalid("Metadata values can have up to 500 characters.", $"{name}[{key}]");
        }
        return found.Count <= 50 ? [.. found] : throw StripeError.Invalid("Metadata can have up to 50 keys.", name);
    }

    public bool Has(string prefix) => rest.Any(pair => pair.Name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>What is a real parameter of Stripe's and beyond this sandbox.</summary>
    public StripeError Beyond(string name, string value) => StripeError.Invalid($"The sandbox does not do {name}={value}.", name);

    public void RefuseRest()
    {
        if (rest.Count > 0) throw StripeError.Invalid($"Received unknown parameter: {rest[0].Name}", rest[0].Name, "parameter_unknown");
    }

    static string Decode(ReadOnlySpan<char> text) =>
        text.IndexOfAny('%', '+') < 0 ? text.ToString() : Uri.UnescapeDataString(text.ToString().Replace('+', ' '));
}
