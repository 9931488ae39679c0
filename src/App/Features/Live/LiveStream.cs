using App.Features.Content.Contracts;
using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Live;

namespace App.Features.Live;

/// <summary>
/// The stream of a conference's news, for anybody: it holds nothing personal, no cookie is looked at, and nothing that the browser could send after its request is read. A browser that asks not to be tracked (GPC, DNT) isn't counted,
/// whatever its script says.
/// </summary>
public static class LiveStream
{
    public static void Map(IEndpointRouteBuilder app)
    {
        // The house's own services: a scope for every open stream would weigh more than the stream.
        var services = app.ServiceProvider;
        app.MapGet("/e/{organization}/{slug}/live", (RequestDelegate)(context => Serve(context, services))).ShortCircuit().WithMetadata(new InArchiveAttribute(Archived.Stays));
    }

    static async Task Serve(HttpContext context, IServiceProvider services)
    {
        var (events, schedules) = (services.GetRequiredService<EventCatalogue>(), services.GetRequiredService<ScheduleCatalogue>());
        var route = context.Request.RouteValues;
        if (await events.Find((string)route["organization"]!, (string)route["slug"]!, context.RequestAborted) is not { Published: true, Kind: EventKind.Conference } e
            || !services.GetRequiredService<LiveContent>().Of((string)route["organization"]!, e).ShowsSchedule(await schedules.Find(e.Id)))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        // An answer that no browser asks for again.
        if (e.IsArchived(services.GetRequiredService<TimeProvider>().GetUtcNow())) { context.Response.StatusCode = StatusCodes.Status204NoContent; return; }
        var headers = context.Request.Headers;
        var counted = headers["Sec-GPC"] != "1" && headers["DNT"] != "1";
        await services.GetRequiredService<LiveHub>().Serve(context, e.Id, counted ? services.GetRequiredService<Presence>().Face(e.Id, context.Request.Query["v"]) : null);
    }
}
