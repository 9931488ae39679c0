using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using App.Infrastructure.Store;

namespace App.Infrastructure.Messaging;

/// <summary>Turns a static <c>Handle(message, DocumentSession, Outbox, CancellationToken, services…)</c> into one delegate: checked at start, compiled when first called (a hundred of them would make the start a second longer).</summary>
static class HandlerCompiler
{
    // A process may hold several applications: tests do.
    static readonly ConcurrentDictionary<MethodInfo, HandlerCall> known = new();

    public static HandlerCall Compile(MethodInfo method) => known.GetOrAdd(method, New);

    static HandlerCall New(MethodInfo method)
    {
        var message = Expression.Parameter(typeof(object));
        var db = Expression.Parameter(typeof(DocumentSession));
        var services = Expression.Parameter(typeof(IServiceProvider));
        var ct = Expression.Parameter(typeof(CancellationToken));
        var arguments = method.GetParameters().Select((p, i) => i == 0 ? Expression.Convert(message, p.ParameterType) : Argument(p.ParameterType, db, services, ct));
        var call = Expression.Call(method, arguments);
        var compiled = new Lazy<HandlerCall>(Expression.Lambda<HandlerCall>(Result(call), message, db, services, ct).Compile);
        return (m, session, provider, cancel) => compiled.Value(m, session, provider, cancel);
    }

    static Expression Argument(Type type, Expression db, Expression services, Expression ct)
    {
        if (type == typeof(DocumentSession) || type == typeof(QuerySession)) return Expression.Convert(db, type);
        if (type == typeof(Outbox)) return Expression.Property(db, nameof(DocumentSession.Outbox));
        if (type == typeof(CancellationToken)) return ct;
        return Expression.Call(typeof(ServiceProviderServiceExtensions), nameof(ServiceProviderServiceExtensions.GetRequiredService), [type], services);
    }

    static Expression Result(MethodCallExpression call)
    {
        if (call.Type == typeof(Task)) return Expression.Call(typeof(HandlerCompiler), nameof(None), null, call);
        if (call.Type.IsGenericType && call.Type.GetGenericTypeDefinition() == typeof(Task<>)) return Expression.Call(typeof(HandlerCompiler), nameof(Some), [call.Type.GetGenericArguments()[0]], call);
        throw new InvalidOperationException($"{call.Method.DeclaringType!.Name}.Handle must return Task or Task<T>.");
    }

    static async Task<object?> None(Task task) { await task; return null; }
    static async Task<object?> Some<T>(Task<T> task) => await task;
}
