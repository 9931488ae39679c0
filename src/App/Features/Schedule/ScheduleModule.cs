using System.Text.Json;
using System.Text.Json.Serialization;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Export;
using App.Features.Schedule.Import;
using App.Features.Schedule.Mine;
using App.Features.Schedule.Pages;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Pretalx;
using App.Infrastructure.Verification;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule;

public static class ScheduleModule
{
    public static IServiceCollection AddSchedule(this IServiceCollection services, IConfiguration configuration) => services
        .AddFact("schedule-opened", ScheduleJson.Default.ScheduleOpened)
        .AddFact("conference-described", ScheduleJson.Default.ConferenceDescribed)
        .AddFact("schedule-released", ScheduleJson.Default.ScheduleReleased)
        .AddFact("schedule-shown", ScheduleJson.Default.ScheduleShown)
        .AddFact("room-set", ScheduleJson.Default.RoomSet)
        .AddFact("room-removed", ScheduleJson.Default.RoomRemoved)
        .AddFact("label-set", ScheduleJson.Default.LabelSet)
        .AddFact("label-removed", ScheduleJson.Default.LabelRemoved)
        .AddFact("speaker-set", ScheduleJson.Default.SpeakerSet)
        .AddFact("speaker-removed", ScheduleJson.Default.SpeakerRemoved)
        .AddFact("session-described", ScheduleJson.Default.SessionDescribed)
        .AddFact("session-scheduled", ScheduleJson.Default.SessionScheduled)
        .AddFact("session-moved", ScheduleJson.Default.SessionMoved)
        .AddFact("session-stated", ScheduleJson.Default.SessionStated)
        .AddFact("session-cancelled", ScheduleJson.Default.SessionCancelled)
        .AddFact("links-ruled", ScheduleJson.Default.LinksRuled)
        .AddFact("break-set", ScheduleJson.Default.BreakSet)
        .AddFact("break-removed", ScheduleJson.Default.BreakRemoved)
        .AddFact("picture-set", ScheduleJson.Default.PictureSet)
        .AddFact("plan-set", ScheduleJson.Default.PlanSet)
        .AddFact("plan-removed", ScheduleJson.Default.PlanRemoved)
        .AddFact("spot-set", ScheduleJson.Default.SpotSet)
        .AddFact("spot-removed", ScheduleJson.Default.SpotRemoved)
        .AddFact("session-saved", ScheduleJson.Default.SessionSaved)
        .AddFact("session-unsaved", ScheduleJson.Default.SessionUnsaved)
        .AddFact("session-news-seen", ScheduleJson.Default.SessionNewsSeen)
        .AddFact("speaker-followed", ScheduleJson.Default.SpeakerFollowed)
        .AddFact("speaker-unfollowed", ScheduleJson.Default.SpeakerUnfollowed)
        .AddFact("schedule-link-opened", ScheduleJson.Default.ScheduleLinkOpened)
        .AddFact("schedule-link-revoked", ScheduleJson.Default.ScheduleLinkRevoked)
        .AddFact("place-taken", ScheduleJson.Default.PlaceTaken)
        .AddFact("place-released", ScheduleJson.Default.PlaceReleased)
        .AddFact("waiting-joined", ScheduleJson.Default.WaitingJoined)
        .AddFact("waiting-left", ScheduleJson.Default.WaitingLeft)
        .AddMessage("release-place", ScheduleJson.Default.ReleasePlace)
        .AddMessage("look-for-followers", ScheduleJson.Default.LookForFollowers)
        .AddMessage("save-followed", ScheduleJson.Default.SaveFollowed)
        .AddMessage("give-places", ScheduleJson.Default.GivePlaces)
        .AddInvariant<SessionPlacesInvariant>()
        .AddDocument("speaker", ScheduleJson.Default.Speaker, s => s.Id)
        .AddDocument("speaker_follow", ScheduleJson.Default.SpeakerFollow, f => f.Id)
        .AddDocument("schedule_source", ScheduleJson.Default.ScheduleSource, s => s.Id)
        .AddDocument("schedule_import", ScheduleJson.Default.ImportRun, r => r.Id)
        .AddDocument("brought_picture", ScheduleJson.Default.BroughtPicture, p => p.Id)
        .AddMessage("bring-pictures", ScheduleJson.Default.BringPictures)
        .AddMessage("fetch-schedules", ScheduleJson.Default.FetchSchedules)
        .AddRecurringJob("fetch-schedule", configuration.GetValue("Schedule:FetchEvery", TimeSpan.FromMinutes(5)), new FetchSchedules())
        .AddSingleton(configuration.GetSection("Downloads").Get<DownloadOptions>() ?? new DownloadOptions())
        .AddSingleton<Downloads>()
        .AddSingleton(configuration.GetSection("Pretalx").Get<PretalxOptions>() ?? new PretalxOptions())
        .AddSingleton<PretalxClient>()
        .AddSingleton<ScheduleReader>()
        .AddSingleton<Edit.PictureReader>()
        .AddSingleton<ScheduleImports>()
        .AddSingleton<PictureFetch>()
        .AddHotStream<Conference>((_, _) => [])
        .AddHotStream<SessionPlaces>((_, _) => [])
        .AddSingleton<ScheduleLinks>()
        .AddSingleton<PlaceMails>()
        .AddSingleton<Registration.Contracts.IAttendeeData, SavedData>()
        .AddSingleton<ScheduleCatalogue>()
        .AddSingleton<SessionOccupancy>()
        .AddSingleton<ShownEvents>()
        .AddSingleton<ConferencePages>()
        .AddSingleton<TimeMachine>()
        .AddSingleton<ScheduleViewers>()
        .AddSingleton<JoinPasses>()
        .AddSingleton<ScheduleFeeds>()
        .AddSingleton<TimelessPageKey>()
        .AddSingleton<DayPageKey>()
        .AddSingleton<SessionPageKey>()
        .AddSingleton<RoomPageKey>()
        .AddSingleton<MapPageKey>()
        .Configure<RazorPagesOptions>(pages => pages.Conventions.AddPageRoute("/Schedule/Pages/SchedulePage", SchedulePage.DayRoute));

