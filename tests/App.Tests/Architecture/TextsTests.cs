using System.Text.Json;
using System.Text.RegularExpressions;
using App.Features.Content.Package;
using App.Features.Content.Pages;
using App.Infrastructure.Web;
using App.Tests.Support;

namespace App.Tests.Architecture;

public sealed partial class TextsTests
{
    static readonly string[] Sources = [.. Repository.Files("src/App").Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal)).Select(f => Repository.Read(f))];
    static readonly Dictionary<string, Sentence> Sentences = Read("en");

    static Dictionary<string, Sentence> Read(string language) => JsonSerializer.Deserialize<Dictionary<string, Sentence>>(Repository.Read("content", "strings", language + ".json"))!;

    public static TheoryData<string> Others => [.. Language.All.Select(l => l.Code).Where(c => c != "en")];

    [Fact]
    public void Every_refusal_has_its_sentence() =>
        Sources.SelectMany(s => Refusal().Matches(s).Select(m => m.Groups[1].Value)).Distinct().Where(key => !Sentences.ContainsKey(key)).ShouldBeEmpty();

    [Fact]
    public void Every_sentence_is_said_somewhere() =>
        Sentences.Keys.Where(key => !Array.Exists(Sources, s => s.Contains($"\"{key}\"", StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void Every_sentence_that_a_page_says_is_there() =>
        Sources.SelectMany(s => Said().Matches(s).Select(m => m.Groups[1].Value)).Distinct().Where(key => !Sentences.ContainsKey(key)).ShouldBeEmpty();

    [Fact]
    public void Sentences_speak_as_Foyer_does() // look.md's voice: no blame, no sorry, no exclamation mark
    {
        foreach (var (key, sentence) in Sentences) foreach (var text in sentence.Forms.Values.Append(sentence.Other)) Unwanted().IsMatch(text).ShouldBeFalse($"{key}: {text}");
    }

    [Theory, MemberData(nameof(Others))]
    public void Nothing_that_visitors_read_is_missing_in(string language)
    {
        var there = Read(language);
        Sentences.Keys.Where(key => MissingTranslations.ForVisitors.Any(e => key.StartsWith(e, StringComparison.Ordinal)) && !there.ContainsKey(key)).ShouldBeEmpty();
    }

    [Fact]
    public void What_only_the_office_reads_is_not_waiting_for_a_translation()
    {
        var folder = new ContentFolder("", SiteSettings.Empty, new Dictionary<string, IReadOnlyDictionary<string, Copy>>(), new Dictionary<string, ContentImage>(), []);
        MissingTranslations.Of(new("", [folder], new Dictionary<string, IReadOnlyDictionary<string, Sentence>>()), null).SelectMany(m => m.Sentences.Select(s => $"{m.Language.Code} {s.Key}")).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Others))]
    public void A_translation_fills_the_same_places_and_counts_as_its_language_does(string language) => Mismatches(language, Read(language)).ShouldBeEmpty();

    [Fact]
    public void A_planted_mismatch_is_found()
    {
        Mismatches("de", new() { ["checkout.pay"] = new("{1} zahlen", new Dictionary<string, string>()) }).ShouldNotBeEmpty();
        Mismatches("de", new() { ["checkout.pya"] = new("{0} zahlen", new Dictionary<string, string>()) }).ShouldNotBeEmpty();
        Mismatches("ar", new() { ["picker.tickets"] = new("{0}", new Dictionary<string, string> { ["one"] = "1", ["other"] = "{0}" }) }).ShouldNotBeEmpty();
    }

    static IEnumerable<string> Mismatches(string code, Dictionary<string, Sentence> translation)
    {
        var language = Language.Find(code)!;
        foreach (var (key, sentence) in translation)
        {
            if (!Sentences.TryGetValue(key, out var english)) yield return $"{key}: nobody says it";
            else if (english.Forms.Count > 0 && language.Forms.Except(sentence.Forms.Keys).ToArray() is { Length: > 0 } missing) yield return $"{key}: without {string.Join(", ", missing)}";
            else if (!Places(sentence.Other).SetEquals(Places(english.Other))) yield return $"{key}: {sentence.Other}";
            else if (sentence.Forms.Values.Any(f => !Places(f).IsSubsetOf(Places(english.Other)))) yield return $"{key}: a form fills what isn't there";
        }
    }

    static HashSet<string> Places(string sentence) => [.. Place().Matches(sentence).Select(m => m.Value)];

    [GeneratedRegex("""(?:new Refused|Decision\.Refuse)\(\s*"([a-z-]+\.[a-z-]+)"(?=[,)\s])""")]
    private static partial Regex Refusal();

    [GeneratedRegex(@"[Tt]exts\.(?:Of|Count|Html|Forms)\(""([a-z0-9-]+\.[a-z0-9-]+)""")]
    private static partial Regex Said();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"!|\b([Pp]lease|[Ss]orry|[Oo]ops|[Ss]uccessfully|[Ii]nvalid)\b")]
    private static partial Regex Unwanted();
}
