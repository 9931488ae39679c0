using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;
using Npgsql;

namespace App.Features.Live;

/// <summary>Who has which session on their list: asked when something is said to a session's savers, or when it moves.</summary>
public sealed class SavedProjection : IProjection
{
    public string Name => "live-saved";
    public IReadOnlyList<string> Tables { get; } = ["live_saved"];
    public IReadOnlyList<Type> Hears { get; } = [typeof(SessionSaved), typeof(SessionUnsaved)];

    public async Task Apply(IReadOnlyList<LogFact> facts, Func<string, string> table, NpgsqlConnection db, CancellationToken ct)
    {
        // The last word on each pair counts.
        var last = new Dictionary<(Guid Person, Guid Session), (Guid Event, bool Saved)>();
        foreach (var fact in facts)
        {
            if (fact.Fact is SessionSaved saved) last[(saved.Person, saved.SessionId)] = (saved.EventId, true);
            else if (fact.Fact is SessionUnsaved let) last[(let.Person, let.SessionId)] = (let.EventId, false);
        }
        await using var command = new NpgsqlCommand($"""
            with words as (select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bool[]) w(person, session_id, event_id, saved)),
                 gone as (delete from {table("live_saved")} t using words w where not w.saved and t.person = w.person and t.session_id = w.session_id)
            insert into {table("live_saved")} (event_id, session_id, person) select event_id, session_id, person from words where saved on conflict do nothing
            """, db);
        Sql.Bind(command.Parameters, [last.Keys.Select(k => k.Person).ToArray(), last.Keys.Select(k => k.Session).ToArray(), last.Values.Select(v => v.Event).ToArray(), last.Values.Select(v => v.Saved).ToArray()]);
        await command.ExecuteNonQueryAsync(ct);
    }
}
