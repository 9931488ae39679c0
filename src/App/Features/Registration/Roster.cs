using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Registration;

public sealed record RosterEntry(string Email, string Name, AccessGround Ground);

/// <summary>Who has access without a ticket: confirmed speakers and the organization's own people. They are looked up when one of them asks for a link; a job compares them with who is here already.</summary>
public sealed class Roster(QuerySession db, MessageBus bus, EventCatalogue events, ScheduleCatalogue schedules, TimeProvider clock)
{
    public async Task<IReadOnlyList<RosterEntry>> Of(CatalogueEvent e, CancellationToken ct)
    {
        var entries = new List<RosterEntry>();
        foreach (var speaker in await ConfirmedSpeaker.Of(e.Id, schedules, db, ct))
            if (EmailAddress.Normalise(speaker.Email) is { } email) entries.Add(new(email, speaker.Name, new(GroundKind.Speaker, $"speaker:{speaker.Id}")));
        foreach (var member in await OrganizationStaff.Of(e.OrganizationId, db, ct))
            if (EmailAddress.Normalise(member.Email) is { } email) entries.Add(new(email, member.Name, new(GroundKind.Admin, $"staff:{member.MemberId}:{e.Id}")));
        return entries;
    }

    /// <summary>Every conference that isn't over.</summary>
    public async Task<IReadOnlyList<CatalogueEvent>> Conferences(CancellationToken ct)
    {
        var found = new List<CatalogueEvent>();
        foreach (var id in await CurrentEvents.Ids(clock.GetUtcNow(), db, ct))
            if (await events.Find(id) is { Kind: EventKind.Conference } e) found.Add(e);
        return found;
    }

    public async Task Compare(CatalogueEvent e, CancellationToken ct)
    {
        var entries = await Of(e, ct);
        var cards = (await AttendeeCard.Of(e.Id, db, ct)).ToDictionary(c => c.Email, StringComparer.Ordinal);
        // Nobody is written down before they ask; who is here already gets what became true since.
        foreach (var person in entries.Where(x => cards.ContainsKey(x.Email)).GroupBy(x => x.Email, StringComparer.Ordinal))
        {
            AccessGround[] missing = [.. person.Select(x => x.Ground).Except(cards[person.Key].Grounds)];
            missing = [.. await ClosedGrounds.Open(missing, asked: false, db, ct)];
            if (missing.Length > 0) await bus.InvokeAsync(new AdmitPerson(e.Id, person.Key, person.First().Name, missing), ct);
        }
        var wanted = entries.Select(x => (x.Email, x.Ground.Key)).ToHashSet();
        foreach (var card in cards.Values)
            foreach (var kind in card.Grounds.Where(g => g.Kind is GroundKind.Speaker or GroundKind.Admin && !wanted.Contains((card.Email, g.Key))).GroupBy(g => g.Kind))
                await bus.InvokeAsync(new EndAccess(card.Id, [.. kind.Select(g => g.Key)], kind.Key == GroundKind.Speaker ? "not-speaking" : "not-staff"), ct);
    }
}
