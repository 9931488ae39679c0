using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace App.Tests.Infrastructure.Store;

public sealed class EventStoreTests : IAsyncLifetime
{
    string connection = "";
    StoreHost host = null!;
    readonly Guid id = Ids.New(DateTimeOffset.UnixEpoch);

    public async Task InitializeAsync()
    {
        connection = await Databases.New(CounterModule.Sql);
        host = await StoreHost.Start(connection);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_saved_fact_is_folded_by_every_process()
    {
        (await host.Bus.InvokeAsync<int>(new Count(id, 3), default)).ShouldBe(3);
        await using var other = await StoreHost.Start(connection, workers: false);
        (await other.Db.Fold<Counter>(id, default)).ShouldBe((new Counter(3), 1));
    }

    [Fact]
    public async Task Whoever_stops_waiting_for_a_stream_does_not_take_the_others_signal_with_them()
    {
        var first = host.Store.Waits.For(id);
        (await host.Db.FoldUntil<Counter>(id, _ => true, TimeSpan.FromMinutes(1), default)).Version.ShouldBe(0);
        first.Ended.IsCompleted.ShouldBeTrue();
        var second = host.Store.Waits.For(id);
        second.Ended.IsCompleted.ShouldBeFalse();
        await host.Bus.InvokeAsync<int>(new Count(id, 3), default);
        (await second.Ended.WaitAsync(TimeSpan.FromMinutes(1))).ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_waits_for_a_stream_sees_what_another_process_writes()
    {
        await host.Bus.InvokeAsync<int>(new Count(id, 1), default); // so this process remembers it, and would go on doing so
        await using var other = await StoreHost.Start(connection, workers: false);
        var waiting = Enumerable.Range(0, 20).Select(_ => host.Db.FoldUntil<Counter>(id, c => c.Total == 3, TimeSpan.FromMinutes(1), default)).ToArray();
        await other.Bus.InvokeAsync<int>(new Count(id, 2), default);
        foreach (var look in waiting) (await look).ShouldBe((new Counter(3), 2));
    }

    /// <summary>A reminder was lost so: its message found the plan that this process remembered, not the one that had just been made, and had nothing to do.</summary>
    [Fact]
    public async Task A_message_with_nothing_to_do_by_what_its_process_remembers_looks_again_before_it_is_done()
    {
        await host.Bus.InvokeAsync<int>(new Count(id, 1), default); // so this process remembers it
        await using var other = await StoreHost.Start(connection, workers: false);
        await other.Bus.InvokeAsync<int>(new Count(id, 10), default);
        var session = new DocumentSession(other.Store, other.Get<HandlerRegistry>(), Cause.System);
        session.Outbox.Publish(new CountAbove(id, 10));
        await session.SaveChangesAsync(null!, default);
        await host.HandleDueMessages();
        (await host.Db.FoldFresh<Counter>(id, default)).State.Total.ShouldBe(12);
    }

    [Fact]
    public async Task What_a_process_remembers_it_shows_no_longer_than_about_a_second_without_asking()
    {
        await host.Bus.InvokeAsync<int>(new Count(id, 1), default);
        await using var other = await StoreHost.Start(connection, workers: false);
        await other.Bus.InvokeAsync<int>(new Count(id, 2), default);
        await Eventually.Is(async () => (await host.Db.Fold<Counter>(id, default)).State.Total == 3);
    }

    [Fact]
    public async Task Whoever_waits_in_vain_gets_the_last_look()
    {
        await host.Bus.InvokeAsync<int>(new Count(id, 1), default);
        (await host.Db.FoldUntil<Counter>(id, c => c.Total == 3, TimeSpan.FromMilliseconds(1), default)).ShouldBe((new Counter(1), 1));
    }

    [Fact]
    public async Task Two_hundred_at_once_on_one_stream_all_count_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
        {
            while (true)
                try { await host.Bus.InvokeAsync(new Count(id, 1), default); return; }
                catch (ConcurrencyException) { }
        }));
        (await host.Db.FoldFresh<Counter>(id, default)).ShouldBe((new Counter(200), 200));
    }

    [Fact]
    public async Task A_stale_unit_is_refused_whole_and_names_its_stream()
    {
        await host.Bus.InvokeAsync(new Count(id, 1), default);
        var unit = new UnitOfWork(Ids.New(DateTimeOffset.UnixEpoch), Cause.System);
        unit.Append(id, "counter", 0, [new Counted(id, 5)], host.Store.Types);
        var other = Ids.New(DateTimeOffset.UnixEpoch);
        unit.Append(other, "counter", 0, [new Counted(other, 5)], host.Store.Types);
        var result = await host.Store.Commit(unit);
        result.Kind.ShouldBe(CommitKind.Stale);
        result.Streams.ShouldBe([id]);
        (await host.Db.FoldFresh<Counter>(other, default)).Version.ShouldBe(0);
    }

    [Fact]
    public async Task One_bad_unit_of_a_batch_does_not_take_the_others_with_it()
    {
        var units = Enumerable.Range(0, 50).Select(i =>
        {
            var stream = Ids.New(DateTimeOffset.UnixEpoch);
            var unit = new UnitOfWork(stream, Cause.System);
            unit.Append(stream, "counter", 0, [new Counted(stream, i)], host.Store.Types);
            if (i == 25) unit.Statements.Add(new("insert into test_totals values (null, 1)", []));
            return unit;
        }).ToArray();
        var results = await Task.WhenAll(units.Select(async u => { try { return (await host.Store.Commit(u)).Kind.ToString(); } catch (Npgsql.PostgresException e) { return e.SqlState; } }));
        results.Count(r => r == "Committed").ShouldBe(49);
        results[25].ShouldBe("23502");
    }

    [Fact]
    public async Task The_same_delivery_from_outside_has_one_effect()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            var stream = Ids.New(DateTimeOffset.UnixEpoch);
            var unit = new UnitOfWork(stream, Cause.System);
            unit.Append(stream, "counter", 0, [new Counted(stream, i)], host.Store.Types);
            unit.Inbox.Add("evt_1");
            return (await host.Store.Commit(unit)).Kind;
        }));
        results.Count(r => r == CommitKind.Committed).ShouldBe(1);
        results.Count(r => r == CommitKind.Duplicate).ShouldBe(19);
    }

    [Fact]
    public async Task A_fact_that_is_heard_has_its_effect_and_leaves_no_message()
    {
        await host.Bus.InvokeAsync(new Count(id, 7), default);
        await host.HandleDueMessages();
        (await host.Db.Load<Note>(Ids.From(id, "note"), default)).ShouldBe(new Note(Ids.From(id, "note"), "counted 7"));
        (await host.Db.QueryFirst<long>("select count(*) from messages", default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_message_that_always_fails_becomes_a_dead_letter_that_can_be_dropped()
    {
        var letters = host.Get<DeadLetters>();
        var db = new DocumentSession(host.Store, host.Get<HandlerRegistry>(), Cause.System);
        db.Outbox.Publish(new Fail(id));
        await db.SaveChangesAsync(host.Get<IServiceProvider>(), default);
        await Eventually.Is(async () =>
        {
            await using var hurry = host.Store.Command("update messages set due = now() where dead is null");
            await hurry.ExecuteNonQueryAsync();
            return (await letters.List(10, default)).Count == 1;
        });
        var dead = (await letters.List(10, default))[0];
        dead.Tries.ShouldBe(10);
        dead.Dead.ShouldContain("always fails");
        (await letters.Drop(dead.Id, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_gave_up_is_tried_again_all_of_one_kind_and_what_takes_its_process_along_is_not_begun_for_ever()
    {
        var letters = host.Get<DeadLetters>();
        for (var i = 0; i < 3; i++) await Plant(i, "now()", tries: 10, dead: "the provider was away");
        await Plant(3, "now()", tries: 10, dead: null); // begun ten times, and never heard of again

        await Eventually.Is(async () => (await letters.Kinds(default)).Single().Count == 4);
        (await letters.List(10, default)).Count(l => l.Dead.Contains("never brought to an end", StringComparison.Ordinal)).ShouldBe(1);
        (await host.Db.FoldFresh<Counter>(id, default)).State.Total.ShouldBe(0);

        (await letters.RetryAll("fail", default)).ShouldBe(0);
        (await letters.RetryAll("count-later", default)).ShouldBe(4);
        await host.HandleDueMessages();
        (await host.Db.FoldFresh<Counter>(id, default)).State.Total.ShouldBe(4);

        async Task Plant(int n, string due, int tries, string? dead)
        {
            await using var command = host.Store.Command($$"""insert into messages (id, lane, type, body, due, attempts, tries, created, dead) values ($1, 0::smallint, 'count-later', '{"counterId":"{{id}}","by":1}', {{due}}, $2, $2, now(), $3)""", Ids.From(id, n), tries, dead);
            command.Parameters[2].NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text;
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task A_message_that_is_scheduled_anew_while_somebody_works_on_it_is_not_theirs_any_more()
    {
        await host.DisposeAsync();
        host = await StoreHost.Start(connection, workers: false);
        var claims = new MessageClaims(host.Store, host.Get<RecurringJobs>());
        await Schedule(1);
        var first = (await claims.Claim(0, TimeSpan.FromMinutes(1), 10, default)).ShouldHaveSingleItem();
        await Schedule(2);
        var second = (await claims.Claim(0, TimeSpan.FromMinutes(1), 10, default)).ShouldHaveSingleItem();
        second.Id.ShouldBe(first.Id);
        second.Tries.ShouldBe(1);

        (await Complete(first, 1)).ShouldBe(CommitKind.LostClaim);
        (await Complete(second, 2)).ShouldBe(CommitKind.Committed);
        (await host.Db.FoldFresh<Counter>(id, default)).State.Total.ShouldBe(2);

        async Task Schedule(int by)
        {
            var db = new DocumentSession(host.Store, host.Get<HandlerRegistry>(), Cause.System);
            db.Outbox.Schedule(new CountLater(id, by), host.Store.Clock.GetUtcNow(), "count:" + id);
            await db.SaveChangesAsync(host.Get<IServiceProvider>(), default);
        }

        async Task<CommitKind> Complete(Message message, int by)
        {
            var unit = new UnitOfWork(Ids.New(DateTimeOffset.UnixEpoch), Cause.System);
            unit.Append(id, "counter", 0, [new Counted(id, by)], host.Store.Types);
            unit.Completed.Add(new(message.Id, message.Attempts));
            return (await host.Store.Commit(unit)).Kind;
        }
    }

    [Fact]
    public async Task A_worker_whose_claim_ran_out_may_not_win()
    {
        await host.DisposeAsync();
        host = await StoreHost.Start(connection, workers: false);
        var db = new DocumentSession(host.Store, host.Get<HandlerRegistry>(), Cause.System);
        db.Outbox.Publish(new CountLater(id, 1));
        await db.SaveChangesAsync(host.Get<IServiceProvider>(), default);
        var claims = new MessageClaims(host.Store, host.Get<RecurringJobs>());
        var first = (await claims.Claim(0, TimeSpan.Zero, 10, default)).ShouldHaveSingleItem();
        var second = (await claims.Claim(0, TimeSpan.FromMinutes(1), 10, default)).ShouldHaveSingleItem();

        var late = new UnitOfWork(Ids.New(DateTimeOffset.UnixEpoch), Cause.System);
        late.Append(id, "counter", 0, [new Counted(id, 1)], host.Store.Types);
        late.Completed.Add(new(first.Id, first.Attempts));
        (await host.Store.Commit(late)).Kind.ShouldBe(CommitKind.LostClaim);

        var intime = new UnitOfWork(Ids.New(DateTimeOffset.UnixEpoch), Cause.System);
        intime.Append(id, "counter", 0, [new Counted(id, 1)], host.Store.Types);
        intime.Completed.Add(new(second.Id, second.Attempts));
        (await host.Store.Commit(intime)).Kind.ShouldBe(CommitKind.Committed);
        (await host.Db.FoldFresh<Counter>(id, default)).State.Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_projection_follows_the_log_and_a_rebuild_draws_the_same_picture()
    {
        for (var i = 0; i < 20; i++) await host.Bus.InvokeAsync(new Count(i % 2 == 0 ? id : Ids.From(id, 1), 1), default);
        var projections = host.Get<Projections>();
        await Eventually.Is(async () => await host.Db.QueryFirst<long>("select coalesce(sum(total), 0)::bigint from test_totals", default) == 20);
        var indexes = await Indexes();
        (await projections.Rebuild("totals", default)).ShouldBe(20);
        (await Indexes()).ShouldBe(indexes);
        (await host.Db.Query<long>("select total from test_totals order by id", default)).ShouldBe([10, 10]);
        await host.Bus.InvokeAsync(new Count(id, 5), default);
        await Eventually.Is(async () => await host.Db.QueryFirst<long>("select sum(total)::bigint from test_totals", default) == 25);

        // The next migration must find what the last one made.
        Task<IReadOnlyList<string>> Indexes() => host.Db.Query<string>("select indexdef from pg_indexes where tablename = 'test_totals' order by 1", default);
    }

    [Fact]
    public async Task A_projection_that_fails_stops_alone_and_goes_on_where_it_stopped()
    {
        var more = new MoreTotals();
        await using var two = await StoreHost.Start(connection, more: s => s.AddSingleton<IProjection>(more));
        await two.Bus.InvokeAsync(new Count(id, 1), default);
        await Eventually.Is(async () => (await Total("test_totals"), await Total("test_more_totals")) == (1, 1));
        more.Fails = true;
        await two.Bus.InvokeAsync(new Count(id, 10), default);
        await Eventually.Is(async () => await Total("test_totals") == 11);
        (await Total("test_more_totals")).ShouldBe(1);
        more.Fails = false;
        await two.Bus.InvokeAsync(new Count(id, 100), default);
        await Eventually.Is(async () => (await Total("test_totals"), await Total("test_more_totals")) == (111, 111));
        for (var i = 0; i < 20; i++) await two.Bus.InvokeAsync(new Count(id, 1000), default);
        await Eventually.Is(async () => (await Total("test_totals"), await Total("test_more_totals")) == (20_111, 20_111));

        async Task<long> Total(string table) => await two.Db.QueryFirst<long>($"select coalesce(sum(total), 0)::bigint from {table}", default);
    }

    [Fact]
    public async Task A_transaction_that_commits_late_is_never_skipped()
    {
        await using var late = await host.Store.Reads.OpenConnectionAsync();
        await using var transaction = await late.BeginTransactionAsync();
        var stream = Ids.New(DateTimeOffset.UnixEpoch);
        await using (var insert = new Npgsql.NpgsqlCommand($"insert into streams values ('{stream}', 'counter', 1); insert into events (stream, version, type, data, meta, at) values ('{stream}', 1, 'counted', '{{\"counterId\":\"{stream}\",\"by\":100}}', '{{}}', now())", late))
            await insert.ExecuteNonQueryAsync();
        await host.Bus.InvokeAsync(new Count(id, 1), default);   // takes a later place in the log and commits first
        await host.Get<Projections>().CatchUp(default);
        await transaction.CommitAsync();
        await Eventually.Is(async () => await host.Db.QueryFirst<long>("select coalesce(sum(total), 0)::bigint from test_totals", default) == 101);
    }

    [Fact]
    public async Task Two_processes_with_one_hot_stream_never_both_take_the_last_place()
    {
        await using var rival = await StoreHost.Start(connection, workers: false);
        const int places = 500;
        var sold = 0;
        await Task.WhenAll(new[] { host, rival }.SelectMany(h => Enumerable.Range(0, 400).Select(async _ =>
        {
            IHotStream hot = await h.Get<HotStreams<Counter>>().Get(id);
            var (decision, _) = await hot.Send((s, _) => ((Counter)s).Total < places ? Decision.Accept(new Counted(id, 1)) : Decision.Refuse("test.full"), null, default);
            if (decision.Accepted) Interlocked.Increment(ref sold);
        })));
        sold.ShouldBe(places);
        (await host.Db.FoldFresh<Counter>(id, default)).State.Total.ShouldBe(places);
    }

    /// <summary>Rules of questions and feedback were read from memory that lagged behind the office's own change for up to a second.</summary>
    [Fact]
    public async Task Who_has_written_to_a_hot_stream_sees_it_at_once_and_another_process_soon()
    {
        await using var rival = await StoreHost.Start(connection, workers: false);
        (HotStreams<Counter> here, HotStreams<Counter> there) = (host.Get<HotStreams<Counter>>(), rival.Get<HotStreams<Counter>>());
        await Task.WhenAll(here.Get(id).AsTask(), there.Get(id).AsTask());
        for (var i = 1; i <= 50; i++)
        {
            await host.Bus.InvokeAsync(new Count(id, 1), default);
            (await here.Get(id)).State.Total.ShouldBe(i);
        }
        await Eventually.Is(async () => (await there.Get(id)).State.Total == 50);
        // One that wasn't asked for before is read as it is.
        var other = Ids.From(id, "other");
        await Task.WhenAll(host.Bus.InvokeAsync(new Count(other, 3), default), here.Get(other).AsTask());
        (await here.Get(other)).State.Total.ShouldBe(3);
    }

    [Fact]
    public async Task A_connection_cut_around_commit_writes_each_unit_once()
    {
        using var stop = new CancellationTokenSource();
        var killer = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await using var kill = host.Store.Command("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like '%foyer.out%' and query not like '%pg_terminate_backend%'");
                try { await kill.ExecuteNonQueryAsync(); } catch (Npgsql.NpgsqlException) { }
                await Task.Delay(15);
            }
        });
        var streams = Enumerable.Range(0, 300).Select(i => Ids.From(id, i)).ToArray();
        await Task.WhenAll(streams.Select(s => host.Bus.InvokeAsync(new Count(s, 1), default)));
        await stop.CancelAsync();
        await killer;
        (await host.Db.QueryFirst<long>("select count(*) from events where type = 'counted'", default)).ShouldBe(300);
    }

    [Fact]
    public async Task A_commit_whose_answer_was_never_heard_is_asked_about_and_not_written_again()
    {
        await using var line = CutLine.Start(connection);
        await using var far = await StoreHost.Start(line.Connection, workers: false);
        await far.Bus.InvokeAsync(new Count(Ids.From(id, "warm"), 1), default);
        line.CutAfter(id.ToString());
        (await far.Bus.InvokeAsync<int>(new Count(id, 1), default)).ShouldBe(1); // decided once
        line.Cuts.ShouldBe(1);
        (await host.Db.FoldFresh<Counter>(id, default)).ShouldBe((new Counter(1), 1));
    }

    [Fact]
    public async Task A_message_wakes_its_worker_without_a_look_at_the_clock_and_another_process_finds_it_with_one()
    {
        await host.DisposeAsync();
        host = await StoreHost.Start(connection, pulse: false);
        await Publish(host, db => db.Outbox.Publish(new CountLater(id, 1))); // handed over in memory
        await Total(1);
        await Publish(host, db => db.Outbox.Schedule(new CountLater(id, 1), host.Store.Clock.GetUtcNow(), "count:" + id)); // found in the table
        await Total(2);

        await using var other = await StoreHost.Start(connection, workers: false, pulse: false);
        await Publish(other, db => db.Outbox.Publish(new CountLater(id, 1)));
        await host.Get<Pulse>().Beat(default);
        await Total(3);

        Task Total(int wanted) => Eventually.Is(async () => (await host.Db.FoldFresh<Counter>(id, default)).State.Total == wanted);

        static Task Publish(StoreHost by, Action<DocumentSession> publish)
        {
            var db = new DocumentSession(by.Store, by.Get<HandlerRegistry>(), Cause.System);
            publish(db);
            return db.SaveChangesAsync(by.Get<IServiceProvider>(), default);
        }
    }

    [Fact]
    public async Task A_recurring_job_runs_once_however_many_processes_there_are()
    {
        var clock = new TestClock(DateTimeOffset.UnixEpoch.AddYears(300)); // nothing of it is due by the clock of the host beside them
        var houses = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StoreHost.Start(connection, clock, more: s => s.AddRecurringJob("count", TimeSpan.FromHours(1), new CountLater(id, 1)))));
        for (var run = 1; run <= 3; run++)
        {
            foreach (var house in houses) await house.HandleDueMessages();
            (await host.Db.FoldFresh<Counter>(id, default)).State.Total.ShouldBe(run);
            (await host.Db.QueryFirst<long>("select count(*) from job_runs where name = 'count' and error is null", default)).ShouldBe(run);
            clock.Now += TimeSpan.FromMinutes(64);
        }
        foreach (var house in houses) await house.DisposeAsync();
    }

    [Fact]
    public async Task A_long_stream_is_loaded_from_its_snapshot_and_the_facts_after_it()
    {
        await host.DisposeAsync();
        host = await StoreHost.Start(connection, workers: false);
        static void Kept(IServiceCollection s) => s.AddSnapshot("counter", CounterJson.Default.Counter);
        await using (var first = await StoreHost.Start(connection, workers: false, more: Kept))
        {
            IHotStream hot = await first.Get<HotStreams<Counter>>().Get(id);
            for (var i = 0; i < 10; i++) await hot.Send((_, _) => Decision.Accept([.. Enumerable.Range(0, 600).Select(_ => new Counted(id, 1))]), null, default);
            await Eventually.Is(async () => await first.Db.QueryFirst<int>("select coalesce(max(version), 0) from snapshots where stream = $1", default, id) >= 5_000);
            await first.Bus.InvokeAsync(new Count(id, 40), default);
        }
        await using (var forget = host.Store.Command("delete from events e using snapshots s where e.stream = $1 and s.stream = $1 and e.version <= s.version", id)) (await forget.ExecuteNonQueryAsync()).ShouldBeGreaterThan(4_999);

        await using var second = await StoreHost.Start(connection, workers: false, more: Kept);
        (await second.Db.FoldFresh<Counter>(id, default)).ShouldBe((new Counter(6_040), 6_001));
        (await second.Get<HotStreams<Counter>>().Get(id)).State.Total.ShouldBe(6_040);
        (await second.Bus.InvokeAsync<int>(new Count(id, 1), default)).ShouldBe(6_041);
    }

    [Fact]
    public async Task Short_lives_of_a_process_count_together_for_a_snapshot()
    {
        for (var life = 1; life <= 2; life++)
        {
            await using var process = await StoreHost.Start(connection, workers: false, more: s => s.AddSnapshot("counter", CounterJson.Default.Counter));
            IHotStream hot = await process.Get<HotStreams<Counter>>().Get(id);
            for (var i = 0; i < 5; i++) await hot.Send((_, _) => Decision.Accept([.. Enumerable.Range(0, 600).Select(_ => new Counted(id, 1))]), null, default);
            if (life == 2) await Eventually.Is(async () => await process.Db.QueryFirst<int>("select coalesce(max(version), 0) from snapshots where stream = $1", default, id) >= 5_000);
        }
    }
}
