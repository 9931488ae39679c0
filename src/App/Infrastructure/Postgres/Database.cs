using Npgsql;

namespace App.Infrastructure.Postgres;

/// <summary>The database of this process: yours by <c>ConnectionStrings:Foyer</c>, else an embedded one in <c>.data/postgres</c>; the same code from there on.</summary>
public sealed class Database : IAsyncDisposable
{
    readonly EmbeddedPostgres? embedded;

    Database(string connection, EmbeddedPostgres? embedded)
    {
        this.embedded = embedded;
        // Committers keep their connections and prepared commands for good; readers have a pool of their own, so that a report can't take a sale's place.
        Writes = Build(connection, "foyer-writes", 8, commandTimeout: 10);
        Reads = Build(connection, "foyer-reads", 24, commandTimeout: 30);
    }

    public NpgsqlDataSource Writes { get; }
    public NpgsqlDataSource Reads { get; }
    public bool IsEmbedded => embedded is not null;

    static NpgsqlDataSource Build(string connection, string name, int pool, int commandTimeout)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection)
        {
            ApplicationName = name, MaxPoolSize = pool, NoResetOnClose = true, MaxAutoPrepare = 100, AutoPrepareMinUsages = 2, WriteBufferSize = 32 * 1024, CommandTimeout = commandTimeout, Timeout = 8, KeepAlive = 15,
        };
        return new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = name }.Build();
    }

    public static async Task<Database> Open(IConfiguration configuration, string contentRoot, CancellationToken ct)
    {
        if (configuration.GetConnectionString("Foyer") is { Length: > 0 } own) return await Checked(new Database(own, null), ct);
        var data = configuration["Postgres:DataDirectory"] ?? Path.Combine(Hosting.DataDirectory(contentRoot), "postgres");
        var server = await EmbeddedPostgres.Start(new(data, contentRoot, Settings: configuration.GetSection("Postgres:Settings").Get<string[]>()), ct);
        return await Checked(new Database(server.ConnectionString(), server), ct);
    }

    /// <summary>Refuses what would lose or double a sale: a hot standby (its readers lag), a server that is too old, durability switched off.</summary>
    static async Task<Database> Checked(Database database, CancellationToken ct)
    {
        await using var command = database.Reads.CreateCommand("""
            select pg_is_in_recovery(), current_setting('server_version_num')::int, current_setting('fsync') = 'on' and current_setting('synchronous_commit') <> 'off' and current_setting('full_page_writes') = 'on'
            """);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var fault = Fault(row.GetBoolean(0), row.GetInt32(1) / 10_000, row.GetBoolean(2), Environment.GetEnvironmentVariable("FOYER_ALLOW_UNSAFE_POSTGRES") == "1");
        if (fault is null) return database;
        await row.CloseAsync();
        await database.DisposeAsync();
        throw new InvalidOperationException(fault);
    }

    /// <param name="major">Of the server's version.</param>
    /// <param name="allowsUnsafe">Only tests that don't ask about crashes do.</param>
    internal static string? Fault(bool isStandby, int major, bool isDurable, bool allowsUnsafe) =>
        isStandby ? "ConnectionStrings:Foyer points at a hot standby. Foyer decides on the primary only: a replica that lags would sell a place twice."
        : major < PostgresBinaries.Oldest ? $"ConnectionStrings:Foyer points at PostgreSQL {major}. Foyer needs {PostgresBinaries.Oldest} or newer."
        : !isDurable && !allowsUnsafe ? "The database has fsync, synchronous_commit or full_page_writes switched off: a power cut would lose paid orders. Switch them on."
        : null;

    public async ValueTask DisposeAsync()
    {
        await Writes.DisposeAsync();
        await Reads.DisposeAsync();
        if (embedded is not null) await embedded.DisposeAsync();
    }
}
