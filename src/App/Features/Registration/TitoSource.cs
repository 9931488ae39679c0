using System.Text.Json;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Registration;

/// <summary>Which event of Tito's sells the tickets of a conference, and how the last look at it went.</summary>
/// <param name="Id">The conference's.</param>
/// <param name="EveryMinutes">Null: as often as the job runs.</param>
public sealed record TitoSource(Guid Id, string Account, string Event, int? EveryMinutes)
{
    /// <summary>The newest change seen: the next look begins a quarter of an hour before it. Null: all.</summary>
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? LookedAt { get; init; }
    public int Changed { get; init; }

    /// <summary>Null: it worked.</summary>
    public string? Error { get; init; }

    public string Address => $"{Account}/{Event}";

    public static async Task<IReadOnlyList<TitoSource>> All(QuerySession db, CancellationToken ct) =>
        [.. (await db.Query<string>("select data::text from doc_tito_source order by id", ct)).Select(json => JsonSerializer.Deserialize(json, RegistrationJson.Default.TitoSource)!)];

    /// <summary>Everybody it sells for: one event of Tito's may serve several conferences here.</summary>
    public static async Task<IReadOnlyList<TitoSource>> Of(string account, string slug, QuerySession db, CancellationToken ct) =>
        [.. (await All(db, ct)).Where(s => s.Account == account && s.Event == slug)];
}

/// <param name="Address"><c>account/event</c>; null: it is asked no more.</param>
public sealed record SetTitoSource(Guid EventId, string? Address, int? EveryMinutes);

public static class SetTitoSourceHandler
{
    public static Task Handle(SetTitoSource command, DocumentSession db)
    {
        if (command.Address is null) db.Delete<TitoSource>(command.EventId);
        else if (command.Address.Split('/') is [{ Length: > 0 and < 200 } account, { Length: > 0 and < 200 } slug]) db.Store(new TitoSource(command.EventId, account, slug, command.EveryMinutes is > 0 ? command.EveryMinutes : null));
        else throw new Refused("registration.not-tito");
        return Task.CompletedTask;
    }
}

/// <summary>How a look went. The source may have been set anew meanwhile: then it begins anew.</summary>
public sealed record NoteTitoLook(TitoSource Source);

public static class NoteTitoLookHandler
{
    public static async Task Handle(NoteTitoLook command, DocumentSession db, CancellationToken ct)
    {
        if (await db.Load<TitoSource>(command.Source.Id, ct) is { } now && now.Address == command.Source.Address) db.Store(command.Source with { EveryMinutes = now.EveryMinutes });
    }
}
