using System.Globalization;
using System.Text;

namespace App.Features.Demo;

/// <summary>Names common in many languages and scripts, combined at random: nobody in particular.</summary>
public sealed class DemoNames
{
    sealed record Word(string Written, string Latin);
    sealed record Language(Word[] Given, Word[] Family, bool FamilyFirst);

    readonly Language[] languages;

    DemoNames(Language[] languages) => this.languages = languages;

    public static DemoNames Read()
    {
        using var stream = typeof(DemoNames).Assembly.GetManifestResourceStream("demo/names.txt")!;
        using var text = new StreamReader(stream);
        return new([.. text.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(Parse)]);
    }

    /// <param name="number">Makes the address nobody else's.</param>
    public (string Name, string Email) Pick(Random random, int number)
    {
        var language = languages[random.Next(languages.Length)];
        var (given, family) = (language.Given[random.Next(language.Given.Length)], language.Family[random.Next(language.Family.Length)]);
        var name = language.FamilyFirst ? family.Written + given.Written : $"{given.Written} {family.Written}";
        return (name, string.Create(CultureInfo.InvariantCulture, $"{given.Latin}.{family.Latin}.{number}@example.org"));
    }

    static Language Parse(string line)
    {
        var isFamilyFirst = line[0] == '!';
        var halves = line.TrimStart('!').Split('|');
        return new(Words(halves[0]), Words(halves[1]), isFamilyFirst);
    }

    static Word[] Words(string half) => Array.ConvertAll(half.Trim().Split(' '), w => w.Split('=') is [var written, var latin] ? new Word(written, latin) : new(w.Replace('_', ' '), Plain(w)));

    /// <summary>Small ASCII letters only, as an address has them.</summary>
    static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormD))
            plain.Append(c switch { 'ø' or 'Ø' => "o", 'ł' or 'Ł' => "l", 'ı' => "i", >= 'a' and <= 'z' => c.ToString(), >= 'A' and <= 'Z' => char.ToLowerInvariant(c).ToString(), _ => "" });
        return plain.ToString();
    }
}
