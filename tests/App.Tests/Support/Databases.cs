using Npgsql;

namespace App.Tests.Support;

/// <summary>A new, empty database with the store's tables, on a real server.</summary>
public static class Databases
{
    static int number;

    public static async Task<string> New(params string[] more)
    {
        var server = Environment.GetEnvironmentVariable("FOYER_TEST_POSTGRES") ?? "Host=127.0.0.1;Port=5544;Username=app";
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref number)}";
        await using (var admin = NpgsqlDataSource.Create(server + ";Database=postgres;Pooling=false"))
            await admin.CreateCommand($"drop database if exists {name}; ").ExecuteNonQueryAsync();
        await using (var admin = NpgsqlDataSource.Create(server + ";Database=postgres;Pooling=false"))
            await admin.CreateCommand($"create database {name}").ExecuteNonQueryAsync();
        var connection = server + ";Database=" + name;
        await using var db = NpgsqlDataSource.Create(connection + ";Pooling=false");
        var assembly = typeof(App.Program).Assembly;
        foreach (var file in assembly.GetManifestResourceNames().Where(n => n.StartsWith("sql/", StringComparison.Ordinal)).OrderBy(n => n[(n.LastIndexOf('/') + 1)..], StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
            await db.CreateCommand(await reader.ReadToEndAsync()).ExecuteNonQueryAsync();
        }
        foreach (var sql in more) await db.CreateCommand(sql).ExecuteNonQueryAsync();
        return connection;
    }
}
