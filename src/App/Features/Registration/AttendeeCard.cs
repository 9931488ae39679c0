using System.Text.Json;
using App.Features.Registration.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Registration;

/// <summary>An attendee as a person: written with the facts about their access, deleted when they delete themselves.</summary>
/// <param name="Email">Normalised (<see cref="EmailAddress"/>).</param>
public sealed record AttendeeCard(Guid Id, Guid EventId, string Email, string Name, AccessGround[] Grounds)
{
    /// <summary>Languages they read, in their order; empty: not said.</summary>
    public string[] Languages { get; init; } = [];

    /// <summary>They wrote their name themselves: no import changes it.</summary>
    public bool NamedByHand { get; init; }

    /// <summary>A code: chosen by themselves, or of the page where they came in last. Null: not known.</summary>
    public string? MailLanguage { get; init; }

    public bool MailLanguageByHand { get; init; }

    /// <summary>How they come, if they said so. Null: they didn't.</summary>
    public Travel? Travel { get; init; }

    public bool HasAccess => Grounds.Length > 0;

    public Attendee ToAttendee() => new(Id, EventId, Email, Name,
        [.. Grounds.Select(g => g.Name).Where(n => n.Length > 0).Distinct()], [.. Grounds.Select(g => g.TicketTypeId).OfType<Guid>().Distinct()],
        [.. Grounds.Select(g => g.Kind switch { GroundKind.Speaker => AttendeeRole.Speaker, GroundKind.Admin => AttendeeRole.Admin, _ => null }).OfType<string>().Distinct()])
    { Language = Spoken(), ChoseLanguage = MailLanguageByHand };

    // Of what they read, the page's if it is one of them; a page may have been somebody else's.
    Language? Spoken() => MailLanguageByHand || Languages.Length == 0 || Languages.Contains(MailLanguage) ? Language.Find(MailLanguage)
        : Languages.Select(Language.Find).FirstOrDefault(l => l is not null) ?? Language.Find(MailLanguage);

    public static async Task<AttendeeCard?> Find(Guid eventId, string email, QuerySession db, CancellationToken ct) =>
        Read(await db.Query<string>("select data::text from doc_attendee where event_id = $1 and email = $2", ct, eventId, email)).FirstOrDefault();

    public static async Task<IReadOnlyList<AttendeeCard>> Of(Guid eventId, QuerySession db, CancellationToken ct) =>
        Read(await db.Query<string>("select data::text from doc_attendee where event_id = $1", ct, eventId));

    /// <summary>Whoever has a reason now; nobody, or one.</summary>
    public static async Task<IReadOnlyList<AttendeeCard>> WithGround(string key, QuerySession db, CancellationToken ct) =>
        Read(await db.Query<string>("select data::text from doc_attendee where data -> 'grounds' @> jsonb_build_array(jsonb_build_object('key', $1::text))", ct, key));

    internal static AttendeeCard[] Read(IEnumerable<string> rows) => [.. rows.Select(json => JsonSerializer.Deserialize(json, RegistrationJson.Default.AttendeeCard)!)];
}
