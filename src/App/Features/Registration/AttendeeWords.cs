using System.Text.Encodings.Web;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Html;

namespace App.Features.Registration;

/// <summary>Words with marks in them, for sentences that are said in several languages.</summary>
static class AttendeeWords
{
    public static IHtmlContent Strong(string words) => new HtmlString($"<strong>{HtmlEncoder.Default.Encode(words)}</strong>");

    public static IHtmlContent Link(string href, string words) => new HtmlString($"<a href=\"{HtmlEncoder.Default.Encode(href)}\">{HtmlEncoder.Default.Encode(words)}</a>");

    /// <summary>By what somebody signed in.</summary>
    public static string Way(string way, Texts texts) => way switch
    {
        "code" => texts.Of("attendee.by-code"),
        "passkey" => texts.Of("attendee.by-passkey"),
        "approved" => texts.Of("attendee.by-approval"),
        _ => texts.Of("attendee.by-link"),
    };
}
