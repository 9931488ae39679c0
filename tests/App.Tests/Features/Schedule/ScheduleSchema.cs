using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace App.Tests.Features.Schedule;

/// <summary>As much of JSON Schema draft 6 as the schedule's schema uses; a keyword it doesn't know is a fault.</summary>
sealed class ScheduleSchema(JsonElement root)
{
    static readonly HashSet<string> Words = ["$schema", "$id", "$comment", "$todo", "$oneOf", "title", "description", "examples", "deprecated", "definitions"];

    /// <summary>Of a schedule.json, by the published schema.</summary>
    public static IReadOnlyList<string> Faults(byte[] file)
    {
        using var stream = typeof(ScheduleSchema).Assembly.GetManifestResourceStream("schema/voc-schedule.schema.json")!;
        using var schema = JsonDocument.Parse(stream);
        using var json = JsonDocument.Parse(file);
        return new ScheduleSchema(schema.RootElement).Check(json.RootElement);
    }

    public IReadOnlyList<string> Check(JsonElement value) => [.. Check(value, root, "$").Take(20)];

    IEnumerable<string> Check(JsonElement value, JsonElement schema, string at)
    {
        if (schema.ValueKind == JsonValueKind.False) return [$"{at}: is not allowed"];
        if (schema.ValueKind == JsonValueKind.True) return [];
        if (schema.TryGetProperty("$ref", out var reference)) return Check(value, reference.GetString()!.Split('/').Skip(1).Aggregate(root, (node, step) => node.GetProperty(step)), at);
        return schema.EnumerateObject().SelectMany(k => Keyword(value, schema, k, at));
    }

    IEnumerable<string> Keyword(JsonElement value, JsonElement schema, JsonProperty k, string at)
    {
        var (isText, isObject) = (value.ValueKind == JsonValueKind.String, value.ValueKind == JsonValueKind.Object);
        switch (k.Name)
        {
            case "type":
                var types = k.Value.ValueKind == JsonValueKind.Array ? k.Value.EnumerateArray().Select(t => t.GetString()!) : [k.Value.GetString()!];
                return types.Any(t => Is(value, t)) ? [] : [$"{at}: {value.ValueKind} is no {k.Value}"];
            case "properties": return isObject ? value.EnumerateObject().SelectMany(p => k.Value.TryGetProperty(p.Name, out var known) ? Check(p.Value, known, $"{at}.{p.Name}") : []) : [];
            case "patternProperties": return isObject ? value.EnumerateObject().SelectMany(p => k.Value.EnumerateObject().Where(n => Regex.IsMatch(p.Name, n.Name)).SelectMany(n => Check(p.Value, n.Value, $"{at}.{p.Name}"))) : [];
            case "additionalProperties":
                return isObject && k.Value.ValueKind == JsonValueKind.False ? value.EnumerateObject().Where(p => !Has(schema, "properties", p.Name) && !MatchesPattern(schema, p.Name)).Select(p => $"{at}.{p.Name}: is not in the schema") : [];
            case "required": return isObject ? k.Value.EnumerateArray().Where(n => !value.TryGetProperty(n.GetString()!, out _)).Select(n => $"{at}.{n}: is missing") : [];
            case "items": return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany((item, i) => Check(item, k.Value, $"{at}[{i}]")) : [];
            case "oneOf": return k.Value.EnumerateArray().Count(s => !Check(value, s, at).Any()) == 1 ? [] : [$"{at}: matches not exactly one of its shapes"];
            case "pattern": return !isText || Regex.IsMatch(value.GetString()!, k.Value.GetString()!) ? [] : [$"{at}: {value} does not match {k.Value}"];
            case "enum": return k.Value.EnumerateArray().Any(e => e.ToString() == value.ToString()) ? [] : [$"{at}: {value} is none of {k.Value}"];
            case "minimum": return value.ValueKind != JsonValueKind.Number || value.GetDouble() >= k.Value.GetDouble() ? [] : [$"{at}: {value} is too small"];
            case "format": return !isText || Has(value.GetString()!, k.Value.GetString()!) ? [] : [$"{at}: {value} is no {k.Value}"];
            default: return Words.Contains(k.Name) ? [] : [$"{at}: the keyword {k.Name} is unknown here"];
        }
    }

    static bool Has(string text, string format) => format switch
    {
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => true,
    };

    static bool Has(JsonElement schema, string list, string name) => schema.TryGetProperty(list, out var known) && known.TryGetProperty(name, out _);
    static bool MatchesPattern(JsonElement schema, string name) => schema.TryGetProperty("patternProperties", out var patterns) && patterns.EnumerateObject().Any(p => Regex.IsMatch(name, p.Name));

    static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };
}
