using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace Sandbox.Tito;

/// <summary>Tito's Admin API 3.0, reading tickets: pages, filters and their traps (what is hidden unless asked for, times without a zone), and the errors of the real one.</summary>
static class TitoApi
{
    const int Usual = 100, Most = 1000;
    static readonly string[] Shown = ["complete", "incomplete", "unassigned"];

    public static void Map(IEndpointRouteBuilder app, TitoBook book, TitoConduct conduct)
    {
        app.MapGet("/v3/hello", context => Guarded(context, conduct, () => Answer(context, new JsonObject { ["authenticated"] = true, ["access_token"] = "*ab1C", ["lookup_mode"] = "live", ["accounts"] = new JsonArray(TitoBook.Account) })));
        app.MapGet("/v3/{account}/{slug}/tickets", context => Guarded(context, conduct, () => List(context, book)));
    }

    static async Task Guarded(HttpContext context, TitoConduct conduct, Func<Task> answer)
    {
        switch (await conduct.Meet(context))
        {
            case Interference.Handled: return;
            case Interference.Fail:
                if (conduct.Now.FailStatus == 429) context.Response.Headers.RetryAfter = "1";
                await Refuse(context, conduct.Now.FailStatus, "The sandbox was told to fail.");
                return;
        }
        if (context.Request.Headers.Authorization is not [{ } said] || !said.StartsWith("Token token=", StringComparison.Ordinal) || said.Length == "Token token=".Length) await Refuse(context, 401, "The API token is missing.");
        else await answer();
    }

    static Task List(HttpContext context, TitoBook book)
    {
        if ((string?)context.Request.RouteValues["account"] != TitoBook.Account || (string?)context.Request.RouteValues["slug"] != TitoBook.Event) return Refuse(context, 404, "Resource not found.");
        var query = context.Request.Query;
        // search[state] is a filter of nobody's: the name is search[states][].
        var states = query["search[states][]"] is { Count: > 0 } asked ? asked.ToArray() : Shown;
        var all = book.All();
        var found = all.Where(t => states.Contains(t.State) && IsIn(t.UpdatedAt, query, "updated_at") && IsIn(t.CreatedAt, query, "created_at"));
        found = query["search[sort]"] == "updated_at" ? found.OrderBy(t => t.UpdatedAt).ThenBy(t => t.Id) : found.OrderBy(t => t.CreatedAt).ThenBy(t => t.Id);
        TitoTicket[] sorted = query["search[direction]"] == "asc" ? [.. found] : [.. found.Reverse()];
        var (size, page) = (Math.Clamp(Number(query["page[size]"], Usual), 1, Most), Math.Max(1, Number(query["page[number]"], 1)));
        var pages = Math.Max(1, (sorted.Length + size - 1) / size);
        return Answer(context, new JsonObject
        {
            ["tickets"] = new JsonArray([.. sorted.Skip((page - 1) * size).Take(size).Select(t => (JsonNode)t.InApi())]),
            ["meta"] = new JsonObject
            {
                ["api_version"] = "3.0.0", ["current_page"] = page, ["next_page"] = page < pages ? page + 1 : null, ["prev_page"] = page > 1 ? page - 1 : null, ["total_pages"] = pages, ["total_count"] = sorted.Length, ["per_page"] = size,
                ["overall_total"] = all.Count, ["resources_hidden_by_default_count"] = all.Count(t => !Shown.Contains(t.State)), ["search_states_hidden_by_default"] = new JsonArray("void", "archived"),
            },
        });
    }

    static bool IsIn(DateTimeOffset at, IQueryCollection query, string field) =>
        !(Bound(query[$"search[{field}][gt]"]) >= at || Bound(query[$"search[{field}][gte]"]) > at || Bound(query[$"search[{field}][lt]"]) <= at || Bound(query[$"search[{field}][lte]"]) < at);

    static DateTimeOffset? Bound(StringValues value)
    {
        if (value is not [{ Length: > 0 } text]) return null;
        var isUtc = text.EndsWith(" UTC", StringComparison.Ordinal);
        if (!DateTime.TryParse(isUtc ? text[..^4] : text.TrimEnd('Z'), CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return null;
        return new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), isUtc ? TimeSpan.Zero : TitoBook.Zone);
    }

    static int Number(string? text, int otherwise) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
    static Task Answer(HttpContext context, JsonNode json) => Wire.Write(context.Response, Encoding.UTF8.GetBytes(json.ToJsonString()));

    static Task Refuse(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return Answer(context, new JsonObject { ["status"] = status, ["message"] = message, ["hint"] = "See https://ti.to/docs/api." });
    }
}
