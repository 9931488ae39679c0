using System.Collections.Concurrent;
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

/// <summary>What a script says: its own names for sentences, and for those it counts. One of a script, kept in a static field.</summary>
public sealed class ScriptWords(IReadOnlyList<(string Name, string Key)> sentences, IReadOnlyList<(string Name, string Key)> counted)
{
    public IReadOnlyList<(string Name, string Key)> Sentences { get; } = sentences;
    public IReadOnlyList<(string Name, string Key)> Counted { get; } = counted;
}

/// <summary>
/// Sentences people read, by key (<c>slice.reason</c>), from <c>content/strings/{language}.json</c>. {0}, {1} … are filled in order. What a language lacks is said in English, sentence by sentence; a key without any sentence
/// is shown as itself, and a test refuses it. Sentences that a conference's content brings stand above those of the house, and change while it runs.
/// </summary>
public sealed class Texts
{
    /// <summary>All that is said in one language: a sentence, and the language it is really in.</summary>
    sealed record Spoken(FrozenDictionary<string, (Sentence Sentence, Language In)> Sentences, ConcurrentDictionary<ScriptWords, string> ForScripts);

    static readonly FrozenDictionary<string, FrozenDictionary<string, Sentence>> house = Language.All.ToFrozenDictionary(l => l.Code, Read);

    readonly HtmlEncoder encoder;
    volatile FrozenDictionary<string, Spoken> spoken;

    public Texts(HtmlEncoder encoder)
    {
        this.encoder = encoder;
        spoken = SpokenWith(FrozenDictionary<string, IReadOnlyDictionary<string, Sentence>>.Empty);
    }

    /// <summary>Another one whenever a sentence may have changed: pages in memory are made anew.</summary>
    public object Version => spoken;

    /// <summary>What the house itself says in a language.</summary>
    public static IReadOnlyDictionary<string, Sentence> OfHouse(Language language) => house[language.Code];

    /// <param name="sentences">By language and key. A sentence that the house doesn't have is nowhere said.</param>
    public void Bring(IReadOnlyDictionary<string, IReadOnlyDictionary<string, Sentence>> sentences) => spoken = SpokenWith(sentences);

    public bool Has(string key) => house["en"].ContainsKey(key);

    public string Of(string key, params IReadOnlyList<object> arguments) => Find(key) is { } found ? Fill(found.Sentence.Other, arguments) : key;

    public string Of(Refused refused) => Of(refused.Key, refused.Arguments);

    /// <summary>In the form that the number wants; {0} is the number. A sentence that fell back to English is counted as English does.</summary>
    public string Count(string key, long count, params IReadOnlyList<object> more) => Find(key) is { } found ? Fill(found.Sentence.Of(found.In, count), [count, .. more]) : key;

    /// <summary>With marked-up arguments, as <c>Write to {0}</c>; all others, and the sentence, are escaped.</summary>
    public IHtmlContent Html(string key, params IReadOnlyList<object> arguments) =>
        new HtmlFormattableString(CultureInfo.InvariantCulture, encoder.Encode(Find(key)?.Sentence.Other ?? key), [.. arguments.Select(a => a is IHtmlContent ? a : a.ToString()!)]);

    /// <summary>For a script that counts by itself: the forms as JSON.</summary>
    public string Forms(string key) => Find(key) is { } found ? JsonSerializer.Serialize(FormsOf(found.Sentence)) : "{}";

    /// <summary>What a script says by itself, as a JSON object by the script's own names. Made once a language.</summary>
    public string Of(ScriptWords words) => Current.ForScripts.GetOrAdd(words, static (words, texts) => JsonSerializer.Serialize(
        words.Sentences.ToDictionary(w => w.Name, w => texts.Of(w.Key) as object).Concat(words.Counted.ToDictionary(w => w.Name, w => texts.Find(w.Key) is { } found ? FormsOf(found.Sentence) : (object)w.Key)).ToDictionary()), this);

    Spoken Current => spoken[Language.Current.Code];

    (Sentence Sentence, Language In)? Find(string key) => Current.Sentences.TryGetValue(key, out var found) ? found : null;

    static IReadOnlyDictionary<string, string> FormsOf(Sentence sentence) => sentence.Forms.Count > 0 ? sentence.Forms : new Dictionary<string, string> { ["other"] = sentence.Other };

    static FrozenDictionary<string, Spoken> SpokenWith(IReadOnlyDictionary<string, IReadOnlyDictionary<string, Sentence>> brought) => Language.All.ToFrozenDictionary(l => l.Code, l =>
    {
        var all = new Dictionary<string, (Sentence, Language)>(StringComparer.Ordinal);
        foreach (var language in new[] { Language.English, l })
            foreach (var sentences in new[] { house[language.Code], brought.GetValueOrDefault(language.Code) })
                foreach (var (key, sentence) in sentences ?? FrozenDictionary<string, Sentence>.Empty)
                    if (house["en"].ContainsKey(key)) all[key] = (sentence, language);
        return new Spoken(all.ToFrozenDictionary(StringComparer.Ordinal), new());
    });

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
