using System.Text.Json;
using System.Text.RegularExpressions;
using App.Tests.Support;

namespace App.Tests.Architecture;

public sealed partial class TextsTests
{
    static readonly string[] Sources = [.. Repository.Files("src/App").Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal)).Select(f => Repository.Read(f))];
    static readonly Dictionary<string, string> Sentences = JsonSerializer.Deserialize<Dictionary<string, string>>(Repository.Read("content", "strings", "en.json"))!;

    [Fact]
    public void Every_refusal_has_its_sentence() =>
        Sources.SelectMany(s => Refusal().Matches(s).Select(m => m.Groups[1].Value)).Distinct().Where(key => !Sentences.ContainsKey(key)).ShouldBeEmpty();

    [Fact]
    public void Every_sentence_is_said_somewhere() =>
        Sentences.Keys.Where(key => !Array.Exists(Sources, s => s.Contains($"\"{key}\"", StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void Sentences_speak_as_Foyer_does() // look.md's voice: no blame, no sorry, no exclamation mark
    {
        foreach (var (key, sentence) in Sentences) Unwanted().IsMatch(sentence).ShouldBeFalse($"{key}: {sentence}");
    }

    [GeneratedRegex("""(?:new Refused|Decision\.Refuse)\(\s*"([a-z-]+\.[a-z-]+)"(?=[,)\s])""")]
    private static partial Regex Refusal();

    [GeneratedRegex(@"!|\b([Pp]lease|[Ss]orry|[Oo]ops|[Ss]uccessfully|[Ii]nvalid)\b")]
    private static partial Regex Unwanted();
}
