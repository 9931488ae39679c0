using System.Text.Json.Serialization;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using Microsoft.Extensions.DependencyInjection;

namespace App.Tests.Support;

public sealed record Counted(Guid CounterId, int By);
public sealed record Count(Guid CounterId, int By);
public sealed record CountLater(Guid CounterId, int By);
public sealed record CountAbove(Guid CounterId, int Least);
public sealed record Fail(Guid Id);
public sealed record Note(Guid Id, string Text);

/// <summary>The smallest stream there is, for tests of the store itself.</summary>
public sealed record Counter(int Total) : IEventSourced<Counter>
{
    public static Counter Empty { get; } = new(0);
    public static Counter Evolve(Counter s, object fact) => fact is Counted e ? new(s.Total + e.By) : s;
}

public static class CountHandler
{
    public static async Task<int> Handle(Count command, DocumentSession db, CancellationToken ct)
    {
        var counter = await db.FetchForWriting<Counter>(command.CounterId, ct);
        counter.Append([new Counted(command.CounterId, command.By)]);
        return counter.State.Total;
    }
}

public static class CountLaterHandler
{
    public static async Task Handle(CountLater message, DocumentSession db, CancellationToken ct) =>
        (await db.FetchForWriting<Counter>(message.CounterId, ct)).Append([new Counted(message.CounterId, message.By)]);
}

/// <summary>One that has nothing to do as long as the counter is low, and then is done all the same.</summary>
public static class CountAboveHandler
{
    public static async Task Handle(CountAbove message, DocumentSession db, CancellationToken ct)
    {
        var counter = await db.FetchForWriting<Counter>(message.CounterId, ct);
        if (counter.State.Total >= message.Least) counter.Append([new Counted(message.CounterId, 1)]);
    }
}

/// <summary>Hears the fact: writes a note under an id that follows from it.</summary>
public static class NoteCountsHandler
{
    public static Task Handle(Counted fact, DocumentSession db)
    {
        db.Store(new Note(App.Infrastructure.Ids.From(fact.CounterId, "note"), $"counted {fact.By}"));
        return Task.CompletedTask;
    }
}

public static class FailHandler
{
    public static Task Handle(Fail message) => throw new InvalidOperationException($"{message.Id} always fails");
}

public sealed class CountTotals() : Totals("totals", "test_totals");

/// <summary>Another reader of the same facts, which can be told to fail.</summary>
public sealed class MoreTotals() : Totals("more-totals", "test_more_totals")
{
    public bool Fails { get; set; }

    public override Task Apply(IReadOnlyList<LogFact> facts, Func<string, string> table, Npgsql.NpgsqlConnection db, CancellationToken ct) =>
        Fails ? throw new InvalidOperationException("It fails.") : base.Apply(facts, table, db, ct);
}

public abstract class Totals(string name, string rows) : IProjection
{
    public string Name => name;
    public IReadOnlyList<string> Tables => [rows];
    public IReadOnlyList<Type> Hears => [typeof(Counted)];

    public virtual async Task Apply(IReadOnlyList<LogFact> facts, Func<string, string> table, Npgsql.NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new Npgsql.NpgsqlCommand($"insert into {table(rows)} as t (id, total) select id, sum(n) from unnest($1, $2) w(id, n) group by id on conflict (id) do update set total = t.total + excluded.total", db);
        command.Parameters.Add(new() { Value = facts.Select(f => f.Stream).ToArray() });
        command.Parameters.Add(new() { Value = facts.Select(f => ((Counted)f.Fact).By).ToArray() });
        await command.ExecuteNonQueryAsync(ct);
    }
}

public static class CounterModule
{
    public const string Sql = """
        create table doc_note (id uuid primary key, version int not null, data jsonb not null);
        create table test_totals (id uuid primary key, total bigint not null);
        create index test_totals_large on test_totals (total desc) where total > 5;
        create table test_more_totals (id uuid primary key, total bigint not null);
        """;

    public static IServiceCollection AddCounter(this IServiceCollection services) => services
        .AddFact("counted", CounterJson.Default.Counted)
        .AddMessage("pass-gate", GateJson.Default.PassGate)
        .AddMessage("count-later", CounterJson.Default.CountLater)
        .AddMessage("count-above", CounterJson.Default.CountAbove)
        .AddMessage("fail", CounterJson.Default.Fail)
        .AddDocument("note", CounterJson.Default.Note, n => n.Id)
        .AddHotStream<Counter>((_, _) => [])
        .AddProjection<CountTotals>();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Counter))]
[JsonSerializable(typeof(Counted))]
[JsonSerializable(typeof(CountLater))]
[JsonSerializable(typeof(CountAbove))]
[JsonSerializable(typeof(Fail))]
[JsonSerializable(typeof(Note))]
public sealed partial class CounterJson : JsonSerializerContext;
