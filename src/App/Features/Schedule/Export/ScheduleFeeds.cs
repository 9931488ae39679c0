using System.Collections.Concurrent;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Pages;
using App.Infrastructure.Calendar;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Export;

/// <summary>Calendars of a public schedule, for programs that come back: written once a version of it, compressed, with an ETag. Nothing with times is given out before times are public.</summary>
public sealed class ScheduleFeeds(ConferencePages pages, SiteOptions site)
{
    sealed record Feed(string Etag, byte[] Body, byte[] Brotli, byte[] Gzip);

    // Goes with the schedule it was made of.
    readonly ConditionalWeakTable<ConferenceSchedule, ConcurrentDictionary<(string Path, string Of), Feed>> written = [];

    public static void Map(IEndpointRouteBuilder app)
    {
        const string at = "/e/{organization}/{slug}";
        var feeds = app.ServiceProvider.GetRequiredService<ScheduleFeeds>();
        void Get(string path, Func<ConferenceView, string, ExportPlace, byte[]?> write) =>
            app.MapMethods(at + path, [HttpMethods.Get, HttpMethods.Head], (HttpContext context, string organization, string slug, string? of) => feeds.Send(context, organization, slug, (path, of ?? ""), write));
        Get("/schedule.ics", (view, _, place) => ScheduleCalendar.OfAll(view.Schedule, place));
        Get("/schedule/{of}.ics", (view, of, place) => view.Schedule.Session(of) is { IsKnown: true } s ? ScheduleCalendar.Of(s, view.Schedule, place) : null);
        Get("/rooms/{of}.ics", (view, of, place) => view.Schedule.Room(of) is { } room ? ScheduleCalendar.Of(room, view.Schedule, place) : null);
        Get("/tracks/{of}.ics", (view, of, place) => view.Schedule.Track(of) is { } track ? ScheduleCalendar.Of(track, view.Schedule, place) : null);
        Get("/speakers/{of}.ics", (view, of, place) => view.Schedule.Speaker(of) is { } speaker && !view.Schedule.By(speaker).IsEmpty ? ScheduleCalendar.Of(speaker, view.Schedule, place) : null);
    }

    async Task Send(HttpContext context, string organization, string slug, (string Path, string Of) of, Func<ConferenceView, string, ExportPlace, byte[]?> write)
    {
        if (await pages.Find(organization, slug, context.RequestAborted) is not { HasTimes: true } view) { context.Response.StatusCode = StatusCodes.Status404NotFound; return; }
        var known = written.GetOrCreateValue(view.Schedule);
        if (!known.TryGetValue(of, out var feed))
        {
            if (write(view, of.Of, new(view.Address, site.Link)) is not { } body) { context.Response.StatusCode = StatusCodes.Status404NotFound; return; }
            feed = known[of] = new($"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..16]}\"", body, Compressed.Brotli(body, CompressionLevel.Fastest), Compressed.Gzip(body, CompressionLevel.Optimal));
        }
        context.Response.Headers.CacheControl = "no-cache";
        await Compressed.Send(context, CalendarFile.ContentType, feed.Etag, feed.Body, feed.Brotli, feed.Gzip);
    }
}
