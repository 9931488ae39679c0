using System.Text;
using System.Text.RegularExpressions;

namespace App.Infrastructure.Web;

/// <summary>Makes one sheet of <c>foyer.css</c>'s list: each imported file in its layer, comments and spare white space left out.</summary>
static partial class Stylesheet
{
    public static string Build(IReadOnlyDictionary<string, string> files)
    {
        var list = files["foyer.css"];
        var sheet = new StringBuilder(LayerOrder().Match(list).Value);
        foreach (Match import in Import().Matches(list))
        {
            var css = files.TryGetValue(import.Groups["file"].Value, out var found) ? found : throw new InvalidOperationException($"foyer.css lists {import.Groups["file"].Value}, which isn't there.");
            var layer = import.Groups["layer"].Value;
            sheet.Append(layer.Length == 0 ? css : $"@layer {layer}{{{css}}}");
        }
        return Space().Replace(Comment().Replace(sheet.ToString(), ""), m => m.Value.Contains('\n') ? "\n" : m.Value);
    }

    [GeneratedRegex("""@import url\("(?<file>[a-z-]+\.css)"\)(?: layer\((?<layer>[a-z]+)\))?;""")]
    private static partial Regex Import();

    [GeneratedRegex("@layer [a-z, ]+;")]
    private static partial Regex LayerOrder();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s{2,}|\n")]
    private static partial Regex Space();
}
