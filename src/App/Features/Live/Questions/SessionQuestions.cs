using System.Collections.Immutable;
using App.Features.Live.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Live.Questions;

public enum QuestionState { Waits, Shown, Answered, Hidden }

/// <summary>A question as it is decided on; its words stand in <see cref="QuestionText"/>.</summary>
public sealed record Question(Guid Id, Guid Author, DateTimeOffset At, QuestionState State)
{
    public ImmutableHashSet<Guid> Votes { get; init; } = [];
}

/// <summary>What was asked in a session, and who wants to hear the answer. One hot stream a session: a hall votes at once.</summary>
public sealed record SessionQuestions(Guid SessionId) : IEventSourced<SessionQuestions>
{
    /// <summary>More than anybody could answer or read.</summary>
    public const int Most = 1_000;

    public static SessionQuestions Empty { get; } = new(Guid.Empty);

    public static Guid StreamOf(Guid sessionId) => Ids.From(sessionId, "questions");

    public ImmutableDictionary<Guid, Question> All { get; init; } = ImmutableDictionary<Guid, Question>.Empty;

    /// <summary>The one that is being answered now.</summary>
    public Guid? Pinned { get; init; }

    public static SessionQuestions Evolve(SessionQuestions s, object fact) => fact switch
    {
        QuestionAsked e => s with { SessionId = e.SessionId, All = s.All.SetItem(e.QuestionId, new(e.QuestionId, e.Author, e.At, e.IsShown ? QuestionState.Shown : QuestionState.Waits)) },
        QuestionShown e => s.With(e.QuestionId, q => q with { State = QuestionState.Shown }),
        QuestionHidden e => s.Unpinned(e.QuestionId).With(e.QuestionId, q => q with { State = QuestionState.Hidden }),
        QuestionAnswered e => s.Unpinned(e.QuestionId).With(e.QuestionId, q => q with { State = QuestionState.Answered }),
        QuestionPinned e => s with { Pinned = e.QuestionId },
        QuestionVoted e => s.With(e.QuestionId, q => q with { Votes = q.Votes.Add(e.Person) }),
        QuestionUnvoted e => s.With(e.QuestionId, q => q with { Votes = q.Votes.Remove(e.Person) }),
        QuestionErased e => s.Unpinned(e.QuestionId) with { All = s.All.Remove(e.QuestionId) },
        _ => s,
    };

    SessionQuestions With(Guid id, Func<Question, Question> change) => All.TryGetValue(id, out var question) ? this with { All = All.SetItem(id, change(question)) } : this;

    SessionQuestions Unpinned(Guid id) => Pinned == id ? this with { Pinned = null } : this;
}

/// <summary>A question in its author's words. Personal: deleted with its author.</summary>
/// <param name="Name">For moderators also where the public doesn't see it.</param>
public sealed record QuestionText(Guid Id, Guid EventId, Guid SessionId, Guid Author, string Name, bool IsAnonymous, string Text);
