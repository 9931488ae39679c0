using App.Infrastructure;
using App.Infrastructure.Passkeys;
using App.Infrastructure.Store;

namespace App.Features.Registration;

/// <summary>
/// Passkeys of attendees. An attendee is somebody at one conference, but authenticators know passkeys by our address, which all conferences share: so a passkey that is made at one of them opens every other that the same mail address has access to.
/// It hangs on the attendee who made it and goes with them; the address itself is not kept beside it.
/// </summary>
public sealed class AttendeePasskeys(PasskeyCeremonies ceremonies, PasskeyStore passkeys, QuerySession db)
{
    const string Realm = "attendee";

    public bool AreOffered => ceremonies.AreOffered;

    /// <summary>All that open this attendee's conference.</summary>
    public async Task<IReadOnlyList<Passkey>> Of(AttendeeCard card, CancellationToken ct) => await passkeys.Of(Realm, await Alike(card, ct), ct);

    public async Task<string> BeginAdding(HttpContext context, AttendeeCard card, CancellationToken ct) => await ceremonies.BeginAdding(context, Realm, new(card.Id, card.Email, card.Name), await Of(card, ct), ct);

    public Task Add(HttpContext context, AttendeeCard card, string? credential, string? name, CancellationToken ct) => ceremonies.Add(context, Realm, card.Id, credential, name, ct);

    public async Task<bool> Remove(AttendeeCard card, string? number, CancellationToken ct) => await passkeys.Remove(Realm, await Alike(card, ct), number, ct);

    public Task<string> BeginSignIn(HttpContext context, CancellationToken ct) => ceremonies.BeginSignIn(context, Realm, ct);

    /// <summary>Whom to sign in to a conference. Refused: the passkey is nobody's, or its owner has no access here (any more).</summary>
    public async Task<Guid> SignIn(HttpContext context, Guid eventId, string? credential, CancellationToken ct)
    {
        var holder = await ceremonies.SignIn(context, Realm, credential, ct);
        var here = AttendeeCard.Read(await db.Query<string>("select a.data::text from doc_attendee made join doc_attendee a on a.event_id = $2 and a.email = made.email where made.id = $1", ct, holder, eventId));
        return here is [{ HasAccess: true } card] ? card.Id : throw new Refused("registration.no-access");
    }

    /// <summary>The same person at all conferences, as far as a mail address tells.</summary>
    async Task<Guid[]> Alike(AttendeeCard card, CancellationToken ct) => [.. await db.Query<Guid>("select id from doc_attendee where email = $1", ct, card.Email)];
}
