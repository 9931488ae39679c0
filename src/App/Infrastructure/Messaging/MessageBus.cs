using App.Infrastructure.Store;

namespace App.Infrastructure.Messaging;

/// <summary>
/// Runs a command's handler and saves its unit of work. A lost race is read and decided again, up to eight times; a refusal that rests on
/// remembered state is decided again on the database before it counts.
/// </summary>
public sealed class MessageBus(EventStore store, HandlerRegistry handlers, IServiceProvider services)
{
    const int MaxTries = 8;

    public async Task InvokeAsync(object command, CancellationToken ct, Cause? cause = null) => await Invoke(command, cause, ct);

    public async Task<T> InvokeAsync<T>(object command, CancellationToken ct, Cause? cause = null) => (T)(await Invoke(command, cause, ct))!;

    async Task<object?> Invoke(object command, Cause? cause, CancellationToken ct)
    {
        var handler = handlers.Single(command.GetType());
        for (var tries = 1; ; tries++)
        {
            var db = new DocumentSession(store, handlers, cause ?? Cause.System, fresh: tries > 1);
            try
            {
                var result = await handler.Call(command, db, services, ct);
                await db.SaveChangesAsync(services, ct);
                return result;
            }
            catch (ConcurrencyException) when (tries < MaxTries) { await Task.Delay(Random.Shared.Next(1, 4 << Math.Min(tries, 5)), ct); }
            catch (Refused) when (db.UsedMemory && tries < MaxTries) { }
        }
    }
}
