using App.Features.Registration.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Registration;

/// <summary>A ticket of Tito's is as it was at a time. Whose it is stands with the attendee.</summary>
/// <param name="State">complete, incomplete, unassigned or void.</param>
public sealed record TitoTicketNoted(Guid EventId, string Slug, string State, DateTimeOffset UpdatedAt, DateTimeOffset At);

/// <summary>What was last heard of one ticket: news that is older, or no news, changes nothing, in whatever order it comes.</summary>
public sealed record TitoTicketState(string State, DateTimeOffset UpdatedAt) : IEventSourced<TitoTicketState>
{
    public static TitoTicketState Empty { get; } = new("", DateTimeOffset.MinValue);

    public static TitoTicketState Evolve(TitoTicketState s, object fact) => fact is TitoTicketNoted e ? new(e.State, e.UpdatedAt) : s;
}

/// <param name="Email">Normalised; null: nobody is named.</param>
/// <param name="Key">Of the delivery; null: found by looking. Saving throws <see cref="DuplicateException"/> when it came before.</param>
/// <param name="Welcomes">Somebody new gets a link at once.</param>
public sealed record HearTitoTicket(Guid EventId, string Slug, string State, DateTimeOffset UpdatedAt, string? Email, string Name, string Release, string? Key, bool Welcomes);

public static class HearTitoTicketHandler
{
    const string Complete = "complete", Void = "void";

    /// <summary>Answers whether anything changed.</summary>
    public static async Task<bool> Handle(HearTitoTicket news, DocumentSession db, SignIns signIns, TimeProvider clock, CancellationToken ct)
    {
        if (news.Key is { } key) db.Receive(key);
        var ticket = await db.FetchForWriting<TitoTicketState>(Infrastructure.Ids.From(news.EventId, "tito:" + news.Slug), ct);
        // Older than what is known, or the same again. Two changes may share a second: then the state tells them apart.
        if (news.UpdatedAt < ticket.State.UpdatedAt || (news.UpdatedAt == ticket.State.UpdatedAt && news.State == ticket.State.State)) return false;
        var now = clock.GetUtcNow();
        ticket.Append(new TitoTicketNoted(news.EventId, news.Slug, news.State, news.UpdatedAt, now));
        var ground = new AccessGround(GroundKind.Tito, $"tito:{news.EventId}:{news.Slug}", news.Release);
        if (news.State == Complete && news.Email is { } email)
        {
            var (_, isNew) = await Admissions.Admit(news.EventId, email, news.Name, [ground], db, now, ct);
            if (isNew && news.Welcomes) await signIns.Greet(news.EventId, email, "welcome", db, ct);
            return true;
        }
        foreach (var card in await AttendeeCard.WithGround(ground.Key, db, ct)) await Admissions.End(card.Id, [ground.Key], news.State == Void ? "voided" : "reassigned", db, now, ct);
        return true;
    }
}
