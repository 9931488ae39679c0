using System.Net;
using System.Text.RegularExpressions;

namespace App.Tests.Support;

/// <summary>What came back.</summary>
public sealed record WebPage(HttpStatusCode Status, string Html, Uri Address, HttpResponseMessage Response)
{
    public string? Location => Response.Headers.Location?.ToString();
    public string? Header(string name) => Response.Headers.TryGetValues(name, out var values) || Response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>What people read: tags left out, entities resolved, white space as one blank.</summary>
    public string Text => Regex.Replace(WebUtility.HtmlDecode(Regex.Replace(Html, "<[^>]*>", " ")), @"\s+", " ");
}

/// <summary>One person's browser: keeps cookies (also "secure" ones, over plain http), sends what browsers send about where a request comes from, and puts a page's antiforgery token into what it posts.</summary>
public sealed partial class Browser(Uri address) : IDisposable
{
    readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
    string token = "";

    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);
    /// <summary>As they came, each time.</summary>
    public List<string> SetCookies { get; } = [];
    public Dictionary<string, string> Headers { get; } = new(StringComparer.Ordinal) { ["Accept"] = "text/html", ["Sec-Fetch-Site"] = "same-origin" };

    /// <param name="follow">Goes on to where it is sent, as a browser does.</param>
    public Task<WebPage> Get(string path, bool follow = false) => Send(HttpMethod.Get, path, null, follow);

    /// <summary>As if the button of a form on the page seen last were pressed; when no page with a form was seen yet, this path is opened first.</summary>
    public async Task<WebPage> PostForm(string path, IEnumerable<(string Name, string Value)> fields, bool follow = false)
    {
        if (token.Length == 0) await Get(path);
        return await Post(path, [.. fields, .. token.Length == 0 ? [] : new[] { ("__RequestVerificationToken", token) }], follow);
    }

    public Task<WebPage> PostForm(string path, params (string Name, string Value)[] fields) => PostForm(path, fields, follow: false);

    /// <summary>A form with a file in it, as a browser sends one.</summary>
    public async Task<WebPage> Upload(string path, IEnumerable<(string Name, string Value)> fields, string fileName, byte[] file)
    {
        if (token.Length == 0) await Get(path);
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append(("__RequestVerificationToken", token))) content.Add(new StringContent(value), name);
        content.Add(new ByteArrayContent(file) { Headers = { ContentType = new("image/jpeg") } }, "file", fileName);
        return await Send(HttpMethod.Post, path, content, false);
    }

    /// <summary>Exactly these fields: no token is added.</summary>
    public Task<WebPage> Post(string path, IEnumerable<(string Name, string Value)> fields, bool follow = false) =>
        Send(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), follow);

    /// <summary>What only scripts send.</summary>
    public Task<WebPage> Call(HttpMethod method, string path, HttpContent? content = null) => Send(method, path, content, false);

    async Task<WebPage> Send(HttpMethod method, string path, HttpContent? content, bool follow)
    {
        for (var hops = 0; ; hops++)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
            if (Cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
            var response = await http.SendAsync(request);
            if (response.Headers.TryGetValues("Set-Cookie", out var set)) foreach (var cookie in set) Keep(cookie);
            var page = new WebPage(response.StatusCode, await response.Content.ReadAsStringAsync(), new Uri(address, path), response);
            if (Token().Match(page.Html) is { Success: true } found) token = found.Groups["token"].Value;
            if (!follow || page.Location is not { } next || hops == 10) return page;
            (method, path, content) = (HttpMethod.Get, new Uri(page.Address, next).PathAndQuery, null);
        }
    }

    void Keep(string cookie)
    {
        SetCookies.Add(cookie);
        var (name, value) = (cookie[..cookie.IndexOf('=')], cookie[(cookie.IndexOf('=') + 1)..].Split(';')[0]);
        if (value.Length == 0) Cookies.Remove(name); // how a server takes one back
        else Cookies[name] = value;
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
