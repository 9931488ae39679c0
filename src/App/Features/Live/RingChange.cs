using System.Globalization;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Live;

/// <param name="At">When the schedule was changed.</param>
public sealed record RingChange(Guid Browser, Guid EventId, DateTimeOffset At);

/// <summary>Rings one browser about what changed on its owner's list, unless there is nothing to say any more.</summary>
[Lane(Lanes.Mail)]
public static class RingChangeHandler
{
    static readonly TimeSpan Lives = TimeSpan.FromHours(4);

    public static async Task Handle(RingChange message, DocumentSession db, Browsers browsers, ReminderWords reminders, ChangeWords changes, Bells bells, TimeProvider clock, CancellationToken ct)
    {
        if (await browsers.Find(message.Browser, ct) is not { } browser) return;
        using var spoken = (await reminders.LanguageOf(browser, db, ct)).Speak();
        if (await changes.Of(message.EventId, browser.Person, message.At, db, ct) is not { } said) return;
        if (await bells.Ring(browser, said, Lives, "deed/change-rung", "deed/change-not-rung", ct)) return;
        if ((await browsers.Of(message.EventId, browser.Person, ct)).Count == 0) await TellChangeHandler.ByMail(new(message.EventId, browser.Person, message.At), clock.GetUtcNow() + RingBrowserHandler.Moment, db, ct);
    }
}

public sealed record MailChange(Guid EventId, Guid Person, DateTimeOffset At);

[Lane(Lanes.Mail)]
public static class MailChangeHandler
{
    public static async Task Handle(MailChange message, DocumentSession db, LiveMails mails, Mailer mailer, CancellationToken ct)
    {
        if (await AttendeeList.Find(message.Person, db, ct) is { } attendee && await mails.Change(message, attendee, db, ct) is { } mail) await mailer.Send(mail, ct);
    }
}

/// <summary>What changed on somebody's list, in words of the language that is spoken now. Null: nothing that is still on it.</summary>
public sealed class ChangeWords(ReminderWords pages, ScheduleCatalogue schedules, Texts texts, TimeProvider clock)
{
    const int MostSaid = 4;

    public async Task<Ring?> Of(Guid eventId, Guid person, DateTimeOffset at, QuerySession db, CancellationToken ct)
    {
        if (await schedules.FindFresh(eventId, ct) is not { Visibility: not ScheduleVisibility.Hidden } found || await pages.Page(eventId, ct) is not { } page) return null;
        var schedule = await pages.Read(found);
        var saved = await SavedSessions.Of(eventId, person, db, ct);
        ScheduleChange[] changes = [.. ScheduleChange.Of(schedule, at, clock.GetUtcNow()).Where(c => saved.Contains(c.Session.Id)), .. await Brought(schedule, person, at, db, ct)];
        var tag = string.Create(CultureInfo.InvariantCulture, $"change-{eventId:N}-{at.ToUnixTimeMilliseconds()}");
        var (lang, dir) = (Language.Current.Code, Language.Current.Direction);
        return changes switch
        {
            [] => null,
            [var one] => new(one.Session.Title, Say(one, schedule), page.Session(one.Session), tag, lang, dir),
            _ => new(texts.Count("live.changes", changes.Length), string.Join('\n', changes.Take(MostSaid).Select(c => $"{c.Session.Title}: {Say(c, schedule)}").Concat(changes.Length > MostSaid ? ["…"] : [])), page.Mine, tag, lang, dir),
        };
    }

    /// <summary>Of speakers whom they follow. Nothing of what is over by now.</summary>
    async Task<IEnumerable<ScheduleChange>> Brought(ConferenceSchedule schedule, Guid person, DateTimeOffset at, QuerySession db, CancellationToken ct)
    {
        var (brought, now) = (await SavedSessions.Brought(schedule.Id, person, at, db, ct), clock.GetUtcNow());
        return brought.Keys.Select(schedule.Session).OfType<ScheduleSession>().Where(s => s.IsPublic && (s.Slots.IsEmpty || s.Slots.Any(t => t.End > now))).OrderBy(s => s.First?.Start).ThenBy(s => s.Id)
            .Select(s => new ScheduleChange(s, s.TimesArePublic ? s.First : null, s.Speakers.FirstOrDefault(p => p.Id == brought[s.Id])?.Name ?? ""));
    }

    string Say(ScheduleChange change, ConferenceSchedule schedule)
    {
        if (change.New is { } speaker) return change.Slot is { } first ? texts.Of("live.change-new", speaker, Place(first.Start, first.Room)) : texts.Of("live.change-new-untimed", speaker);
        if (change.Slot is not { Moved: { } was } slot) return texts.Of("live.change-off");
        if (was.Start == slot.Start && (was.Room, slot.Room) is ({ } before, { } room)) return texts.Of("live.change-room", room.Name, before.Name);
        string Place(DateTimeOffset start, ScheduleRoom? room) => new EventTime(start, schedule.Zone).When + (room is null ? "" : Language.Current.Comma + room.Name);
        return texts.Of("live.change-time", Place(slot.Start, slot.Room), Place(was.Start, was.Room));
    }
}
