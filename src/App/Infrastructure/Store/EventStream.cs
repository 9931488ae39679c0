namespace App.Infrastructure.Store;

/// <summary>A stream fetched for writing: its state now, and what is to be appended to the version that was read.</summary>
public sealed class EventStream<T> : IFetchedStream where T : class, IEventSourced<T>
{
    readonly List<object> appended = [];

    internal EventStream(Guid id, T state, int version) => (Id, State, Version) = (id, state, version);

    public Guid Id { get; }

    /// <summary>With what was appended here already folded in.</summary>
    public T State { get; private set; }

    /// <summary>As read. 0: the stream does not exist yet.</summary>
    public int Version { get; }

    public void Append(params IEnumerable<object> facts)
    {
        foreach (var fact in facts)
        {
            appended.Add(fact);
            State = T.Evolve(State, fact);
        }
    }

    Type IFetchedStream.StateType => typeof(T);
    object IFetchedStream.NewState => State;
    IReadOnlyList<object> IFetchedStream.Appended => appended;
}

interface IFetchedStream
{
    Guid Id { get; }
    int Version { get; }
    Type StateType { get; }
    object NewState { get; }
    IReadOnlyList<object> Appended { get; }
}
