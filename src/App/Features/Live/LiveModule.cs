using System.Text.Json.Serialization;
using App.Features.Live.Contracts;
using App.Infrastructure.Live;
using App.Infrastructure.Store;

namespace App.Features.Live;

public static class LiveModule
{
    public static IServiceCollection AddLive(this IServiceCollection services, IConfiguration configuration) => services
        .AddFact("announcement-written", LiveJson.Default.AnnouncementWritten)
        .AddFact("announcement-published", LiveJson.Default.AnnouncementPublished)
        .AddFact("announcement-withdrawn", LiveJson.Default.AnnouncementWithdrawn)
        .AddMessage("deliver-announcement", LiveJson.Default.DeliverAnnouncement)
        .AddMessage("mail-announcement", LiveJson.Default.MailAnnouncement)
        .AddHotStream<AnnouncementBoard>((_, _) => [])
        .AddProjection<SavedProjection>()
        .AddSingleton<Notices>()
        .AddSingleton<LiveMails>()
        .AddSingleton(configuration.GetSection("Live").Get<LiveOptions>() ?? new LiveOptions())
        .AddSingleton<Presence>()
        .AddSingleton<ILivePeople>(s => s.GetRequiredService<Presence>())
        .AddSingleton<ILiveSource, LiveNews>()
        .AddSingleton<LiveHub>()
        .AddHostedService(s => s.GetRequiredService<LiveHub>());

    public static void MapLive(this IEndpointRouteBuilder app) => LiveStream.Map(app);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AnnouncementWritten))]
[JsonSerializable(typeof(AnnouncementPublished))]
[JsonSerializable(typeof(AnnouncementWithdrawn))]
[JsonSerializable(typeof(DeliverAnnouncement))]
[JsonSerializable(typeof(MailAnnouncement))]
public sealed partial class LiveJson : JsonSerializerContext;
