using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Mine;

/// <summary>Whoever waited and has a place now is told, if it is still so when the mail goes out.</summary>
[Lane(Lanes.Mail)]
public static class MailPlaceHandler
{
    public static async Task Handle(PlaceTaken taken, DocumentSession db, PlaceMails mails, Mailer mailer, CancellationToken ct)
    {
        // Told twice after a crash, it is the same mail: it carries the same key.
        if (taken.Waited && await mails.Of(taken, db, ct) is { } mail) await mailer.Send(mail, ct);
    }
}

/// <summary>The mail to somebody who moved up from a session's waiting list, in the organization's colour and their language.</summary>
public sealed class PlaceMails(OrganizerMails mails, EventCatalogue events, OrganizationDirectory organizations, ScheduleCatalogue schedules, SiteOptions site, Texts texts, TimeProvider clock)
{
    /// <summary>Null: nobody to tell, or nothing any more.</summary>
    public async Task<Mail?> Of(PlaceTaken taken, QuerySession db, CancellationToken ct)
    {
        if (await events.Find(taken.EventId) is not { Published: true } e || await organizations.Find(e.OrganizationId, ct) is not { } organizer) return null;
        if (await schedules.Find(taken.EventId) is not { } schedule || schedule.Session(taken.SessionId) is not { IsPublic: true } session) return null;
        if (session.Slots.All(s => s.End <= clock.GetUtcNow()) && !session.Slots.IsEmpty) return null;
        var (places, _) = await db.FoldFresh<SessionPlaces>(SessionPlaces.StreamOf(taken.SessionId), ct);
        if (!places.Taken.Contains(taken.Person) || await AttendeeList.Find(taken.Person, db, ct) is not { } to) return null;
        using var spoken = to.ReadsIn(e.Language).Speak();
        var read = schedule.ReadIn(Language.Current.Code, e.Language.Code);
        return mails.Write("place", $"place.{taken.SessionId:N}.{taken.Person:N}.{taken.At.ToUnixTimeMilliseconds()}", to.Email, to.Name, organizer, Model(read.Session(session.Id)!, read, e, new(organizer.Slug, e.Slug)));
    }

    Dictionary<string, object?> Model(ScheduleSession session, ConferenceSchedule schedule, CatalogueEvent e, ScheduleAddress address) => new()
    {
        ["title"] = texts.Of("mail.place-title"),
        ["subject"] = $"{texts.Of("mail.place-title")}: {session.Title}",
        ["preview"] = texts.Of("mail.place-preview", session.Title),
        ["lead"] = texts.Of("mail.place-lead", session.Title),
        ["deed"] = texts.Of("mail.see-session"),
        ["link"] = site.Link(address.Session(session)),
        ["cannot"] = texts.Of("mail.place-cannot"),
        ["back"] = texts.Of("mail.place-back"),
        ["mine"] = site.Link(address.Mine),
        ["facts"] = Facts(session, schedule, e).ToArray(),
    };

    IEnumerable<Dictionary<string, object?>> Facts(ScheduleSession session, ConferenceSchedule schedule, CatalogueEvent e)
    {
        yield return mails.Fact("mail.event", e.Title);
        if (schedule.Visibility != ScheduleVisibility.Times) yield break;
        foreach (var slot in session.Slots)
        {
            var at = new EventTime(slot.Start, schedule.Zone);
            yield return mails.Fact("mail.when", string.Join(Language.Current.Comma, [at.Full, at.ZoneName, .. slot.Room is { } room ? [room.Name] : Array.Empty<string>()]));
        }
    }
}
