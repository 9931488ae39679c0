using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace App.Infrastructure.Web;

/// <summary>Text that may be in another language than its page: then it says so, for who hears it read, and runs in its own direction.</summary>
public static class Said
{
    static readonly HashSet<string> RightToLeft = new(StringComparer.Ordinal) { "ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi" };

    /// <param name="language">Empty: nobody has said, so nothing is.</param>
    public static IHtmlContent Text(string text, string language) => IsOther(language)
        ? new HtmlString($"<span{In(language)}>{HtmlEncoder.Default.Encode(text)}</span>")
        : new HtmlString(HtmlEncoder.Default.Encode(text));

    /// <summary>For an element whose whole text is in that language.</summary>
    public static IHtmlContent Attributes(string language) => IsOther(language) ? new HtmlString(In(language)) : HtmlString.Empty;

    public static string Direction(string language) => RightToLeft.Contains(Primary(language)) ? "rtl" : "ltr";

    static string In(string language) => $" lang=\"{HtmlEncoder.Default.Encode(language)}\" dir=\"{Direction(language)}\"";
    static bool IsOther(string language) => language.Length > 0 && Primary(language) != Language.Current.Code;
    static string Primary(string language) => language.Split('-')[0];
}
