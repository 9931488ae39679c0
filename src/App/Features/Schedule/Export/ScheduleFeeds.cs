using System.Collections.Concurrent;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Pages;
using App.Infrastructure.Calendar;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Export;

/// <summary>
/// A public schedule for programs that come back: calendars, schedule.json and schedule.xml, as whoever isn't signed in may see it, in the language that is asked for (<c>?lang=de</c>). Written once a version of it and language, compressed, with an ETag. Nothing with times is given out before times are public.
/// </summary>
public sealed class ScheduleFeeds(ConferencePages pages, SiteOptions site)
{
    sealed record Feed(string Etag, byte[] Body, byte[] Brotli, byte[] Gzip);

    // Goes with the schedule it was made of.
    readonly ConditionalWeakTable<ConferenceSchedule, ConcurrentDictionary<(string Path, string Of, bool WithoutLinks, bool IsArchived), Feed>> written = [];

    public static void Map(IEndpointRouteBuilder app)
    {
        const string at = "/e/{organization}/{slug}";
        var feeds = app.ServiceProvider.GetRequiredService<ScheduleFeeds>();
        void Get(string path, string type, Func<ConferenceView, string, ExportPlace, byte[]?> write) =>
            app.MapMethods(at + path, [HttpMethods.Get, HttpMethods.Head], (HttpContext context, string organization, string slug, string? of) => feeds.Send(context, organization, slug, (path, of ?? ""), type, write)).WithMetadata(new InArchiveAttribute(Archived.Stays));
        Get("/schedule.json", ScheduleJsonFile.ContentType, (view, _, place) => ScheduleJsonFile.Write(view.Schedule, place));
        Get("/schedule.xml", ScheduleXml.ContentType, (view, _, place) => ScheduleXml.Write(view.Schedule, place));
        Get("/schedule.ics", CalendarFile.ContentType, (view, _, place) => ScheduleCalendar.OfAll(view.Schedule, place));
        Get("/schedule/{of}.ics", CalendarFile.ContentType, (view, of, place) => view.Schedule.Session(of) is { IsKnown: true } s ? ScheduleCalendar.Of(s, view.Schedule, place) : null);
        Get("/rooms/{of}.ics", CalendarFile.ContentType, (view, of, place) => view.Schedule.Room(of) is { } room ? ScheduleCalendar.Of(room, view.Schedule, place) : null);
        Get("/tracks/{of}.ics", CalendarFile.ContentType, (view, of, place) => view.Schedule.Track(of) is { } track ? ScheduleCalendar.Of(track, view.Schedule, place) : null);
        Get("/speakers/{of}.ics", CalendarFile.ContentType, (view, of, place) => view.Schedule.Speaker(of) is { } speaker && !view.Schedule.By(speaker).IsEmpty ? ScheduleCalendar.Of(speaker, view.Schedule, place) : null);
    }

    async Task Send(HttpContext context, string organization, string slug, (string Path, string Of) of, string type, Func<ConferenceView, string, ExportPlace, byte[]?> write)
    {
        if (await pages.Find(organization, slug, context.RequestAborted) is not { HasTimes: true } found) { context.Response.StatusCode = StatusCodes.Status404NotFound; return; }
        var view = Asks(context.Request) ? found : found.ReadIn(found.Event.Language);
        var place = new ExportPlace(view.Address, site.Link) { IsPublic = true, WithoutLinks = !view.Site.IsOpen("links", view.Schedule), IsArchived = view.IsArchived };
        var (known, key) = (written.GetOrCreateValue(view.Schedule), (of.Path, of.Of, place.WithoutLinks, place.IsArchived));
        if (!known.TryGetValue(key, out var feed))
        {
            if (write(view, of.Of, place) is not { } body) { context.Response.StatusCode = StatusCodes.Status404NotFound; return; }
            feed = known[key] = new($"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..16]}\"", body, Compressed.Brotli(body, CompressionLevel.Fastest), Compressed.Gzip(body, CompressionLevel.Optimal));
        }
        context.Response.Headers.CacheControl = view.IsArchived ? "public, max-age=3600" : "no-cache";
        // Pages of others may read what everybody may; a browser sends no sign-in along with that.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        await Compressed.Send(context, type, feed.Etag, feed.Body, feed.Brotli, feed.Gzip, "Accept-Encoding, Accept-Language, Cookie");
    }

    /// <summary>Calendars say nothing of who reads them: they get the conference’s own language, unless their address names one.</summary>
    static bool Asks(HttpRequest request) => request.Query.ContainsKey(Languages.Parameter) || request.Headers.AcceptLanguage.Count > 0 || request.Headers.Cookie.Count > 0;
}
