using System.Globalization;
using System.Text.Json;

namespace App.Tests.Vendors;

/// <summary>
/// Enough of OpenAPI 3.0/3.1's schemas for the vendors' documents: $ref, anyOf/oneOf, allOf, type, nullable, enum, properties, required, additionalProperties, items and the usual limits. Stricter than
/// the standard in one way: a property no schema names is a fault, so that an invented field is found. A keyword it doesn't know is a fault too, never passed over.
/// </summary>
public sealed class SchemaValidator(JsonElement document)
{
    static readonly HashSet<string> Silent = ["format", "default", "x-stripeBypassValidation", "x-expandableFields", "x-resourceId", "x-expansionResources", "x-stripeEvent", "x-stripeOperations", "x-stripeMostCommon", "deprecated", "style", "explode"];

    /// <param name="text">Values came from a form: numbers and flags are text there, lists have their indexes as names.</param>
    public IReadOnlyList<string> Check(JsonElement value, JsonElement schema, bool text = false)
    {
        var faults = new List<string>();
        Check(value, schema, "$", text, faults);
        return faults;
    }

    public JsonElement Resolve(JsonElement node)
    {
        while (node.TryGetProperty("$ref", out var reference))
        {
            var target = document;
            foreach (var step in reference.GetString()!.Split('/').Skip(1)) target = target.GetProperty(step);
            node = target;
        }
        return node;
    }

    void Check(JsonElement value, JsonElement schema, string path, bool text, List<string> faults)
    {
        schema = Resolve(schema);
        if (schema.ValueKind == JsonValueKind.True || !schema.EnumerateObject().Any()) return;
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (!IsNullable(schema)) faults.Add($"{path}: null is not allowed");
            return;
        }
        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "anyOf" or "oneOf": CheckAny(value, keyword.Value, path, text, faults); break;
                case "allOf": foreach (var part in keyword.Value.EnumerateArray()) Check(value, part, path, text, faults); break;
                case "type": CheckType(value, keyword.Value, path, text, faults); break;
                case "enum":
                    if (!keyword.Value.EnumerateArray().Any(e => Same(e, value))) faults.Add($"{path}: {value} is none of {keyword.Value}");
                    break;
                case "required":
                    foreach (var name in keyword.Value.EnumerateArray())
                        if (value.ValueKind == JsonValueKind.Object && !value.TryGetProperty(name.GetString()!, out _)) faults.Add($"{path}.{name}: is missing");
                    break;
                case "properties" or "additionalProperties": break; // below, together
                case "items": CheckItems(value, keyword.Value, path, text, faults); break;
                case "maxItems": if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > keyword.Value.GetInt32()) faults.Add($"{path}: too many"); break;
                case "maxProperties": if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Count() > keyword.Value.GetInt32()) faults.Add($"{path}: too many"); break;
                case "minLength": if (value.ValueKind == JsonValueKind.String && value.GetString()!.Length < keyword.Value.GetInt32()) faults.Add($"{path}: too short"); break;
                case "maxLength": if (value.ValueKind == JsonValueKind.String && value.GetString()!.Length > keyword.Value.GetInt32()) faults.Add($"{path}: too long"); break;
                case "uniqueItems":
                    if (keyword.Value.GetBoolean() && value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Select(v => v.GetRawText()).Distinct().Count() != value.GetArrayLength()) faults.Add($"{path}: twice the same");
                    break;
                case "minimum": if (value.ValueKind == JsonValueKind.Number && value.GetDouble() < keyword.Value.GetDouble()) faults.Add($"{path}: too small"); break;
                case "maximum": if (value.ValueKind == JsonValueKind.Number && value.GetDouble() > keyword.Value.GetDouble()) faults.Add($"{path}: too large"); break;
                case "nullable": break;
                default:
                    if (!Silent.Contains(keyword.Name)) faults.Add($"{path}: the validator does not know the keyword {keyword.Name}");
                    break;
            }
        }
        CheckProperties(value, schema, path, text, faults);
    }

    void CheckAny(JsonElement value, JsonElement choices, string path, bool text, List<string> faults)
    {
        List<string>? nearest = null;
        foreach (var choice in choices.EnumerateArray())
        {
            var its = new List<string>();
            Check(value, choice, path, text, its);
            if (its.Count == 0) return;
            if (nearest is null || its.Count < nearest.Count) nearest = its;
        }
        faults.AddRange(nearest ?? [$"{path}: nothing is allowed"]);
    }

    static void CheckType(JsonElement value, JsonElement type, string path, bool text, List<string> faults)
    {
        if (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(t => Is(value, t.GetString()!, text)) : Is(value, type.GetString()!, text)) return;
        faults.Add($"{path}: {value.ValueKind} {value} is no {type}");
    }

    static bool Is(JsonElement value, string type, bool text) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        // In a query a list is its name again and again, each with one value.
        "array" => value.ValueKind == JsonValueKind.Array || (text && (IsIndexed(value) || value.ValueKind == JsonValueKind.String)),
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => text ? value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => text ? value.ValueKind == JsonValueKind.String && decimal.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _) : value.ValueKind == JsonValueKind.Number,
        "boolean" => text ? value.ValueKind == JsonValueKind.String && value.GetString() is "true" or "false" : value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => false,
        _ => false,
    };

    void CheckItems(JsonElement value, JsonElement items, string path, bool text, List<string> faults)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var i = 0;
            foreach (var item in value.EnumerateArray()) Check(item, items, $"{path}[{i++}]", text, faults);
        }
        else if (text && value.ValueKind == JsonValueKind.String) Check(value, items, path, text, faults);
        else if (text && IsIndexed(value))
        {
            foreach (var item in value.EnumerateObject()) Check(item.Value, items, $"{path}[{item.Name}]", text, faults);
        }
    }

    void CheckProperties(JsonElement value, JsonElement schema, string path, bool text, List<string> faults)
    {
        if (value.ValueKind != JsonValueKind.Object || (text && schema.TryGetProperty("items", out _))) return;
        // A schema that names nothing stands for any object (the subject of an event): it is checked by its own schema.
        var named = schema.TryGetProperty("properties", out var properties) && properties.EnumerateObject().Any();
        var others = schema.TryGetProperty("additionalProperties", out var additional);
        if (!named && !others) return;
        foreach (var property in value.EnumerateObject())
        {
            var its = $"{path}.{property.Name}";
            if (named && properties.TryGetProperty(property.Name, out var known)) Check(property.Value, known, its, text, faults);
            else if (others && additional.ValueKind == JsonValueKind.Object) Check(property.Value, additional, its, text, faults);
            else if (!others || additional.ValueKind == JsonValueKind.False) faults.Add($"{its}: is not in the document");
        }
    }

    bool IsNullable(JsonElement schema) =>
        (schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean())
        || (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Array && type.EnumerateArray().Any(t => t.GetString() == "null"))
        || (schema.TryGetProperty("enum", out var values) && values.EnumerateArray().Any(v => v.ValueKind == JsonValueKind.Null))
        || (schema.TryGetProperty("anyOf", out var any) && any.EnumerateArray().Any(s => Resolve(s) is var one && IsNullable(one)));

    static bool IsIndexed(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Select((p, i) => p.Name == i.ToString(CultureInfo.InvariantCulture)).All(same => same);

    static bool Same(JsonElement allowed, JsonElement value) => allowed.ValueKind == JsonValueKind.String && value.ValueKind == JsonValueKind.String ? allowed.GetString() == value.GetString() : allowed.GetRawText() == value.GetRawText();
}
