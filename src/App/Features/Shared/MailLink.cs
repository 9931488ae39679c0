using Microsoft.AspNetCore.Html;

namespace App.Features.Shared;

/// <summary>An address to write to, inside a sentence.</summary>
public static class MailLink
{
    public static IHtmlContent To(string address) => new HtmlContentBuilder().AppendHtml("<a href=\"mailto:").Append(address).AppendHtml("\">").Append(address).AppendHtml("</a>");
}
