using App.Infrastructure.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace App.Tests.Support;

/// <summary>A new, empty database with the product's tables, on a real server: FOYER_TEST_POSTGRES (a connection string without a database), else an embedded one that ends with the tests.</summary>
public static class Databases
{
    const string Template = "foyer_template";
    static readonly Lazy<Task<string>> Server = new(StartServer);
    // Kept open: a connection of its own for every database would cost as much as the database.
    static NpgsqlDataSource maker = null!;
    static int number;

    /// <param name="more">Further tables a test wants.</param>
    public static async Task<string> New(params string[] more)
    {
        var server = await Server.Value;
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref number)}";
        await using (var create = maker.CreateCommand($"create database {name} template {Template}")) await create.ExecuteNonQueryAsync();
        var connection = server + ";Database=" + name;
        foreach (var sql in more) await Run(connection, sql);
        return connection;
    }

    /// <summary>Nobody can connect any more, and who was connected is cut off.</summary>
    public static async Task Close(string connection)
    {
        var name = new NpgsqlConnectionStringBuilder(connection).Database;
        await Run(await Server.Value + ";Database=postgres", $"alter database {name} with allow_connections false");
        await Run(await Server.Value + ";Database=postgres", $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
    }

    static async Task<string> StartServer()
    {
        // Tests of crashes start servers of their own; here speed counts.
        Environment.SetEnvironmentVariable("FOYER_ALLOW_UNSAFE_POSTGRES", "1");
        var server = Environment.GetEnvironmentVariable("FOYER_TEST_POSTGRES") ?? await StartEmbedded();
        await Run(server + ";Database=postgres", $"drop database if exists {Template}");
        await Run(server + ";Database=postgres", $"create database {Template}");
        await using var db = NpgsqlDataSource.Create(server + $";Database={Template};Pooling=false");
        await new Migrations(db, Migrations.In(typeof(App.Program).Assembly), NullLogger.Instance).Apply(CancellationToken.None);
        maker = NpgsqlDataSource.Create(server + ";Database=postgres");
        return server;
    }

    static async Task<string> StartEmbedded()
    {
        var data = Path.Combine(Path.GetTempPath(), $"foyer-tests-{Environment.ProcessId}");
        var server = await EmbeddedPostgres.Start(new(data, AppContext.BaseDirectory, Durable: false, Settings: ["max_connections=500", "autovacuum=off"]));
        // The supervisor ends the server with this process, however it ends.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => { server.DisposeAsync().AsTask().GetAwaiter().GetResult(); Directory.Delete(data, recursive: true); };
        return new NpgsqlConnectionStringBuilder(server.ConnectionString()) { Database = null }.ConnectionString;
    }

    static async Task Run(string connection, string sql)
    {
        await using var db = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var command = db.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
