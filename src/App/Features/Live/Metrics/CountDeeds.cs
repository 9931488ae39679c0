using App.Features.Content.Contracts;
using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using Microsoft.AspNetCore.WebUtilities;

namespace App.Features.Live.Metrics;

/// <summary>
/// What people do on a page that the server doesn't see: a link followed, a calendar opened. One small form a deed; only deeds of this list, sessions that exist and widgets that there are count, everything else is answered as well and means nothing.
/// </summary>
public static class CountDeeds
{
    public static IReadOnlyList<string> Known { get; } = ["link", "calendar-file", "calendar-google", "calendar-outlook", "share", "recommendation", "announcement", Widget];
    const string Widget = "widget";
    const int Most = 512;

    public static void Map(IEndpointRouteBuilder app)
    {
        var services = app.ServiceProvider;
        app.MapPost("/e/{organization}/{slug}/count", (RequestDelegate)(context => Count(context, services))).ShortCircuit().WithMetadata(new InArchiveAttribute(Archived.Stays));
    }

    static async Task Count(HttpContext context, IServiceProvider services)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        var (request, route) = (context.Request, context.Request.RouteValues);
        if (IsFromElsewhere(request)) { context.Response.StatusCode = StatusCodes.Status403Forbidden; return; }
        if (request.ContentLength is not (> 0 and <= Most)) { context.Response.StatusCode = request.ContentLength > Most ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status204NoContent; return; }
        if (!IsOurs(request) || await Read(request, context.RequestAborted) is not var (deed, subject) || !Known.Contains(deed)) return;
        if (await services.GetRequiredService<EventCatalogue>().Find((string)route["organization"]!, (string)route["slug"]!, context.RequestAborted) is not { Published: true } e) return;
        services.GetRequiredService<Counters>().Count(e.Id, "deed/" + deed, deed == Widget ? ContentWidgets.Kinds.FirstOrDefault(k => k == subject, "") : await SessionOf(e, subject, services));
    }

    static async Task<string> SessionOf(CatalogueEvent e, string subject, IServiceProvider services) =>
        subject.Length > 0 && (await services.GetRequiredService<ScheduleCatalogue>().Find(e.Id))?.Session(subject) is { IsPublic: true } session ? session.Slug : "";

    /// <summary>Null: no form, or one cut off.</summary>
    static async Task<(string Deed, string Subject)?> Read(HttpRequest request, CancellationToken ct)
    {
        try
        {
            var body = new byte[(int)request.ContentLength!];
            await request.Body.ReadExactlyAsync(body, ct);
            using var reader = new FormReader(System.Text.Encoding.UTF8.GetString(body)) { ValueCountLimit = 4 };
            var form = reader.ReadForm();
            return (form.GetValueOrDefault("deed").ToString(), form.GetValueOrDefault("of").ToString());
        }
        catch (Exception e) when (e is IOException or InvalidDataException or OperationCanceledException) { return null; }
    }

    static bool IsFromElsewhere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin");

    /// <summary>In the browser of somebody who doesn't mind.</summary>
    static bool IsOurs(HttpRequest request) =>
        request.Headers["DNT"] != "1" && request.Headers["Sec-GPC"] != "1" && request.Headers.UserAgent.Count > 0;
}
