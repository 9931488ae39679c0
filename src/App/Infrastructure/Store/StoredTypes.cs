using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace App.Infrastructure.Store;

public enum StoredKind { Fact, Message, Document, Snapshot }

/// <summary>A short name, kept for ever, for something that is stored: a fact, a message, a document or a snapshot. Never a CLR name.</summary>
/// <param name="Id">Documents only: where the id stands.</param>
public sealed record StoredType(StoredKind Kind, string Name, JsonTypeInfo Json, Func<object, Guid>? Id = null);

/// <summary>Every stored name and its generated JSON. Refuses to start when one name stands for two types of a kind, or a type has two names.</summary>
public sealed class StoredTypes
{
    readonly FrozenDictionary<(StoredKind, string), StoredType> byName;
    readonly FrozenDictionary<(StoredKind, Type), StoredType> byType;

    public StoredTypes(IEnumerable<StoredType> types)
    {
        All = [.. types];
        var twice = All.GroupBy(t => (t.Kind, t.Name)).FirstOrDefault(g => g.Count() > 1)
            ?? (IEnumerable<StoredType>?)All.GroupBy(t => (t.Kind, t.Json.Type)).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw new InvalidOperationException($"Stored twice: {string.Join(", ", twice.Select(t => $"{t.Kind} '{t.Name}' = {t.Json.Type.Name}"))}.");
        byName = All.ToFrozenDictionary(t => (t.Kind, t.Name));
        byType = All.ToFrozenDictionary(t => (t.Kind, t.Json.Type));
    }

    public IReadOnlyList<StoredType> All { get; }

    public StoredType Of(StoredKind kind, Type type) => byType.TryGetValue((kind, type), out var found) ? found
        : throw new InvalidOperationException($"{type.Name} has no stored name: register it as {kind} in its slice's module.");

    public StoredType? Find(StoredKind kind, Type type) => byType.GetValueOrDefault((kind, type));
    public StoredType? Find(StoredKind kind, string name) => byName.GetValueOrDefault((kind, name));

    public (string Name, byte[] Data) Write(StoredKind kind, object value)
    {
        var type = Of(kind, value.GetType());
        return (type.Name, JsonSerializer.SerializeToUtf8Bytes(value, type.Json));
    }

    /// <summary>Null for a name this version doesn't know: a newer process may have written it.</summary>
    public object? Read(StoredKind kind, string name, ReadOnlySpan<byte> data) =>
        byName.TryGetValue((kind, name), out var type) ? JsonSerializer.Deserialize(data, type.Json) : null;
}

public static class StoredTypesRegistration
{
    public static IServiceCollection AddFact(this IServiceCollection services, string name, JsonTypeInfo json) =>
        services.AddSingleton(new StoredType(StoredKind.Fact, name, json));

    public static IServiceCollection AddMessage(this IServiceCollection services, string name, JsonTypeInfo json) =>
        services.AddSingleton(new StoredType(StoredKind.Message, name, json));

    /// <summary>Kept in the table <c>doc_{name}</c> (id uuid primary key, version int, data jsonb), which the slice's migration creates.</summary>
    public static IServiceCollection AddDocument<T>(this IServiceCollection services, string name, JsonTypeInfo<T> json, Func<T, Guid> id) =>
        services.AddSingleton(new StoredType(StoredKind.Document, name, json, d => id((T)d)));

    /// <summary>A stream whose replay is bounded by snapshots of its state.</summary>
    public static IServiceCollection AddSnapshot<T>(this IServiceCollection services, string name, JsonTypeInfo<T> json) =>
        services.AddSingleton(new StoredType(StoredKind.Snapshot, name, json));
}
