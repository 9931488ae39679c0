using System.Text.Json;
using System.Text.RegularExpressions;
using App.Infrastructure.Web;

namespace App.Features.Content.Package;

/// <summary>strings/{language}.json: sentences that stand above the house's. Each has to be one the house says, with the same places to fill and the forms its language counts in.</summary>
static partial class StringsReader
{
    public static Dictionary<string, Sentence> Read(string file, byte[] bytes, Language language, List<ContentFault> faults)
    {
        var sentences = new Dictionary<string, Sentence>(StringComparer.Ordinal);
        var form = new SettingsForm(file, faults);
        if (PositionedJson.Read(file, bytes, faults) is not { } json || !form.Is(json, JsonValueKind.Object)) return sentences;
        foreach (var member in form.Once(json))
        {
            if (!Texts.OfHouse(Language.English).TryGetValue(member.Name, out var english)) { form.Fault(member.Line, member.Column, $"Nobody says “{member.Name}”."); continue; }
            if (Sentence(member.Value, form, language, english) is { } sentence) sentences[member.Name] = sentence;
        }
        return sentences;
    }

    static Sentence? Sentence(PositionedJson json, SettingsForm form, Language language, Sentence english)
    {
        var forms = new Dictionary<string, string>(StringComparer.Ordinal);
        var counted = json.Kind == JsonValueKind.Object;
        if (counted) form.Object(json, "a counted sentence", language.Forms.ToDictionary(f => f, f => (Action<PositionedJson>)(v => forms[f] = form.Sentence(v))), [.. language.Forms]);
        var other = counted ? forms.GetValueOrDefault("other") : form.Sentence(json);
        if (other is null) return null;
        if (!counted && english.Forms.Count > 0) form.Fault(json.Line, json.Column, $"This sentence counts: it needs the forms {string.Join(", ", language.Forms)}.");
        if (!Places(other).SetEquals(Places(english.Other))) form.Fault(json.Line, json.Column, $"This has to fill {Say(english.Other)}, as in “{english.Other}”.");
        else if (forms.Values.Any(f => !Places(f).IsSubsetOf(Places(english.Other)))) form.Fault(json.Line, json.Column, $"A form fills what isn’t there: only {Say(english.Other)}.");
        return new(other, forms);
    }

    static string Say(string sentence) => Places(sentence) is { Count: > 0 } places ? string.Join(" and ", places) : "nothing";

    // A brace that is no place would break the sentence when it is filled.
    static HashSet<string> Places(string sentence) => [.. Place().Matches(sentence).Select(m => m.Value)];

    [GeneratedRegex(@"\{\d+\}|[{}]")]
    private static partial Regex Place();
}
