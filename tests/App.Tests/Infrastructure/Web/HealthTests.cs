using System.Net;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using App.Tests.Support;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace App.Tests.Infrastructure.Web;

public sealed class HealthTests
{
    [Fact]
    public async Task Ready_is_said_after_the_rehearsal_while_the_database_takes_writes_and_until_the_process_stops()
    {
        await using var app = await AppHost.Start();
        using var browser = app.Browser();
        await Says(HttpStatusCode.ServiceUnavailable, "warming up");
        app.Get<Readiness>().Done();
        await Says(HttpStatusCode.OK, "ready");

        var name = new NpgsqlConnectionStringBuilder(app.Connection).Database;
        await Set($"alter database {name} set default_transaction_read_only = on");
        await Says(HttpStatusCode.ServiceUnavailable, "the database is read-only");
        await Set($"alter database {name} reset default_transaction_read_only");
        await Says(HttpStatusCode.OK, "ready");

        app.Get<IHostApplicationLifetime>().StopApplication();
        await Says(HttpStatusCode.ServiceUnavailable, "stopping");
        (await browser.Get("/health/live")).Html.ShouldBe("alive"); // nobody kills what is still answering

        async Task Says(HttpStatusCode status, string words)
        {
            // What a connection was told when it began holds for as long as it lives.
            await Eventually.Is(async () => (await browser.Get("/health/ready")) is { } answer && (answer.Status, answer.Html) == (status, words));
        }

        async Task Set(string sql)
        {
            await using var db = NpgsqlDataSource.Create(app.Connection + ";Pooling=false;Options=-c default_transaction_read_only=off");
            await using (var command = db.CreateCommand(sql)) await command.ExecuteNonQueryAsync();
            await using var end = db.CreateCommand("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
            try { await end.ExecuteNonQueryAsync(); } catch (NpgsqlException) { }
        }
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_said()
    {
        await using var app = await AppHost.Start();
        app.Get<Readiness>().Done();
        using var browser = app.Browser();
        await Databases.Close(app.Connection);
        var answer = await browser.Get("/health/ready");
        (answer.Status, answer.Html).ShouldBe((HttpStatusCode.ServiceUnavailable, "the database does not answer"));
        (await browser.Get("/health/live")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
