using System.Text.Json.Serialization;
using App.Features.Live.Contracts;
using App.Features.Live.Feedback;
using App.Features.Live.Interpretation;
using App.Features.Live.Questions;
using App.Infrastructure.Store;

namespace App.Features.Live;

public static class LiveTalkModule
{
    public static IServiceCollection AddLiveTalk(this IServiceCollection services) => services
        .AddFact("questions-ruled", TalkJson.Default.QuestionsRuled)
        .AddFact("feedback-ruled", TalkJson.Default.FeedbackRuled)
        .AddFact("question-asked", TalkJson.Default.QuestionAsked)
        .AddFact("question-shown", TalkJson.Default.QuestionShown)
        .AddFact("question-hidden", TalkJson.Default.QuestionHidden)
        .AddFact("question-answered", TalkJson.Default.QuestionAnswered)
        .AddFact("question-pinned", TalkJson.Default.QuestionPinned)
        .AddFact("question-voted", TalkJson.Default.QuestionVoted)
        .AddFact("question-unvoted", TalkJson.Default.QuestionUnvoted)
        .AddFact("question-erased", TalkJson.Default.QuestionErased)
        .AddFact("feedback-given", TalkJson.Default.FeedbackGiven)
        .AddFact("channel-set", TalkJson.Default.ChannelSet)
        .AddFact("channel-removed", TalkJson.Default.ChannelRemoved)
        .AddFact("booth-entered", TalkJson.Default.BoothEntered)
        .AddFact("booth-seen", TalkJson.Default.BoothSeen)
        .AddFact("booth-left", TalkJson.Default.BoothLeft)
        .AddFact("mike-taken", TalkJson.Default.MikeTaken)
        .AddFact("mike-released", TalkJson.Default.MikeReleased)
        .AddFact("handover-asked", TalkJson.Default.HandoverAsked)
        .AddFact("booth-message-sent", TalkJson.Default.BoothMessageSent)
        .AddDocument("question", TalkJson.Default.QuestionText, q => q.Id)
        .AddDocument("feedback", TalkJson.Default.SessionFeedback, f => f.Id)
        .AddDocument("interpreter", TalkJson.Default.Interpreter, i => i.Id)
        .AddDocument("booth_name", TalkJson.Default.BoothName, n => n.Id)
        .AddDocument("booth_message", TalkJson.Default.BoothMessage, m => m.Id)
        .AddHotStream<TalkRules>((_, _) => [])
        .AddHotStream<SessionQuestions>((_, _) => [])
        .AddHotStream<Booth>(Booth.Expire)
        .AddSingleton<TalkSessions>()
        .AddSingleton<TakingPart>()
        .AddSingleton<Moderators>()
        .AddSingleton<QuestionBoards>()
        .AddSingleton<Interpreters>();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
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
public sealed partial class TalkJson : JsonSerializerContext;
