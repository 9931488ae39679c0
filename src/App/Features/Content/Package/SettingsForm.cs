using System.Text.Json;
using System.Text.RegularExpressions;

namespace App.Features.Content.Package;

/// <summary>Reads values of JSON as they have to be, and notes each that isn't with its line.</summary>
sealed class SettingsForm(string file, List<ContentFault> faults)
{
    public void Fault(int line, int column, string reason) => faults.Add(new(file, line, column, reason));

    public bool Is(PositionedJson json, JsonValueKind kind)
    {
        if (json.Kind == kind) return true;
        Fault(json.Line, json.Column, $"Here should be {Say(kind)}, not {Say(json.Kind)}.");
        return false;
    }

    /// <summary>Each member once; the second of a name is a fault, since nobody could say which counts.</summary>
    public IEnumerable<PositionedMember> Once(PositionedJson json)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var member in json.Members)
        {
            if (seen.TryAdd(member.Name, member.Line)) yield return member;
            else Fault(member.Line, member.Column, $"“{member.Name}” stands here twice; the first is in line {seen[member.Name]}.");
        }
    }

    public void Object(PositionedJson json, string what, Dictionary<string, Action<PositionedJson>> known, params string[] required)
    {
        if (!Is(json, JsonValueKind.Object)) return;
        foreach (var member in Once(json))
        {
            if (known.TryGetValue(member.Name, out var read)) read(member.Value);
            else Fault(member.Line, member.Column, $"There is no “{member.Name}” in {what}. There is: {string.Join(", ", known.Keys)}.");
        }
        foreach (var name in required.Where(r => !json.Members.Any(m => m.Name == r))) Fault(json.Line, json.Column, $"“{name}” is missing in {what}.");
    }

    public IReadOnlyList<T> List<T>(PositionedJson json, Func<PositionedJson, T?> read) =>
        Is(json, JsonValueKind.Array) ? [.. json.Items.Select(read).OfType<T>()] : [];

    public bool Flag(PositionedJson json)
    {
        if (json.Kind is JsonValueKind.True or JsonValueKind.False) return json.Kind == JsonValueKind.True;
        Fault(json.Line, json.Column, $"Here should be true or false, not {Say(json.Kind)}.");
        return false;
    }

    /// <param name="shape">Null: any words.</param>
    /// <param name="wanted">What it should be, in words.</param>
    public string Text(PositionedJson json, Regex? shape = null, string wanted = "")
    {
        if (!Is(json, JsonValueKind.String)) return "";
        if (json.Text.Length == 0) Fault(json.Line, json.Column, "Here is nothing between the quotation marks.");
        else if (json.Text.Trim() != json.Text) Fault(json.Line, json.Column, $"“{json.Text}” has white space at an end. Write “{json.Text.Trim()}”.");
        else if (shape?.IsMatch(json.Text) == false) Fault(json.Line, json.Column, $"“{json.Text}” isn’t {wanted}.");
        return json.Text;
    }

    /// <summary>A sentence as it is: white space at an end may be meant, where it is put together with another.</summary>
    public string Sentence(PositionedJson json)
    {
        if (Is(json, JsonValueKind.String) && json.Text.Length == 0) Fault(json.Line, json.Column, "Here is nothing between the quotation marks.");
        return json.Text;
    }

    public string OneOf(PositionedJson json, IReadOnlyCollection<string> choices)
    {
        var text = Text(json);
        if (json.Kind == JsonValueKind.String && text.Length > 0 && text.Trim() == text && !choices.Contains(text)) Fault(json.Line, json.Column, $"“{text}” is none of {string.Join(", ", choices)}.");
        return text;
    }

    static string Say(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object { … }",
        JsonValueKind.Array => "a list [ … ]",
        JsonValueKind.String => "text in quotation marks",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
