using App.Infrastructure.Store;

namespace App.Infrastructure.Messaging;

/// <param name="Outcome">Null: it waits. Else done or refused.</param>
/// <param name="Said">What a person is told of it.</param>
public sealed record BatchItem(Guid Item, string? Outcome, string? Said);

/// <summary>One deed for many things, and how far it is.</summary>
/// <param name="Owner">Whose it is: another's isn't there.</param>
public sealed record Batch(Guid Id, Guid Owner, string Name, IReadOnlyList<BatchItem> Items)
{
    public int Waiting => Items.Count(i => i.Outcome is null);
    public int Refused => Items.Count(i => i.Outcome == "refused");
    public int Done => Items.Count(i => i.Outcome == "done");
}

/// <summary>
/// Asks for something of many things at once: one message for each, all in one commit with the list of them. A message says in its own commit what became of its thing, so that each is done once, one that fails holds up no other,
/// and the list is true at any moment. One that gives up stays waiting in the list and stands among the dead letters.
/// </summary>
public static class Batches
{
    /// <summary>Starts it once, however often it is asked for: saving a second time throws <see cref="DuplicateException"/>.</summary>
    /// <param name="id">Made where the person is asked, so that a second press is known for one.</param>
    public static async Task Start(Guid id, Guid owner, string name, IReadOnlyList<(Guid Item, object Message)> work, DocumentSession db, DateTimeOffset now, CancellationToken ct)
    {
        db.Receive("batch:" + id);
        await db.Execute("insert into batches (id, owner, name, started) values ($1, $2, $3, $4)", ct, id, owner, name, now);
        await db.Execute("insert into batch_items (batch, item, position) select $1, item, position from unnest($2::uuid[]) with ordinality u(item, position)", ct, id, work.Select(w => w.Item).ToArray());
        foreach (var (_, message) in work) db.Outbox.Publish(message);
    }

    public static Task Done(Guid batch, Guid item, string said, DocumentSession db, DateTimeOffset now, CancellationToken ct) => End(batch, item, "done", said, db, now, ct);

    public static Task Refuse(Guid batch, Guid item, string why, DocumentSession db, DateTimeOffset now, CancellationToken ct) => End(batch, item, "refused", why, db, now, ct);

    static Task End(Guid batch, Guid item, string outcome, string said, DocumentSession db, DateTimeOffset now, CancellationToken ct) =>
        db.Execute("update batch_items set outcome = $3, said = $4, ended = $5 where batch = $1 and item = $2 and outcome is null", ct, batch, item, outcome, said, now);

    public static async Task<Batch?> Find(Guid id, Guid owner, QuerySession db, CancellationToken ct)
    {
        if (await db.QueryFirst<string>("select name from batches where id = $1 and owner = $2", ct, id, owner) is not { } name) return null;
        return new(id, owner, name, await db.Query<BatchItem>("select item, outcome, said from batch_items where batch = $1 order by position", ct, id));
    }
}
