using System.Collections.Concurrent;
using System.Collections.Immutable;
using App.Infrastructure.Store;

namespace App.Features.Live.Questions;

/// <summary>A question with its words.</summary>
public sealed record AskedQuestion(Question Question, QuestionText Text, bool IsPinned)
{
    public Guid Id => Question.Id;
    public int Votes => Question.Votes.Count;
}

/// <summary>A session's questions as they are now.</summary>
/// <param name="Version">Equal versions show the same.</param>
public sealed record QuestionBoard(int Version, IReadOnlyList<AskedQuestion> All)
{
    /// <summary>The one that is being answered, then what most people want to hear, the older first.</summary>
    public IEnumerable<AskedQuestion> Shown => In(QuestionState.Shown).OrderByDescending(q => q.IsPinned).ThenByDescending(q => q.Votes).ThenBy(q => q.Question.At);

    /// <summary>The newest first.</summary>
    public IEnumerable<AskedQuestion> Answered => In(QuestionState.Answered).OrderByDescending(q => q.Question.At);

    /// <summary>In the order in which they came.</summary>
    public IEnumerable<AskedQuestion> Waiting => In(QuestionState.Waits).OrderBy(q => q.Question.At);

    public IEnumerable<AskedQuestion> Hidden => In(QuestionState.Hidden).OrderByDescending(q => q.Question.At);

    IEnumerable<AskedQuestion> In(QuestionState state) => All.Where(q => q.Question.State == state);
}

/// <summary>Questions from memory, whatever process took them: an answer costs no query but the first after a new question (its words).</summary>
public sealed class QuestionBoards(HotStreams<SessionQuestions> streams, QuerySession db)
{
    readonly ConcurrentDictionary<Guid, ImmutableDictionary<Guid, QuestionText>> words = new();

    public async ValueTask<QuestionBoard> Of(Guid sessionId, CancellationToken ct)
    {
        var stream = await streams.Get(SessionQuestions.StreamOf(sessionId));
        // The version first: a state that is newer than it says is only asked for once more.
        var (version, state) = (stream.Version, stream.State);
        var known = words.GetValueOrDefault(sessionId, ImmutableDictionary<Guid, QuestionText>.Empty);
        var (missing, gone) = (state.All.Keys.Where(id => !known.ContainsKey(id)).ToArray(), known.Keys.Where(id => !state.All.ContainsKey(id)).ToArray());
        if (missing.Length + gone.Length > 0)
        {
            var found = missing.Length == 0 ? [] : await db.LoadMany<QuestionText>(missing, ct);
            words[sessionId] = known = known.RemoveRange(gone).SetItems(found.Select(t => KeyValuePair.Create(t.Id, t)));
        }
        return new(version, [.. state.All.Values.Where(q => known.ContainsKey(q.Id)).Select(q => new AskedQuestion(q, known[q.Id], state.Pinned == q.Id))]);
    }
}
