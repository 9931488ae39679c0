using System.Text.Json.Serialization;
using App.Features.Live.Contracts;
using App.Features.Live.Feedback;
using App.Features.Live.Interpretation;
using App.Features.Live.Metrics;
using App.Features.Live.Questions;
using App.Features.Registration.Contracts;
using App.Infrastructure.Live;
using App.Infrastructure.Push;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Sound;

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
        .AddMessage("tell-changes", LiveJson.Default.TellChanges)
        .AddMessage("tell-change", LiveJson.Default.TellChange)
        .AddMessage("ring-change", LiveJson.Default.RingChange)
        .AddMessage("mail-change", LiveJson.Default.MailChange)
        .AddFact("questions-ruled", LiveJson.Default.QuestionsRuled)
        .AddFact("feedback-ruled", LiveJson.Default.FeedbackRuled)
        .AddFact("question-asked", LiveJson.Default.QuestionAsked)
        .AddFact("question-shown", LiveJson.Default.QuestionShown)
        .AddFact("question-hidden", LiveJson.Default.QuestionHidden)
        .AddFact("question-answered", LiveJson.Default.QuestionAnswered)
        .AddFact("question-pinned", LiveJson.Default.QuestionPinned)
        .AddFact("question-voted", LiveJson.Default.QuestionVoted)
        .AddFact("question-unvoted", LiveJson.Default.QuestionUnvoted)
        .AddFact("question-erased", LiveJson.Default.QuestionErased)
        .AddFact("feedback-given", LiveJson.Default.FeedbackGiven)
        .AddFact("channel-set", LiveJson.Default.ChannelSet)
        .AddFact("channel-removed", LiveJson.Default.ChannelRemoved)
        .AddFact("booth-entered", LiveJson.Default.BoothEntered)
        .AddFact("booth-seen", LiveJson.Default.BoothSeen)
        .AddFact("booth-left", LiveJson.Default.BoothLeft)
        .AddFact("mike-taken", LiveJson.Default.MikeTaken)
        .AddFact("mike-released", LiveJson.Default.MikeReleased)
        .AddFact("handover-asked", LiveJson.Default.HandoverAsked)
        .AddFact("booth-message-sent", LiveJson.Default.BoothMessageSent)
        .AddDocument("question", LiveJson.Default.QuestionText, q => q.Id)
        .AddDocument("feedback", LiveJson.Default.SessionFeedback, f => f.Id)
        .AddDocument("interpreter", LiveJson.Default.Interpreter, i => i.Id)
        .AddDocument("booth_name", LiveJson.Default.BoothName, n => n.Id)
        .AddDocument("booth_message", LiveJson.Default.BoothMessage, m => m.Id)
        .AddDocument("booth_line", LiveJson.Default.BoothLine, l => l.Id)
        .AddMessage("end-line", LiveJson.Default.EndLine)
        .AddHotStream<TalkRules>((_, _) => [])
        .AddHotStream<SessionQuestions>((_, _) => [])
        .AddHotStream<Booth>(Booth.Expire)
        .AddSingleton<TalkSessions>()
        .AddSingleton<TakingPart>()
        .AddSingleton<Moderators>()
        .AddSingleton<QuestionBoards>()
        .AddSingleton<Interpreters>()
        .AddSound(configuration)
        .AddSingleton<SoundLines>()
        .AddSingleton(configuration.GetSection("Push").Get<PushOptions>() ?? new PushOptions())
        .AddSingleton<Vapid>()
        .AddSingleton<WebPush>()
        .AddSingleton(configuration.GetSection("Feedback").Get<Feedback.FeedbackOptions>() ?? new Feedback.FeedbackOptions())
        .AddSingleton<Feedback.FeedbackAllowance>()
        .AddSingleton<Browsers>()
        .AddSingleton<Bells>()
        .AddSingleton<IAttendeeData, RemindersData>()
        .AddSingleton<IAttendeeData, QuestionsData>()
        .AddSingleton<IAttendeeData, FeedbackData>()
        .AddSingleton<IAttendeeData, BoothData>()
        .AddSingleton<ReminderWords>()
        .AddSingleton<ChangeWords>()
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
        DismissNotice.Map(app);
        SoundLines.Map(app);
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
[JsonSerializable(typeof(TellChanges))]
[JsonSerializable(typeof(TellChange))]
[JsonSerializable(typeof(RingChange))]
[JsonSerializable(typeof(MailChange))]
[JsonSerializable(typeof(Ring))]
[JsonSerializable(typeof(QuestionsRuled))]
[JsonSerializable(typeof(FeedbackRuled))]
[JsonSerializable(typeof(QuestionAsked))]
[JsonSerializable(typeof(QuestionShown))]
[JsonSerializable(typeof(QuestionHidden))]
[JsonSerializable(typeof(QuestionAnswered))]
[JsonSerializable(typeof(QuestionPinned))]
[JsonSerializable(typeof(QuestionVoted))]
[JsonSerializable(typeof(QuestionUnvoted))]
[JsonSerializable(typeof(QuestionErased))]
[JsonSerializable(typeof(FeedbackGiven))]
[JsonSerializable(typeof(ChannelSet))]
[JsonSerializable(typeof(ChannelRemoved))]
[JsonSerializable(typeof(BoothEntered))]
[JsonSerializable(typeof(BoothSeen))]
[JsonSerializable(typeof(BoothLeft))]
[JsonSerializable(typeof(MikeTaken))]
[JsonSerializable(typeof(MikeReleased))]
[JsonSerializable(typeof(HandoverAsked))]
[JsonSerializable(typeof(BoothMessageSent))]
[JsonSerializable(typeof(QuestionText))]
[JsonSerializable(typeof(SessionFeedback))]
[JsonSerializable(typeof(Interpreter))]
[JsonSerializable(typeof(BoothName))]
[JsonSerializable(typeof(BoothMessage))]
[JsonSerializable(typeof(BoothLine))]
[JsonSerializable(typeof(EndLine))]
public sealed partial class LiveJson : JsonSerializerContext;
