using App.Tests.Support;
using Npgsql;

namespace App.Tests.Faults;

/// <summary>One event on sale by a process of its own, with a turnstile between it and its vendors. Looks into its database from outside; ends every test with <see cref="Verify"/>.</summary>
public sealed class Street : IAsyncDisposable
{
    readonly NpgsqlDataSource db;

    Street(SandboxHost sandbox, Turnstile turnstile, ChildApp child, string connection, Show show)
    {
        (Sandbox, Turnstile, Child, Connection, Show) = (sandbox, turnstile, child, connection, show);
        db = NpgsqlDataSource.Create(connection + ";Maximum Pool Size=5");
    }

    public SandboxHost Sandbox { get; }
    public Turnstile Turnstile { get; }
    public ChildApp Child { get; }
    public string Connection { get; }
    public Show Show { get; }

    public static async Task<Street> Open(int capacity = 50, long amount = 4500)
    {
        var sandbox = await SandboxHost.Start();
        var connection = await Databases.New(Stoppage.Sql);
        Show show;
        await using (var office = await AppHost.Start(sandbox, connection)) show = await office.AddShow(amount: amount, capacity: capacity);
        var turnstile = await Turnstile.Start(sandbox);
        var child = await ChildApp.Serve(connection, turnstile.Address);
        turnstile.App = child.Address;
        return new(sandbox, turnstile, child, connection, show);
    }

    public Buyer Buyer(string who) => new(Child.Address, who);
    public Stoppage Stop(string fact) => new(db, fact);

    public async Task<T> Ask<T>(string sql, params object[] values)
    {
        await using var command = db.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<bool> IsPaid(Guid order) => await Ask<long>("select count(*) from events where stream = $1 and type = 'order-paid'", order) > 0;

    /// <summary>The minutes pass after which what a dead worker had claimed is anybody's.</summary>
    public async Task ClaimsEnd()
    {
        // What a dead process had asked for may still be under way in the database: a message that commits after this would wait for its claim.
        await using (var busy = db.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and state <> 'idle'"))
            await Eventually.Is(async () => (long)(await busy.ExecuteScalarAsync())! == 0);
        await using var command = db.CreateCommand("update messages set due = now() where attempts > 0 and dead is null and due > now()");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Message-ID of each mail to an address.</summary>
    public async Task<string[]> MailsTo(string address) =>
        [.. (await Sandbox.Mails(address)).Select(m => m.GetProperty("mail").GetProperty("personalizations")[0].GetProperty("headers").GetProperty("Message-ID").GetString()!)];

    /// <param name="laterBy">Minutes that pass before somebody looks.</param>
    public async Task Verify(int laterBy = 0, Func<AppHost, Task>? first = null)
    {
        Child.Kill();
        await ClaimsEnd();
        await using var office = await AppHost.Start(Sandbox, Connection, new TestClock(House.Today.AddMinutes(laterBy)), settings: [House.Ledger(Sandbox)]);
        if (first is not null) await first(office);
        await office.HandleDueMessages();
        await House.Holds(office);
    }

    public async ValueTask DisposeAsync()
    {
        await Child.DisposeAsync();
        await Turnstile.DisposeAsync();
        await Sandbox.DisposeAsync();
        await db.DisposeAsync();
    }
}
