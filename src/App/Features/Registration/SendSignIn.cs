using App.Features.Events.Contracts;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;

namespace App.Features.Registration;

/// <summary>Carries no address: who it is for stands in the row, which is gone after a day.</summary>
public sealed record SendSignIn(Guid SignInId);

/// <summary>Finds out who asked, and mails them; an address without access gets nothing, and nobody who asked can tell. A speaker or a member of staff is let in by asking.</summary>
[Lane(Lanes.Mail)]
public static class SendSignInHandler
{
    public static async Task Handle(SendSignIn message, DocumentSession db, SignIns signIns, Roster roster, EventCatalogue events, SignInMails mails, Mailer mailer, CancellationToken ct)
    {
        var now = mails.Now;
        if (await signIns.Find(message.SignInId, ct) is not { UsedAt: null } signIn || await events.Find(signIn.EventId) is not { } e || e.IsArchived(now)) return;
        if (signIn.Kind == "asked" && signIn.EndsAt <= now) return;
        var card = await AttendeeCard.Find(e.Id, signIn.Email, db, ct);
        if ((card is { HasAccess: true } ? card.Id : await Admitted(signIn, e, db, roster, now, ct)) is not { } attendeeId) return;
        // A welcome counts its ten minutes from the mail, which may have waited for a provider.
        var endsAt = signIn.Kind == "asked" ? signIn.EndsAt : now + SignIns.Lives;
        if ((await mailer.Send(await mails.Of(signIn, card?.ToAttendee(), e, ct), ct)).Refused is not null) return;
        await db.Execute("update registration_sign_ins set attendee_id = $2, ends_at = $3 where id = $1", ct, signIn.Id, attendeeId, endsAt);
    }

    static async Task<Guid?> Admitted(SignIn signIn, CatalogueEvent e, DocumentSession db, Roster roster, DateTimeOffset now, CancellationToken ct)
    {
        var entries = (await roster.Of(e, ct)).Where(r => r.Email == signIn.Email).ToArray();
        if (entries.Length == 0) return null;
        return (await Admissions.Admit(e.Id, signIn.Email, entries[0].Name, [.. entries.Select(r => r.Ground)], db, now, ct, asked: true, language: signIn.Kind == "asked" ? signIn.Language : null)).Id;
    }
}
