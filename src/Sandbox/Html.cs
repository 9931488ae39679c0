using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Sandbox;

/// <summary>A piece of a page. What is filled into <c>Html.Of($"…{x}…")</c> is escaped, unless it is a piece itself.</summary>
readonly record struct Html(string Text)
{
    public static readonly Html Nothing = new("");

    public static Html Of(Template template) => new(template.ToString());

    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> piece) => new(string.Concat(items.Select(item => piece(item).Text)));

    public override string ToString() => Text;

    [InterpolatedStringHandler]
    public readonly ref struct Template(int literalLength, int formattedCount)
    {
        readonly StringBuilder text = new(literalLength + formattedCount * 16);

        public void AppendLiteral(string value) => text.Append(value);
        public void AppendFormatted(Html value) => text.Append(value.Text);
        public void AppendFormatted(string? value) => text.Append(value is null ? "" : HtmlEncoder.Default.Encode(value));
        public void AppendFormatted(long value) => text.Append(value);
        public void AppendFormatted(long value, string format) => text.Append(value.ToString(format, System.Globalization.CultureInfo.InvariantCulture));
        public void AppendFormatted(DateTimeOffset value, string format) => text.Append(value.ToString(format, System.Globalization.CultureInfo.InvariantCulture));
        public override string ToString() => text.ToString();
    }
}

/// <summary>The frame of the sandbox's own pages.</summary>
static class Page
{
    /// <param name="script">Of a frame on a shop's page.</param>
    public static Task Write(HttpContext context, string title, Html body, int status = 200, string script = "", bool framed = false)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        // No form-action: paying answers with a redirect to the shop.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self' data:; base-uri 'none'" + (framed ? "" : "; frame-ancestors 'self'");
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        var scripts = script.Length == 0 ? Html.Nothing : Html.Of($"<script src=\"/_sandbox/assets/frame.js\" defer></script>\n<script src=\"/_sandbox/assets/{script}\" defer></script>\n");
        return response.WriteAsync(Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/_sandbox/assets/{(framed ? "element" : "sandbox")}.css">
            {scripts}</head>
            {body}
            </html>

            """).Text);
    }

    /// <summary>Any page of ours that people walk through.</summary>
    public static Task WriteOwn(HttpContext context, string title, Html main, int status = 200) => Write(context, title + " · Sandbox", Html.Of($"""
        <body>
        <header class="bar"><a href="/">Foyer sandbox</a><nav aria-label="Sandbox"><a href="/">Payments</a><a href="/mail">Mail</a></nav></header>
        <main>
        {main}
        </main>
        </body>
        """), status);

    public static Html Money(long amount, string currency)
    {
        var text = currency is "jpy" or "krw" or "clp" or "vnd" or "xof" or "xaf" ? amount.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)
            : (amount / 100m).ToString("N2", System.Globalization.CultureInfo.InvariantCulture);
        return Html.Of($"{currency.ToUpperInvariant()} {text}");
    }

    public static Html Time(TimeProvider clock, long unix)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(unix);
        return Html.Of($"<time datetime=\"{at:yyyy-MM-ddTHH:mm:ssZ}\">{TimeZoneInfo.ConvertTime(at, clock.LocalTimeZone).ToString("d MMM HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)}</time>");
    }
}
