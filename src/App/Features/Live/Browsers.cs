using App.Features.Registration.Contracts;
using App.Infrastructure;
using App.Infrastructure.Push;
using App.Infrastructure.Store;

namespace App.Features.Live;

/// <summary>A browser that asked to be rung. Personal: its address is a secret.</summary>
/// <param name="Language">Of the page where it asked, by its code; null: not known.</param>
public sealed record RingingBrowser(Guid Id, Guid EventId, Guid Person, string Endpoint, byte[] P256dh, byte[] Auth, string? Language)
{
    public PushTarget Target => new(Endpoint, P256dh, Auth);
}

/// <summary>Browsers that asked to be rung about a conference: by whom they belong to, or by all.</summary>
public sealed class Browsers(EventStore store, QuerySession db, TimeProvider clock)
{
    /// <summary>Of one person: more are forgotten, the oldest first.</summary>
    const int Most = 6;
    const string Columns = "id, event_id, person, endpoint, p256dh, auth, language";

    /// <param name="language">Which it is rung in, by its code.</param>
    public async Task Keep(Guid eventId, Guid person, Guid device, PushTarget target, string language, CancellationToken ct)
    {
        await using var command = store.Command("""
            insert into live_browsers (id, event_id, person, device, endpoint, p256dh, auth, created_at, language) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (event_id, endpoint) do update set person = $3, device = $4, p256dh = $6, auth = $7, language = $9
            """, Ids.New(clock.GetUtcNow()), eventId, person, device, target.Endpoint, target.P256dh, target.Auth, clock.GetUtcNow(), language);
        await command.ExecuteNonQueryAsync(ct);
        await using var tidy = store.Command("delete from live_browsers where id in (select id from live_browsers where person = $1 and event_id = $2 order by created_at desc offset $3)", person, eventId, Most);
        await tidy.ExecuteNonQueryAsync(ct);
    }

    public async Task Forget(Guid eventId, string endpoint, Guid device, CancellationToken ct)
    {
        await using var command = store.Command("delete from live_browsers where event_id = $1 and endpoint = $2 and device = $3", eventId, endpoint, device);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task Forget(Guid id, CancellationToken ct)
    {
        await using var command = store.Command("delete from live_browsers where id = $1", id);
        await command.ExecuteNonQueryAsync(ct);
    }

    public Task<RingingBrowser?> Find(Guid id, CancellationToken ct) => db.QueryFirst<RingingBrowser>($"select {Columns} from live_browsers where id = $1", ct, id);

    public Task<IReadOnlyList<RingingBrowser>> Of(Guid eventId, Guid person, CancellationToken ct) => db.Query<RingingBrowser>($"select {Columns} from live_browsers where person = $1 and event_id = $2", ct, person, eventId);

    public Task<IReadOnlyList<RingingBrowser>> At(Guid eventId, CancellationToken ct) => db.Query<RingingBrowser>($"select {Columns} from live_browsers where event_id = $1", ct, eventId);
}

/// <summary>A browser is its owner's from the moment they sign in on it.</summary>
public static class ClaimBrowserHandler
{
    public static Task Handle(AttendeeSignedIn signedIn, DocumentSession db, CancellationToken ct) =>
        signedIn.Device is { } device ? db.Execute("update live_browsers set person = $3 where device = $1 and event_id = $2", ct, device, signedIn.EventId, signedIn.AttendeeId) : Task.CompletedTask;
}
