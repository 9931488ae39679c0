using App.Features.Registration.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Tito;

namespace App.Features.Registration;

/// <summary>Brings in what Tito knows of a conference's tickets: by looking (what changed since the last look, and a quarter of an hour before it) and by being told.</summary>
public sealed class TitoUsers(TitoClient tito, MessageBus bus, QuerySession db, TimeProvider clock) : ITitoEvents
{
    static readonly TimeSpan Overlap = TimeSpan.FromMinutes(15);

    public async Task Look(TitoSource source, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        try
        {
            var tickets = await tito.ListTickets(source.Account, source.Event, source.Since - Overlap, ct);
            var changed = 0;
            // Whoever was there before the first look has been let in elsewhere: a thousand mails would be no greeting.
            foreach (var ticket in tickets) if (await Hear(source.Id, ticket, null, welcomes: source.Since is not null, ct)) changed++;
            await bus.InvokeAsync(new NoteTitoLook(source with { Since = tickets.Count > 0 ? tickets.Max(t => t.Updated) : source.Since ?? now, LookedAt = now, Changed = changed, Error = null }), ct);
        }
        catch (Exception e) when (e is TitoException or TitoUnavailableException)
        {
            await bus.InvokeAsync(new NoteTitoLook(source with { LookedAt = now, Changed = 0, Error = e.Message }), CancellationToken.None);
            throw;
        }
    }

    public async Task Handle(TitoDelivery delivery, CancellationToken ct)
    {
        if (delivery.News.Event is not { AccountSlug: { } account, Slug: { } slug }) return;
        foreach (var source in await TitoSource.Of(account, slug, db, ct))
        {
            try
            {
                var key = $"tito:{source.Id:N}:{delivery.Trigger}:{delivery.News.Slug}:{delivery.News.UpdatedAt}";
                if (delivery.Trigger.StartsWith("ticket.", StringComparison.Ordinal)) await Hear(source.Id, TitoWebhook.Ticket(delivery.Body), key, welcomes: true, ct);
                // An order names its tickets without saying how they stand: they are looked at.
                else if (delivery.Trigger.StartsWith("registration.", StringComparison.Ordinal)) await bus.InvokeAsync(new HearTitoOrder(source.Id, key), ct);
            }
            catch (DuplicateException) { } // heard before
        }
    }

    Task<bool> Hear(Guid eventId, TitoTicket ticket, string? key, bool welcomes, CancellationToken ct) =>
        bus.InvokeAsync<bool>(new HearTitoTicket(eventId, ticket.Slug, ticket.Status, ticket.Updated, EmailAddress.Normalise(ticket.Address), ticket.FullName, ticket.ReleaseTitle ?? "", key, welcomes), ct);
}

public sealed record HearTitoOrder(Guid EventId, string Key);

public static class HearTitoOrderHandler
{
    public static Task Handle(HearTitoOrder command, DocumentSession db)
    {
        db.Receive(command.Key);
        db.Outbox.Publish(new LookAtTito(command.EventId));
        return Task.CompletedTask;
    }
}

public sealed record LookAtTito(Guid EventId);

[Lane(Lanes.Jobs)]
public static class LookAtTitoHandler
{
    public static async Task Handle(LookAtTito message, QuerySession db, TitoUsers users, CancellationToken ct)
    {
        if (await db.Load<TitoSource>(message.EventId, ct) is { } source) await users.Look(source, ct);
    }
}

/// <summary>The recurring job <c>fetch-users</c>: who may come to each conference, by Tito, by the schedule and by the organization's list of people.</summary>
public sealed record FetchUsers;

[Lane(Lanes.Jobs)]
public static class FetchUsersHandler
{
    /// <summary>One source that fails doesn't keep the others; at the end the job says which did.</summary>
    public static async Task Handle(FetchUsers _, DocumentSession db, TitoUsers users, Roster roster, TimeProvider clock, CancellationToken ct)
    {
        // Addresses of those who asked and were nobody's are not kept beyond a day.
        await db.Execute("delete from registration_sign_ins where asked_at < $1", ct, clock.GetUtcNow().AddDays(-1));
        var failures = new List<string>();
        foreach (var e in await roster.Conferences(ct))
        {
            try { await roster.Compare(e, ct); }
            catch (Exception x) when (x is Refused or ConcurrencyException or Npgsql.PostgresException) { failures.Add($"{e.Slug}: {x.Message}"); }
        }
        foreach (var source in await TitoSource.All(db, ct))
        {
            if (source is { EveryMinutes: { } minutes, LookedAt: { } last } && last.AddMinutes(minutes) > clock.GetUtcNow()) continue;
            try { await users.Look(source, ct); }
            catch (Exception x) when (!ct.IsCancellationRequested) { failures.Add($"{source.Address}: {x.Message}"); }
        }
        if (failures.Count > 0) throw new InvalidOperationException(string.Join("; ", failures));
    }
}
