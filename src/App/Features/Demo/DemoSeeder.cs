using App.Features.Checkout;
using App.Features.Events;
using App.Features.Live;
using App.Features.Live.Contracts;
using App.Features.Organizations;
using App.Features.Organizations.Contracts;
using App.Features.Schedule.Import;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Demo;

public enum SeedOutcome { Seeded, Already, NotEmpty }

/// <param name="Paid">False: no payment sandbox answered, so only what is free was sold.</param>
public sealed record Seeded(SeedOutcome Outcome, int Orders = 0, bool Paid = true, double Seconds = 0);

/// <summary>
/// Fills an empty database with two organizations, their events and the orders of the past weeks, through the same decisions and the same store that real ones go through; only the clock they see is an earlier one.
/// Twice is once. A database that holds anything else is left alone.
/// </summary>
public sealed class DemoSeeder(EventStore store, HandlerRegistry handlers, IServiceProvider services, QuerySession db, OrganizationDirectory organizations, HotStreams<Inventory> inventories, DemoAccounts accounts, DemoSales sales, PaymentSandbox sandbox, TimeProvider clock)
{
    public async Task<Seeded> Run(CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        if (await Begin(ct) is not { } seed) return new(SeedOutcome.NotEmpty);
        if (seed.Complete) return new(SeedOutcome.Already);

        var names = DemoNames.Read();
        var shows = new[] { DemoConference.Show(seed, names), DemoTheatre.Show(seed, names) };
        foreach (var show in shows) await Open(show, ct);
        var isPaid = await sandbox.Answers(ct);
        var sold = 0;
        await using (isPaid ? await sandbox.HoldWebhooks(ct) : null)
            foreach (var show in shows) sold += await sales.Write(show, await accounts.Add(show.Organization, ct), isPaid, Write, ct);
        await ForgetOldMails(ct);
        await Write(session => Store(session, seed with { Complete = true }));
        return new(SeedOutcome.Seeded, sold, isPaid, clock.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>Null: the database holds something that isn't the demo.</summary>
    async Task<DemoSeed?> Begin(CancellationToken ct)
    {
        if (await db.Load<DemoSeed>(DemoSeed.TheOnly, ct) is { } known) return known;
        if (await db.QueryFirst<bool>("select exists (select from streams) or exists (select from doc_organization)", ct)) return null;
        var seed = new DemoSeed(DemoSeed.TheOnly, clock.GetUtcNow(), Complete: false);
        await Write(session => Store(session, seed));
        return seed;
    }

    async Task Open(DemoShow show, CancellationToken ct)
    {
        await Write(session => SaveOrganizationHandler.Handle(new(show.Organization), session));
        if ((await db.Fold<Events.Contracts.CatalogueEvent>(show.Event.EventId, ct)).Version == 0)
            await Write(session => SaveEventHandler.Handle(show.Event, session, organizations, new EarlierClock(show.Opened.AddDays(-7)), ct));
        if (show.Programme is { } programme)
        {
            await Write(session => ImportScheduleHandler.Handle(new(show.Event.EventId, programme), session, new EarlierClock(show.Opened.AddDays(-7)), ct));
            await Write(session => DemoPictures.Hang(show.Organization.Id, show.Event.EventId, session, new EarlierClock(show.Opened.AddDays(-7)), ct));
            // Questions are open all the time: who looks at the demo doesn't wait for the conference's days.
            await Write(session => RuleTalkHandler.Handle(new(show.Event.EventId, new(QuestionMode.Looked, null, 60), FeedbackFrom.Everybody), session, clock, ct));
        }
        // Capacities follow by message; selling starts now, so they are set now as well. The message will find it done.
        foreach (var quota in show.Event.Quotas) await Write(session => SetCapacityHandler.Handle(quota, session, inventories));
        foreach (var seats in show.Event.Seats) await Write(session => OpenSeatsHandler.Handle(seats, session, inventories, ct));
    }

    /// <summary>What is due now in the mail lane of a database that was empty a moment ago are the mails of the past weeks: nobody waits for them.</summary>
    async Task ForgetOldMails(CancellationToken ct)
    {
        await using var command = db.Command("delete from messages where lane = $1 and due <= $2 and dead is null", (int)Lanes.Mail, clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(ct);
    }

    async Task Write(Func<DocumentSession, Task> work)
    {
        var session = new DocumentSession(store, handlers, Cause.System);
        await work(session);
        await session.SaveChangesAsync(services, CancellationToken.None);
    }

    static Task Store<T>(DocumentSession session, T document) where T : class
    {
        session.Store(document);
        return Task.CompletedTask;
    }
}

/// <summary>For decisions that were taken before now.</summary>
sealed class EarlierClock(DateTimeOffset at) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => at;
}
