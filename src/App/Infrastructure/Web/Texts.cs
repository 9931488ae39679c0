using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace App.Infrastructure.Web;

/// <summary>Sentences people read, by key (<c>slice.reason</c>), from <c>content/strings/en.json</c>. {0}, {1} … are filled in order. A key without a sentence is shown as itself, and a test refuses it.</summary>
public sealed class Texts
{
    readonly FrozenDictionary<string, string> sentences;

    public Texts()
    {
        using var file = typeof(Texts).Assembly.GetManifestResourceStream("strings/en.json")!;
        sentences = JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary();
    }

    public bool Has(string key) => sentences.ContainsKey(key);

    public string Of(string key, params IReadOnlyList<object> arguments) =>
        sentences.TryGetValue(key, out var sentence) ? arguments.Count == 0 ? sentence : string.Format(CultureInfo.InvariantCulture, sentence, [.. arguments]) : key;

    public string Of(Refused refused) => Of(refused.Key, refused.Arguments);
}
