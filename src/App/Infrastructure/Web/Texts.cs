using System.Collections.Frozen;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Html;

namespace App.Infrastructure.Web;

/// <summary>One sentence, or its plural forms by CLDR category (<c>{"one": "1 ticket", "other": "{0} tickets"}</c>).</summary>
[JsonConverter(typeof(SentenceConverter))]
public sealed record Sentence(string Other, IReadOnlyDictionary<string, string> Forms)
{
    public string Of(Language language, long count) => Forms.GetValueOrDefault(language.Form(count), Other);
}

/// <summary>
/// Sentences people read, by key (<c>slice.reason</c>), from <c>content/strings/{language}.json</c>. {0}, {1} … are filled in order. What a language lacks is said in English, sentence by sentence; a key without any sentence
/// is shown as itself, and a test refuses it. Sentences that a conference's content brings stand above those of the house, and change while it runs.
/// </summary>
public sealed class Texts(HtmlEncoder encoder)
{
    static readonly FrozenDictionary<string, FrozenDictionary<string, Sentence>> house = Language.All.ToFrozenDictionary(l => l.Code, Read);

    volatile IReadOnlyDictionary<string, IReadOnlyDictionary<string, Sentence>> brought = FrozenDictionary<string, IReadOnlyDictionary<string, Sentence>>.Empty;

    /// <summary>Another one whenever a sentence may have changed: pages in memory are made anew.</summary>
    public object Version => brought;

    /// <summary>What the house itself says in a language.</summary>
    public static IReadOnlyDictionary<string, Sentence> OfHouse(Language language) => house[language.Code];

    /// <param name="sentences">By language and key. A sentence that the house doesn't have is nowhere said.</param>
    public void Bring(IReadOnlyDictionary<string, IReadOnlyDictionary<string, Sentence>> sentences) => brought = sentences;

    public bool Has(string key) => house["en"].ContainsKey(key);

    public string Of(string key, params IReadOnlyList<object> arguments) => Find(key) is { } sentence ? Fill(sentence.Other, arguments) : key;

    public string Of(Refused refused) => Of(refused.Key, refused.Arguments);

    /// <summary>In the form that the number wants; {0} is the number.</summary>
    public string Count(string key, long count, params IReadOnlyList<object> more) => Find(key) is { } sentence ? Fill(sentence.Of(SpokenIn(key), count), [count, .. more]) : key;

    /// <summary>With marked-up arguments, as <c>Write to {0}</c>; all others, and the sentence, are escaped.</summary>
    public IHtmlContent Html(string key, params IReadOnlyList<object> arguments) =>
        new HtmlFormattableString(CultureInfo.InvariantCulture, encoder.Encode(Find(key)?.Other ?? key), [.. arguments.Select(a => a is IHtmlContent ? a : a.ToString()!)]);

    /// <summary>For a script that counts by itself: the forms as JSON.</summary>
    public string Forms(string key) => Find(key) is { } sentence ? JsonSerializer.Serialize(sentence.Forms.Count > 0 ? sentence.Forms : new Dictionary<string, string> { ["other"] = sentence.Other }) : "{}";

    Sentence? Find(string key) => In(Language.Current, key) ?? In(Language.English, key);

    // A sentence that fell back to English is counted as English does.
    Language SpokenIn(string key) => In(Language.Current, key) is null ? Language.English : Language.Current;

    Sentence? In(Language language, string key) =>
        brought.TryGetValue(language.Code, out var own) && own.TryGetValue(key, out var sentence) ? sentence : house[language.Code].GetValueOrDefault(key);

    static string Fill(string sentence, IReadOnlyList<object> arguments) => arguments.Count == 0 ? sentence : string.Format(CultureInfo.InvariantCulture, sentence, [.. arguments]);

    static FrozenDictionary<string, Sentence> Read(Language language)
    {
        using var file = typeof(Texts).Assembly.GetManifestResourceStream($"strings/{language.Code}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Sentence>>(file)!.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

sealed class SentenceConverter : JsonConverter<Sentence>
{
    static readonly FrozenDictionary<string, string> None = FrozenDictionary<string, string>.Empty;

    public override Sentence Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return new(reader.GetString()!, None);
        var forms = JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options)!;
        return forms.TryGetValue("other", out var other) ? new(other, forms) : throw new JsonException("A counted sentence needs the form \"other\".");
    }

    public override void Write(Utf8JsonWriter writer, Sentence value, JsonSerializerOptions options)
    {
        if (value.Forms.Count == 0) writer.WriteStringValue(value.Other);
        else JsonSerializer.Serialize(writer, value.Forms, options);
    }
}
