using System.Security.Cryptography;
using Npgsql;

namespace App.Infrastructure.Store;

/// <summary>Keys every replica must share and nobody must choose: 32 random bytes a name, made by whoever asks first, kept in the database (and so in its backup).</summary>
public sealed class Secrets([FromKeyedServices("reads")] NpgsqlDataSource db)
{
    readonly Dictionary<string, byte[]> known = [];

    public byte[] Get(string name)
    {
        lock (known)
        {
            if (known.TryGetValue(name, out var secret)) return secret;
            using var command = db.CreateCommand("insert into secrets (name, value) values ($1, $2) on conflict (name) do nothing");
            Sql.Bind(command.Parameters, [name, RandomNumberGenerator.GetBytes(32)]);
            command.ExecuteNonQuery();
            using var read = db.CreateCommand("select value from secrets where name = $1");
            Sql.Bind(read.Parameters, [name]);
            return known[name] = (byte[])read.ExecuteScalar()!;
        }
    }
}
