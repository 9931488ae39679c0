using System.Net;
using App.Features.Checkout;
using App.Infrastructure.Postgres;
using App.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace App.Tests.Faults;

/// <summary>F25, F26: processes that start together on an old database, one that dies while it migrates, and a database whose clock is another one.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Two_processes_that_start_on_an_empty_database_migrate_it_once_and_both_serve()
    {
        var connection = await Empty();
        var both = await Task.WhenAll(AppHost.Start(connection: connection), AppHost.Start(connection: connection));
        try
        {
            foreach (var app in both)
            {
                using var browser = app.Browser();
                (await browser.Get("/")).Status.ShouldBe(HttpStatusCode.OK);
            }
            await IsWhole(both[0]);
        }
        finally { foreach (var app in both) await app.DisposeAsync(); }
    }

    [Fact]
    public async Task A_process_killed_while_it_migrates_leaves_the_next_one_nothing_to_clean_up()
    {
        var connection = await Empty();
        await using var db = NpgsqlDataSource.Create(connection + ";Maximum Pool Size=3");
        // The product's own table of what was applied, and a gate in it: the process is held in the middle of its seventh step.
        await Run(db, """
            create table foyer_migrations (name text primary key, checksum text not null, applied timestamptz not null default now());
            create function gate() returns trigger language plpgsql as $$ begin
                if (select count(*) from foyer_migrations) = 6 then perform pg_advisory_xact_lock(7102); end if;
                return new;
            end $$;
            create trigger gate before insert on foyer_migrations for each row execute function gate()
            """);
        var held = await db.OpenConnectionAsync();
        await Run(held, "select pg_advisory_lock(7102)");
        await using (var child = ChildApp.Run("migrate", $"--ConnectionStrings:Foyer={connection}"))
        {
            await Eventually.Is(async () => await Ask<long>(db, "select count(*) from pg_locks where locktype = 'advisory' and objid = 7102 and not granted") == 1, seconds: 60);
            child.Kill();
        }
        await Run(held, "select pg_advisory_unlock(7102)"); // the server goes on, finds its client gone, and undoes the step
        await held.DisposeAsync();
        await Run(db, "drop trigger gate on foyer_migrations; drop function gate");
        (await Ask<long>(db, "select count(*) from foyer_migrations")).ShouldBe(6);

        await using var app = await AppHost.Start(connection: connection);
        await IsWhole(app);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task With_the_databases_clock_ten_minutes_off_holds_live_their_time_and_money_is_found(int minutes)
    {
        // The application asks for the database's time; this one's is off, for everybody who asks.
        var connection = await Databases.New($"create function public.clock_timestamp() returns timestamptz language sql as 'select pg_catalog.clock_timestamp() + interval ''{minutes} minutes'''");
        await using var sandbox = await SandboxHost.Start();
        await using var app = await AppHost.Start(sandbox, connection + ";Search Path=public,pg_catalog", new(House.Today.AddMinutes(minutes)), builder => builder.Services.AddSingleton<TimeProvider>(s => s.GetRequiredService<DatabaseClock>()), House.Ledger(sandbox));
        var show = await app.AddShow(amount: 4500);
        using var buyer = new Buyer(app.Address);
        await buyer.Choose(show);

        var order = (await app.Db.FoldFresh<Order>(buyer.OrderId, default)).State;
        (order.Until - House.Today.AddMinutes(minutes + 15)).Duration().ShouldBeLessThan(TimeSpan.FromSeconds(30));
        (await buyer.Browser.Get(buyer.Checkout)).Text.ShouldContain("15 min left");
        await Pulses(app, 3);
        (await app.Db.QueryFirst<long>("select count(*) from events where type = 'holds-ended'", default)).ShouldBe(0);
        // The provider's signatures look ten minutes old, so its word isn't taken; the return page asks it.
        (await buyer.BeginPayment()).Status.ShouldBe(HttpStatusCode.OK);
        await sandbox.Pay(buyer.Intent!);
        (await buyer.Browser.Get(buyer.Order)).Text.ShouldContain("You’re going");
        await app.HandleDueMessages();
        await House.Holds(app);
    }

    /// <summary>Beats of the process's pulse, in which time would end a hold.</summary>
    static async Task Pulses(AppHost app, int count)
    {
        for (var i = 0; i < count; i++) await app.Get<App.Infrastructure.Store.Pulse>().Beat(default);
    }

    static async Task IsWhole(AppHost app)
    {
        var all = Migrations.In(typeof(App.Program).Assembly).Select(m => m.Name);
        (await app.Db.Query<string>("select name from foyer_migrations order by name", default)).ShouldBe(all);
        using var browser = app.Browser();
        var show = await app.AddShow();
        using var buyer = new Buyer(app.Address);
        await buyer.Choose(show);
        (await buyer.Send()).Location.ShouldBe(buyer.Order);
        await app.HandleDueMessages();
        await House.Holds(app);
    }

    static async Task<string> Empty()
    {
        var connection = new NpgsqlConnectionStringBuilder(await Databases.New());
        var name = connection.Database + "_empty";
        await using var db = NpgsqlDataSource.Create(connection.ConnectionString + ";Pooling=false");
        await Run(db, $"create database {name} template template0");
        connection.Database = name;
        return connection.ConnectionString;
    }

    static async Task Run(NpgsqlDataSource db, string sql)
    {
        await using var command = db.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    static async Task Run(NpgsqlConnection db, string sql)
    {
        await using var command = new NpgsqlCommand(sql, db);
        await command.ExecuteNonQueryAsync();
    }

    static async Task<T> Ask<T>(NpgsqlDataSource db, string sql)
    {
        await using var command = db.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
