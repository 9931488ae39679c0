namespace App.Infrastructure.Store;

/// <summary>Somebody else moved these streams on (or took this message) since they were read. Read and decide again; nothing was written.</summary>
public sealed class ConcurrencyException(IReadOnlyList<Guid> streams, string message) : Exception(message)
{
    public IReadOnlyList<Guid> Streams { get; } = streams;
}

/// <summary>What came from outside under this key has had its effect before. Nothing was written; answer as the first time.</summary>
public sealed class DuplicateException(string message) : Exception(message);

/// <summary>The database did not answer in time. Whether the last unit was written is unknown to the caller; asking again with the same ids is safe.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
