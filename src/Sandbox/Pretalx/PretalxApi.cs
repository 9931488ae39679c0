using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Pretalx;

/// <summary>Pretalx's REST API v2, reading: pages, order, filters and the faults that the real one has when it is told so.</summary>
static class PretalxApi
{
    const int MostOnPage = 50;
    static readonly string[] Vanishing = ["abstract", "description", "track", "image", "do_not_record", "content_locale"];

    static readonly string[] Files = ["avatar_url", "image"];

    public static void Map(IEndpointRouteBuilder app, PretalxBook book, PretalxConduct conduct)
    {
        app.MapGet("/api/events/{slug}/", context => Guarded(context, conduct, () => book.Conference(Value(context, "slug")) is { } e ? Answer(context, e) : Refuse(context, 404, "Not found.")));
        app.MapGet("/api/events/{slug}/{kind}/", context => Guarded(context, conduct, () => List(context, book)));
    }

    static async Task Guarded(HttpContext context, PretalxConduct conduct, Func<Task> answer)
    {
        switch (await conduct.Meet(context))
        {
            case Interference.Handled: return;
            case Interference.Fail:
                if (conduct.Now.FailStatus == 429) context.Response.Headers.RetryAfter = "1";
                await Refuse(context, conduct.Now.FailStatus, "The sandbox was told to fail.");
                return;
        }
        var request = context.Request;
        if (request.Headers.Authorization is [{ Length: > 0 } said] && !said.StartsWith("Token ", StringComparison.Ordinal)) { await Refuse(context, 401, "Authentication credentials were not provided."); return; }
        if (request.Headers["Pretalx-Version"] is not [("v1" or "v2" or "v-next")]) { await Refuse(context, 400, "API version LEGACY has been removed"); return; }
        await answer();
    }

    static Task List(HttpContext context, PretalxBook book)
    {
        if (Value(context, "slug") != PretalxBook.Slug || book.List(Value(context, "kind")) is not { } all) return Refuse(context, 404, "Not found.");
        var query = context.Request.Query;
        var states = query["state"];
        var found = all.Where(o => states.Count == 0 || states.Contains((string?)o["state"])).ToList();
        if (Value(context, "kind") is "questions" or "answers" && PretalxQuestions.Narrow(Value(context, "kind"), found, query, context.Request.Headers.Authorization.Count > 0, book.List("questions")!) is { } filter) return Refuse(context, filter);
        if (query["o"] is [{ Length: > 0 } order]) found = [.. found.OrderBy(o => Sortable(o[order]), StringComparer.Ordinal)];
        if (query["expand"].ToString().Contains("resources", StringComparison.Ordinal)) foreach (var o in found) Expand(o);
        if (book.LeavesFieldsOut && Value(context, "kind") == "submissions") foreach (var o in found) foreach (var field in Vanishing) o.Remove(field);
        // Addresses of files are whole ones.
        foreach (var o in found) foreach (var field in Files) if ((string?)o[field] is ['/', ..] path) o[field] = $"{context.Request.Scheme}://{context.Request.Host}{path}";
        var size = Math.Clamp(Number(query["page_size"], MostOnPage), 1, MostOnPage);
        var page = Number(query["page"], 1);
        if (page < 1 || (page > 1 && (page - 1) * size >= found.Count)) return Refuse(context, 404, "Invalid page.");
        var from = (page - 1) * size;
        // The real one has been seen to repeat across a page's border, and so to leave another out; the next pass finds it.
        var results = book.RepeatsOnPages && page == 2 ? found.Skip(from - 1).Take(size) : found.Skip(from).Take(size);
        var answer = new JsonObject
        {
            ["count"] = found.Count, ["next"] = from + size < found.Count ? Link(context, page + 1) : null, ["previous"] = page > 1 ? Link(context, page - 1) : null, ["results"] = new JsonArray([.. results.Select(o => (JsonNode)o.DeepClone())]),
        };
        if (book.RepeatsOnPages && from + size >= found.Count) book.RepeatsOnPages = false;
        return Answer(context, answer);
    }

    static void Expand(JsonObject submission)
    {
        if (submission["resources"] is not JsonArray ids) return;
        submission["resources"] = new JsonArray([.. ids.Select(id => (JsonNode)new JsonObject { ["id"] = id!.DeepClone(), ["resource"] = $"https://lantern.example/media/{id}.pdf", ["description"] = "Slides", ["is_public"] = true })]);
    }

    static string Link(HttpContext context, int page)
    {
        var query = context.Request.Query.Where(q => q.Key != "page").SelectMany(q => q.Value.Select(v => $"{q.Key}={Uri.EscapeDataString(v ?? "")}")).Append(string.Create(CultureInfo.InvariantCulture, $"page={page}"));
        return $"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path}?{string.Join('&', query)}";
    }

    static string Sortable(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number ? value.GetValue<int>().ToString("0000000000", CultureInfo.InvariantCulture) : value?.ToString() ?? "";
    static int Number(string? text, int otherwise) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
    static string Value(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
    static Task Answer(HttpContext context, JsonNode json) => Wire.Write(context.Response, Encoding.UTF8.GetBytes(json.ToJsonString()));

    static Task Refuse(HttpContext context, string filter)
    {
        context.Response.StatusCode = 400;
        return Answer(context, new JsonObject { [filter] = new JsonArray("Enter a number.") });
    }

    static Task Refuse(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        return Answer(context, new JsonObject { ["detail"] = detail });
    }
}
