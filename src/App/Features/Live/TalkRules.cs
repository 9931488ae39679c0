using System.Collections.Immutable;
using App.Features.Live.Contracts;
using App.Features.Live.Interpretation;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Live;

/// <param name="MinutesBefore">Before a session's start; null: at any time.</param>
public sealed record QuestionRule(QuestionMode Mode, int? MinutesBefore, int MinutesAfter)
{
    public const int MostMinutes = 7 * 24 * 60;

    public static QuestionRule Off { get; } = new(QuestionMode.Off, 15, 60);
}

/// <summary>What may be done in a conference's sessions besides listening: the state of its stream. Nothing, until the organizer says so.</summary>
public sealed record TalkRules(Guid EventId) : IEventSourced<TalkRules>
{
    public static TalkRules Empty { get; } = new(Guid.Empty);

    public static Guid StreamOf(Guid eventId) => Ids.From(eventId, "talk-rules");

    public QuestionRule Questions { get; init; } = QuestionRule.Off;
    public FeedbackFrom Feedback { get; init; }

    /// <summary>By which sessions are interpreted.</summary>
    public ImmutableDictionary<Guid, Channel> Channels { get; init; } = ImmutableDictionary<Guid, Channel>.Empty;

    /// <summary>By language.</summary>
    public IEnumerable<Channel> Of(Guid sessionId) => Channels.Values.Where(c => c.SessionId == sessionId).OrderBy(c => c.Language, StringComparer.Ordinal);

    public static TalkRules Evolve(TalkRules s, object fact) => fact switch
    {
        QuestionsRuled e => s with { EventId = e.EventId, Questions = new(e.Mode, e.MinutesBefore, e.MinutesAfter) },
        FeedbackRuled e => s with { EventId = e.EventId, Feedback = e.From },
        ChannelSet e => s with { EventId = e.EventId, Channels = s.Channels.SetItem(e.ChannelId, new(e.ChannelId, e.SessionId, e.Language, e.Url)) },
        ChannelRemoved e => s with { Channels = s.Channels.Remove(e.ChannelId) },
        _ => s,
    };
}

public sealed record RuleTalk(Guid EventId, QuestionRule Questions, FeedbackFrom Feedback);

public static class RuleTalkHandler
{
    public static async Task Handle(RuleTalk command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<TalkRules>(TalkRules.StreamOf(command.EventId), ct);
        stream.Append(Decide(command, stream.State, clock.GetUtcNow()));
    }

    public static IEnumerable<object> Decide(RuleTalk command, TalkRules rules, DateTimeOffset now)
    {
        var q = command.Questions;
        if (q.MinutesBefore is < 0 or > QuestionRule.MostMinutes || q.MinutesAfter is < 0 or > QuestionRule.MostMinutes) throw new Refused("take-part.minutes", QuestionRule.MostMinutes);
        if (q != rules.Questions) yield return new QuestionsRuled(command.EventId, q.Mode, q.MinutesBefore, q.MinutesAfter, now);
        if (command.Feedback != rules.Feedback) yield return new FeedbackRuled(command.EventId, command.Feedback, now);
    }
}