    /// <summary>Once it is known who asks.</summary>
    public static void UseTimeMachine(this WebApplication app)
    {
        var machine = app.Services.GetRequiredService<TimeMachine>();
        app.Use((context, next) => machine.Open(context, _ => next(context)));
    }

    public static void MapSchedule(this IEndpointRouteBuilder app)
    {
        ScheduleFeeds.Map(app);
        MyScheduleFiles.Map(app);
    }
}

static class ScheduleStored
{
    public static Speaker ReadSpeaker(string json) => JsonSerializer.Deserialize(json, ScheduleJson.Default.Speaker)!;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScheduleOpened))]
[JsonSerializable(typeof(ConferenceDescribed))]
[JsonSerializable(typeof(ScheduleReleased))]
[JsonSerializable(typeof(ScheduleShown))]
[JsonSerializable(typeof(RoomSet))]
[JsonSerializable(typeof(RoomRemoved))]
[JsonSerializable(typeof(LabelSet))]
[JsonSerializable(typeof(LabelRemoved))]
[JsonSerializable(typeof(SpeakerSet))]
[JsonSerializable(typeof(SpeakerRemoved))]
[JsonSerializable(typeof(SessionDescribed))]
[JsonSerializable(typeof(SessionScheduled))]
[JsonSerializable(typeof(SessionMoved))]
[JsonSerializable(typeof(SessionStated))]
[JsonSerializable(typeof(SessionCancelled))]
[JsonSerializable(typeof(LinksRuled))]
[JsonSerializable(typeof(BreakSet))]
[JsonSerializable(typeof(BreakRemoved))]
[JsonSerializable(typeof(PictureSet))]
[JsonSerializable(typeof(PlanSet))]
[JsonSerializable(typeof(PlanRemoved))]
[JsonSerializable(typeof(SpotSet))]
[JsonSerializable(typeof(SpotRemoved))]
[JsonSerializable(typeof(SessionSaved))]
[JsonSerializable(typeof(SessionUnsaved))]
[JsonSerializable(typeof(SessionNewsSeen))]
[JsonSerializable(typeof(ScheduleLinkOpened))]
[JsonSerializable(typeof(ScheduleLinkRevoked))]
[JsonSerializable(typeof(PlaceTaken))]
[JsonSerializable(typeof(PlaceReleased))]
[JsonSerializable(typeof(WaitingJoined))]
[JsonSerializable(typeof(WaitingLeft))]
[JsonSerializable(typeof(ReleasePlace))]
[JsonSerializable(typeof(GivePlaces))]
[JsonSerializable(typeof(SavedIds))]
[JsonSerializable(typeof(SpeakerFollowed))]
[JsonSerializable(typeof(SpeakerUnfollowed))]
[JsonSerializable(typeof(SpeakerFollow))]
[JsonSerializable(typeof(LookForFollowers))]
[JsonSerializable(typeof(SaveFollowed))]
[JsonSerializable(typeof(Speaker))]
[JsonSerializable(typeof(ScheduleSource))]
[JsonSerializable(typeof(ImportRun))]
[JsonSerializable(typeof(FetchSchedules))]
[JsonSerializable(typeof(BroughtPicture))]
[JsonSerializable(typeof(BringPictures))]
public sealed partial class ScheduleJson : JsonSerializerContext;
