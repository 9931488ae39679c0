using App.Features.Registration.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Registration;

/// <summary>Lets people in and takes access away, for every reason alike: the facts go to the attendee's stream, the person to their card, in one commit.</summary>
static class Admissions
{
    const int LongestName = 200;

    /// <summary>A reason belongs to one person: whoever had it loses it. Answers the attendee's id; null: nobody was let in.</summary>
    /// <param name="email">Normalised.</param>
    /// <param name="asked">See <see cref="ClosedGrounds.Open"/>.</param>
    /// <param name="language">Of the page that they came by, if there was one.</param>
    public static async Task<(Guid? Id, bool IsNew)> Admit(Guid eventId, string email, string name, IReadOnlyList<AccessGround> grounds, DocumentSession db, DateTimeOffset now, CancellationToken ct, bool asked = false, string? language = null)
    {
        var card = await AttendeeCard.Find(eventId, email, db, ct);
        if ((grounds = await ClosedGrounds.Open(grounds, asked, db, ct)).Count == 0) return (card is { HasAccess: true } ? card.Id : null, false);
        var id = card?.Id ?? Ids.New(now);
        await TakeFromOthers(id, grounds, db, now, ct);
        var stream = card is null ? db.StartStream<AttendeeAccess>(id) : await db.FetchForWriting<AttendeeAccess>(id, ct);
        var facts = AttendeeAccess.Admit(stream.State, id, eventId, grounds, now).ToArray();
        stream.Append(facts);
        name = Cut(name.Trim());
        var named = card is null ? name : card.NamedByHand || name.Length == 0 ? card.Name : name;
        if (facts.Length > 0 || card?.Name != named)
            db.Store((card ?? new(id, eventId, email, "", [])) with { Name = named, Grounds = [.. stream.State.Grounds], MailLanguage = card?.MailLanguage ?? language });
        return (id, card is null or { HasAccess: false });
    }

    static async Task TakeFromOthers(Guid id, IReadOnlyList<AccessGround> grounds, DocumentSession db, DateTimeOffset now, CancellationToken ct)
    {
        var others = new Dictionary<Guid, List<string>>();
        foreach (var ground in grounds)
            foreach (var other in await AttendeeCard.WithGround(ground.Key, db, ct))
                if (other.Id != id) (others.TryGetValue(other.Id, out var keys) ? keys : others[other.Id] = []).Add(ground.Key);
        foreach (var (other, keys) in others) await End(other, keys, "reassigned", db, now, ct);
    }

    /// <summary>Once a unit of work for one attendee: the card is written whole.</summary>
    public static async Task End(Guid attendeeId, IReadOnlyList<string> keys, string cause, DocumentSession db, DateTimeOffset now, CancellationToken ct)
    {
        var stream = await db.FetchForWriting<AttendeeAccess>(attendeeId, ct);
        var facts = new List<object>();
        foreach (var key in keys) facts.AddRange(AttendeeAccess.End(facts.Aggregate(stream.State, AttendeeAccess.Evolve), key, cause, now));
        if (facts.Count == 0 || await db.Load<AttendeeCard>(attendeeId, ct) is not { } card) return;
        stream.Append(facts);
        db.Store(card with { Grounds = [.. stream.State.Grounds] });
    }

    static string Cut(string name) => name.Length <= LongestName ? name : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)];
}
