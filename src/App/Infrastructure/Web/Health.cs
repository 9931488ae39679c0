using App.Infrastructure.Store;

namespace App.Infrastructure.Web;

/// <summary>Whether this process has rehearsed what buyers will ask of it; until then it is alive and not ready.</summary>
public sealed class Readiness
{
    volatile bool ready;
    public bool IsReady => ready;
    public void Done() => ready = true;
}

public static class Health
{
    /// <summary>live: this process. ready: its database takes writes, its tables are up to date (it would not have started else), its paths are warm.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("alive"));
        app.MapGet("/health/ready", async (EventStore store, Readiness readiness, IHostApplicationLifetime lifetime, CancellationToken ct) =>
        {
            if (lifetime.ApplicationStopping.IsCancellationRequested) return Results.Text("stopping", statusCode: 503);
            if (!readiness.IsReady) return Results.Text("warming up", statusCode: 503);
            try
            {
                await using var command = store.Command("select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on'");
                return await command.ExecuteScalarAsync(ct) is false ? Results.Text("ready") : Results.Text("the database is read-only", statusCode: 503);
            }
            catch (Npgsql.NpgsqlException) { return Results.Text("the database does not answer", statusCode: 503); }
        });
        app.MapGet("/version", () => Results.Text(typeof(Health).Assembly.GetName().Version!.ToString(3)));
    }
}
