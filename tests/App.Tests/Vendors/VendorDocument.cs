using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace App.Tests.Vendors;

/// <summary>A vendor's published description, and whether a request or an answer keeps to it.</summary>
public sealed class VendorDocument
{
    readonly JsonElement root;
    readonly SchemaValidator validator;

    VendorDocument(JsonElement root) => (this.root, validator) = (root, new(root));

    public static VendorDocument Stripe { get; } = Load("stripe.json");
    public static VendorDocument SendGrid { get; } = Load("sendgrid.json");
    public static VendorDocument Pretalx { get; } = Load("pretalx.json");

    /// <summary>Not Tito's own: what we know of it.</summary>
    public static VendorDocument Tito { get; } = Load("tito.json");

    public IReadOnlyList<string> Check(JsonElement value, string schema) => validator.Check(value, root.GetProperty("components").GetProperty("schemas").GetProperty(schema));

    /// <summary>Query, body type and body of a request.</summary>
    public IReadOnlyList<string> CheckRequest(string method, Uri url, string? contentType, string? body)
    {
        if (Operation(method, url.AbsolutePath) is not { } operation) return [$"{method} {url.AbsolutePath} is not in the document"];
        var faults = new List<string>();
        var query = Form(url.Query.TrimStart('?'));
        foreach (var property in query.EnumerateObject())
        {
            var parameter = operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().Select(validator.Resolve).FirstOrDefault(p => p.GetProperty("in").GetString() == "query" && p.GetProperty("name").GetString() == property.Name) : default;
            if (parameter.ValueKind == JsonValueKind.Undefined) faults.Add($"query {property.Name}: is not in the document");
            else faults.AddRange(validator.Check(property.Value, parameter.GetProperty("schema"), text: true).Select(f => $"query {property.Name} {f}"));
        }
        if (!operation.TryGetProperty("requestBody", out var expected)) return string.IsNullOrEmpty(body) ? faults : [.. faults, "a body is not in the document"];
        var content = validator.Resolve(expected).GetProperty("content");
        var type = content.EnumerateObject().First();
        // A form without fields needs no type.
        if (string.IsNullOrEmpty(body)) return [.. faults, .. validator.Check(Form(""), type.Value.GetProperty("schema"), text: true)];
        if (contentType != type.Name) faults.Add($"content type {contentType}, expected {type.Name}");
        var isForm = type.Name == "application/x-www-form-urlencoded";
        faults.AddRange(validator.Check(isForm ? Form(body) : JsonDocument.Parse(body).RootElement, type.Value.GetProperty("schema"), isForm));
        return faults;
    }

    public IReadOnlyList<string> CheckAnswer(string method, Uri url, int status, string body)
    {
        if (Operation(method, url.AbsolutePath) is not { } operation) return [$"{method} {url.AbsolutePath} is not in the document"];
        var responses = operation.GetProperty("responses");
        if (!responses.TryGetProperty(status.ToString(System.Globalization.CultureInfo.InvariantCulture), out var response) && (status < 400 || !responses.TryGetProperty("default", out response))) return [$"status {status} is not in the document"];
        response = validator.Resolve(response);
        if (!response.TryGetProperty("content", out var content)) return body.Length == 0 ? [] : ["a body is not in the document"];
        return validator.Check(JsonDocument.Parse(body).RootElement, content.GetProperty("application/json").GetProperty("schema"));
    }

    JsonElement? Operation(string method, string path)
    {
        var steps = path.Split('/');
        foreach (var candidate in root.GetProperty("paths").EnumerateObject())
        {
            var pattern = candidate.Name.Split('/');
            if (pattern.Length == steps.Length && pattern.Zip(steps).All(p => p.First.StartsWith('{') || p.First == p.Second) && candidate.Value.TryGetProperty(method.ToLowerInvariant(), out var operation)) return operation;
        }
        return null;
    }

    /// <summary><c>a[b][0]=c</c> as nested objects; lists have their indexes as names.</summary>
    internal static JsonElement Form(string text)
    {
        var result = new JsonObject();
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (Decode(pair[..pair.IndexOf('=', StringComparison.Ordinal)]), Decode(pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]));
            var keys = name.Replace("]", "", StringComparison.Ordinal).Split('[');
            var place = result;
            foreach (var key in keys[..^1])
            {
                if (place[key] is not JsonObject inner) place[key] = inner = [];
                place = inner;
            }
            place[keys[^1]] = value;
        }
        return JsonSerializer.SerializeToElement(result);
    }

    static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    static VendorDocument Load(string name)
    {
        using var file = typeof(VendorDocument).Assembly.GetManifestResourceStream("openapi/" + name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        return new(JsonDocument.Parse(file).RootElement);
    }
}

/// <summary>Between a client and its vendor: holds both to the document.</summary>
public sealed class Contract(VendorDocument document) : DelegatingHandler(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
{
    public ConcurrentQueue<string> Faults { get; } = new();
    public ConcurrentQueue<(HttpRequestMessage Request, string Body, int Status, string Answer)> Exchanges { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var what = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        foreach (var fault in document.CheckRequest(request.Method.Method, request.RequestUri!, request.Content?.Headers.ContentType?.MediaType, body)) Faults.Enqueue($"{what}, request: {fault}");
        var response = await base.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        foreach (var fault in document.CheckAnswer(request.Method.Method, request.RequestUri!, (int)response.StatusCode, answer)) Faults.Enqueue($"{what}, answer: {fault}");
        Exchanges.Enqueue((request, body, (int)response.StatusCode, answer));
        return response;
    }
}
