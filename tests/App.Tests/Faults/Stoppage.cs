using App.Tests.Support;
using Npgsql;

namespace App.Tests.Faults;

/// <summary>
/// Holds up the transaction that writes a certain fact, in the middle of its commit, until the test says how it ends: undone, or done with nobody left to hear of it. Made of a trigger on the log and an
/// advisory lock, so the application under test is the one that ships.
/// </summary>
public sealed class Stoppage(NpgsqlDataSource db, string fact)
{
    public const string Sql = """
        create table fault_stop (type text);
        create function fault_stop() returns trigger language plpgsql as $$ begin
            if exists (select from fault_stop s where s.type = new.type) then perform pg_advisory_xact_lock(7101); end if;
            return null;
        end $$;
        create trigger fault_stop after insert on events for each row execute function fault_stop();
        """;

    const string Waiting = "from pg_locks where locktype = 'advisory' and objid = 7101 and not granted and database = (select oid from pg_database where datname = current_database())";

    NpgsqlConnection gate = null!;
    int backend;

    /// <summary>From now on.</summary>
    public async Task Arm()
    {
        gate = await db.OpenConnectionAsync();
        await Run("select pg_advisory_lock(7101)");
        await Run($"insert into fault_stop values ('{fact}')");
    }

    public async Task IsReached()
    {
        await Eventually.Is(async () => await Scalar($"select coalesce((select pid {Waiting} limit 1), 0)") is int pid and > 0 && (backend = pid) > 0, seconds: 60);
        await Run("delete from fault_stop");
    }

    /// <summary>Returns when the transaction has ended so.</summary>
    public async Task End(bool committed)
    {
        var before = await Count();
        if (!committed) await Run($"select pg_terminate_backend({backend})");
        await Run("select pg_advisory_unlock(7101)");
        if (committed) await Eventually.Is(async () => await Count() > before);
        else await Eventually.Is(async () => await Scalar($"select count(*) from pg_stat_activity where pid = {backend}") is 0L);
        await gate.DisposeAsync();
    }

    async Task<long> Count() => (long)(await Scalar($"select count(*) from events where type = '{fact}'"))!;

    async Task<object?> Scalar(string sql)
    {
        await using var command = new NpgsqlCommand(sql, gate);
        return await command.ExecuteScalarAsync();
    }

    async Task Run(string sql) => await Scalar(sql);
}
