using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using App.Infrastructure.Store;

namespace App.Infrastructure.Messaging;

/// <summary>Put on a handler class whose work is slow or outside, so that it can't delay a sale.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LaneAttribute(short lane) : Attribute
{
    public short Lane { get; } = lane;
}

/// <summary>
/// Put on a handler class that hears a fact and must be done when the fact is: it runs in the same session, before the commit, so both are written or neither.
/// Only for pure work on streams of its own; what is slow or outside stays a message.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InlineAttribute : Attribute;

/// <summary>A static class <c>…Handler</c> with a static <c>Handle(message, …)</c>.</summary>
/// <param name="Name">Stored with a message for a fact, to say which hearer it is for.</param>
sealed record MessageHandler(Type Message, string Name, short Lane, bool IsInline, HandlerCall Call);

delegate Task<object?> HandlerCall(object message, DocumentSession db, IServiceProvider services, CancellationToken ct);

/// <summary>Who handles what. A command or message has one handler; a fact is heard by any number, each by a message of its own, so that one that fails doesn't repeat the others.</summary>
public sealed class HandlerRegistry
{
    static readonly TimeSpan Claim = TimeSpan.FromSeconds(60);
    readonly FrozenDictionary<Type, MessageHandler[]> handlers;
    readonly FrozenDictionary<Type, MessageHandler[]> inline;
    readonly FrozenDictionary<string, MessageHandler> byName;

    /// <summary>The lanes this process works on; empty for a process that only serves pages.</summary>
    internal IReadOnlySet<short> WorkedHere { get; set; } = new HashSet<short>();

    public HandlerRegistry(params IEnumerable<Assembly> assemblies)
    {
        var found = assemblies.SelectMany(a => a.GetTypes()).Where(t => t is { IsAbstract: true, IsSealed: true } && t.Name.EndsWith("Handler", StringComparison.Ordinal))
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.Name == "Handle").Select(m => New(t, m))).ToArray();
        inline = found.Where(h => h.IsInline).GroupBy(h => h.Message).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        handlers = found.Where(h => !h.IsInline).GroupBy(h => h.Message).ToFrozenDictionary(g => g.Key, g => g.OrderBy(h => h.Name, StringComparer.Ordinal).ToArray());
        byName = found.ToFrozenDictionary(h => h.Name);
    }

    static MessageHandler New(Type type, MethodInfo method)
    {
        var message = method.GetParameters()[0].ParameterType;
        var several = type.GetMethods(BindingFlags.Public | BindingFlags.Static).Count(m => m.Name == "Handle") > 1;
        var name = type.Name[..^"Handler".Length] + (several ? ":" + message.Name : "");
        return new(message, name, type.GetCustomAttribute<LaneAttribute>()?.Lane ?? Lanes.Work, type.IsDefined(typeof(InlineAttribute)), HandlerCompiler.Compile(method));
    }

    internal MessageHandler[] Inline(Type fact) => inline.GetValueOrDefault(fact) ?? [];
    internal IEnumerable<MessageHandler> All => byName.Values;

    internal MessageHandler Single(Type message) => handlers.TryGetValue(message, out var found) && found is [var one] ? one
        : throw new InvalidOperationException($"{message.Name} has {found?.Length ?? 0} handlers; a command needs one static {message.Name}Handler.Handle.");

    internal MessageHandler? Find(string? name, Type message) => name is null ? handlers.GetValueOrDefault(message) is [var one] ? one : null : byName.GetValueOrDefault(name);

    /// <summary>Adds a message for each handler that hears this fact. Ids follow from stream, version and hearer: publishing twice is publishing once.</summary>
    internal void Publish(UnitOfWork unit, Guid stream, int version, object fact, EventStore store)
    {
        if (!handlers.TryGetValue(fact.GetType(), out var hearers)) return;
        var (type, body) = store.Types.Write(StoredKind.Fact, fact);
        for (var i = 0; i < hearers.Length; i++)
            Add(unit, new(Ids.From(stream, checked((version << 5) + i)), hearers[i].Lane, type, hearers[i].Name, body, store.Clock.GetUtcNow(), 0, null), store.Clock.GetUtcNow());
    }

    internal void Send(UnitOfWork unit, Guid id, object message, DateTimeOffset due, string? key, EventStore store)
    {
        var handler = Single(message.GetType());
        var (type, body) = store.Types.Write(StoredKind.Message, message);
        Add(unit, new(id, handler.Lane, type, null, body, due, 0, key), store.Clock.GetUtcNow());
    }

    void Add(UnitOfWork unit, Message message, DateTimeOffset now)
    {
        // Due at once and worked on here: claimed by its own insert, so no query is needed to find it again.
        var born = message.Due <= now && message.Key is null && message.Lane == Lanes.Work && WorkedHere.Contains(message.Lane);
        unit.Messages.Add(born ? message with { Due = now + Claim, Attempts = 1, Tries = 1, BornClaimed = true } : message);
    }

    internal static object? Read(Message message, StoredTypes types) =>
        types.Read(message.Handler is null ? StoredKind.Message : StoredKind.Fact, message.Type, message.Body);

    internal static string Text(Message message) => JsonSerializer.Serialize(JsonDocument.Parse(message.Body).RootElement);
}
