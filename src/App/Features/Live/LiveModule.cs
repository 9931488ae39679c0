using System.Text.Json.Serialization;
using App.Features.Live.Contracts;
using App.Features.Live.Metrics;
using App.Infrastructure.Live;
using App.Infrastructure.Push;
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
        .AddFact("reminders-wanted", LiveJson.Default.RemindersWanted)
        .AddFact("reminder-planned", LiveJson.Default.ReminderPlanned)
        .AddFact("reminded", LiveJson.Default.Reminded)
        .AddMessage("want-reminders", LiveJson.Default.WantReminders)
        .AddMessage("plan-reminders", LiveJson.Default.PlanReminders)
        .AddMessage("replan-reminders", LiveJson.Default.ReplanReminders)
        .AddMessage("remind", LiveJson.Default.Remind)
        .AddMessage("tell-reminder", LiveJson.Default.TellReminder)
        .AddMessage("mail-reminder", LiveJson.Default.MailReminder)
        .AddMessage("ring-browser", LiveJson.Default.RingBrowser)
        .AddSingleton(configuration.GetSection("Push").Get<PushOptions>() ?? new PushOptions())
        .AddSingleton<Vapid>()
        .AddSingleton<WebPush>()
        .AddSingleton<Browsers>()
        .AddSingleton<ReminderWords>()
        .AddHotStream<AnnouncementBoard>((_, _) => [])
        .AddProjection<SavedProjection>()
        .AddSingleton<Notices>()
        .AddSingleton<LiveMails>()
        .AddSingleton(configuration.GetSection("Live").Get<LiveOptions>() ?? new LiveOptions())
        .AddSingleton<Presence>()
        .AddSingleton<ILivePeople>(s => s.GetRequiredService<Presence>())
        .AddSingleton<ILiveSource, LiveNews>()
        .AddSingleton<Counters>()
        .AddHostedService(s => s.GetRequiredService<Counters>())
        .AddSingleton<LiveHub>()
        .AddHostedService(s => s.GetRequiredService<LiveHub>());

    public static void MapLive(this IEndpointRouteBuilder app)
    {
        LiveStream.Map(app);
        CountDeeds.Map(app);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AnnouncementWritten))]
[JsonSerializable(typeof(AnnouncementPublished))]
[JsonSerializable(typeof(AnnouncementWithdrawn))]
[JsonSerializable(typeof(DeliverAnnouncement))]
[JsonSerializable(typeof(MailAnnouncement))]
[JsonSerializable(typeof(RemindersWanted))]
[JsonSerializable(typeof(ReminderPlanned))]
[JsonSerializable(typeof(Reminded))]
[JsonSerializable(typeof(WantReminders))]
[JsonSerializable(typeof(PlanReminders))]
[JsonSerializable(typeof(ReplanReminders))]
[JsonSerializable(typeof(Remind))]
[JsonSerializable(typeof(TellReminder))]
[JsonSerializable(typeof(MailReminder))]
[JsonSerializable(typeof(RingBrowser))]
[JsonSerializable(typeof(Ring))]
public sealed partial class LiveJson : JsonSerializerContext;
