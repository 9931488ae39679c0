using App.Infrastructure.Messaging;

namespace App.Infrastructure.Store;

/// <summary>Who and what caused a unit of work; stored with each of its facts.</summary>
/// <param name="Actor">A member's id, <c>buyer</c>, <c>system</c> …; never a name or an address.</param>
/// <param name="Cause">The message or request that led here.</param>
public readonly record struct Cause(string Actor, Guid? Message = null, Guid? Organization = null)
{
    public static Cause System { get; } = new("system");
}

readonly record struct Append(Guid Stream, string Type, int Expected, int Count);
readonly record struct Following(Guid Stream, string Type, Func<Decision, IReadOnlyList<object>> Facts);
readonly record struct StoredFact(Guid Stream, int Version, string Type, byte[] Data, Cause Cause);
readonly record struct DocumentWrite(StoredType Type, Guid Id, byte[]? Data);
readonly record struct Completion(Guid Message, int Attempts);
readonly record struct Statement(string Sql, object?[] Values);

enum CommitKind { Committed, Stale, Duplicate, LostClaim }

/// <param name="Streams">The streams somebody else had moved on.</param>
readonly record struct CommitResult(CommitKind Kind, Guid[] Streams)
{
    public static CommitResult Committed { get; } = new(CommitKind.Committed, []);
}

/// <summary>What one handler wants written: all of it or none. Several units share a transaction; a unit never spans two.</summary>
sealed class UnitOfWork(Guid id, Cause cause)
{
    public Guid Id { get; } = id;
    public Cause Cause { get; } = cause;

    /// <summary>The hot aggregate whose batch this is: it knows of its own facts.</summary>
    public Guid? Hot { get; init; }
    public List<Append> Appends { get; } = [];
    public List<StoredFact> Facts { get; } = [];

    /// <summary>New streams whose first facts follow from the decision this unit rides with.</summary>
    public List<Following> Following { get; } = [];
    public List<DocumentWrite> Documents { get; } = [];
    public List<Message> Messages { get; } = [];
    public List<Completion> Completed { get; } = [];
    public List<string> Inbox { get; } = [];

    /// <summary>Plain SQL of a read model. Such a unit has a transaction for itself.</summary>
    public List<Statement> Statements { get; } = [];

    public TaskCompletionSource<CommitResult> Done { get; private set; } = NewDone();
    public bool IsEmpty => Appends.Count + Documents.Count + Messages.Count + Completed.Count + Inbox.Count + Statements.Count == 0;

    public void Append(Guid stream, string streamType, int expected, IReadOnlyList<object> facts, StoredTypes types)
    {
        if (facts.Count == 0) return;
        Appends.Add(new(stream, streamType, expected, facts.Count));
        for (var i = 0; i < facts.Count; i++)
        {
            var (name, data) = types.Write(StoredKind.Fact, facts[i]);
            Facts.Add(new(stream, expected + 1 + i, name, data, Cause));
        }
    }

    /// <summary>Takes in a rider, and what follows from the decision it rides with.</summary>
    public void Include(UnitOfWork other, Decision decision, StoredTypes types)
    {
        foreach (var f in other.Following) Append(f.Stream, f.Type, 0, f.Facts(decision), types);
        Appends.AddRange(other.Appends);
        Facts.AddRange(other.Facts);
        Documents.AddRange(other.Documents);
        Messages.AddRange(other.Messages);
        Completed.AddRange(other.Completed);
        Inbox.AddRange(other.Inbox);
        Statements.AddRange(other.Statements);
    }

    static TaskCompletionSource<CommitResult> NewDone() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
