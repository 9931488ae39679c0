namespace App.Infrastructure.Store;

/// <summary>A stream's state: a fold over its facts and nothing else. <c>Evolve</c> remembers; it does not check, throw or look at a clock.</summary>
public interface IEventSourced<T> where T : class, IEventSourced<T>
{
    static abstract T Empty { get; }
    static abstract T Evolve(T state, object fact);
}
