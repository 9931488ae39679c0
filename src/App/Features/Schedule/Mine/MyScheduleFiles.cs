using System.Security.Cryptography;
using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Export;
using App.Infrastructure.Calendar;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Mine;

/// <summary>A saved session that has times, for a page that says what is on at the same time.</summary>
/// <param name="At">From and to of each of its slots, in milliseconds of Unix time.</param>
public sealed record SavedTimes(Guid Id, string Title, string Href, IReadOnlyList<long[]> At);

/// <param name="Signed">Signed in.</param>
/// <param name="Followed">Speakers.</param>
public sealed record SavedIds(IReadOnlyList<Guid> Saved, bool Signed, IReadOnlyList<SavedTimes> Sessions, IReadOnlyList<Guid> Followed);

/// <summary>What calendars and the star buttons ask for.</summary>
static class MyScheduleFiles
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var stays = new InArchiveAttribute(Archived.Stays);
        app.MapGet("/e/{organization}/{slug}/my-schedule/{token}.ics", Feed).WithMetadata(stays);
        app.MapGet("/e/{organization}/{slug}/my-schedule/saved.json", Saved).WithMetadata(stays);
    }

    /// <summary>Somebody's sessions, cancelled ones as cancelled. An address that was revoked and one that never was look the same.</summary>
    static async Task<IResult> Feed(string organization, string slug, string token, ScheduleLinks links, ScheduleCatalogue schedules, EventCatalogue events, QuerySession db, SiteOptions site, Texts texts, HttpContext context, CancellationToken ct)
    {
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (await Opened(token, ScheduleLinkKind.Feed, links, db, ct) is not { } mine || await schedules.Find(organization, slug, ct) is not { } schedule || schedule.Id != mine.EventId || await events.Find(schedule.Id) is not { } e) return Results.NotFound();
        // A calendar program says nothing of who reads it.
        using var spoken = ((await AttendeeList.Find(mine.Person, db, ct))?.ReadsIn(e.Language) ?? e.Language).Speak();
        schedule = schedule.ReadIn(Language.Current.Code, e.Language.Code);
        var sessions = schedule.Visibility == ScheduleVisibility.Times ? mine.Saved.Keys.Select(schedule.Session).OfType<ScheduleSession>().OrderBy(s => s.First?.Start).ThenBy(s => s.Id) : Enumerable.Empty<ScheduleSession>();
        var file = ScheduleCalendar.Of(sessions, $"{schedule.Title}: {texts.Of("my-schedule.title")}", schedule, new(new(organization, slug), site.Link));
        context.Response.Headers.CacheControl = "private, max-age=0, must-revalidate";
        var etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(file))[..16]}\"";
        await Compressed.Send(context, CalendarFile.ContentType, etag, file, null, null);
        return Results.Empty;
    }

    /// <summary>Which stars are lit, and when those sessions are: a page that is the same for everybody asks once, and after each star.</summary>
    static async Task<IResult> Saved(string organization, string slug, EventCatalogue events, ScheduleCatalogue schedules, IVisitors visitors, QuerySession db, HttpContext context, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await events.Find(organization, slug, ct) is not { } e) return Results.NotFound();
        var visitor = await visitors.Current(context, e.Id, ct);
        var mine = visitor.Person is { } person ? (await db.Fold<MySchedule>(MySchedule.StreamOf(e.Id, person), ct)).State : MySchedule.Empty;
        var (schedule, address) = ((await schedules.Find(e.Id))?.ReadIn(Language.Current.Code, e.Language.Code), new ScheduleAddress(organization, slug));
        var times = mine.Saved.Keys.Select(id => schedule?.Session(id)).OfType<ScheduleSession>().Where(s => s is { IsPublic: true, TimesArePublic: true } && !s.Slots.IsEmpty).OrderBy(s => s.First!.Start).ThenBy(s => s.Id)
            .Select(s => new SavedTimes(s.Id, s.Title, address.Session(s), [.. s.Slots.Select(t => new[] { t.Start.ToUnixTimeMilliseconds(), t.End.ToUnixTimeMilliseconds() })]));
        return Results.Json(new SavedIds([.. mine.Saved.Keys], visitor.Attendee is not null, [.. times], [.. mine.Followed.Keys]), ScheduleJson.Default.SavedIds);
    }

    public static async Task<MySchedule?> Opened(string token, ScheduleLinkKind kind, ScheduleLinks links, QuerySession db, CancellationToken ct)
    {
        if (ScheduleLinks.StreamOf(token) is not { } stream) return null;
        var (mine, version) = await db.FoldFresh<MySchedule>(stream, ct);
        return version > 0 && links.Opens(token, mine, kind) ? mine : null;
    }
}
