using System.Collections.Immutable;
using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Live;

// One stream a person and conference.

/// <param name="Minutes">Before a saved session begins; 0: no reminders.</param>
/// <param name="ByMail">Where no browser can be rung.</param>
public sealed record RemindersWanted(Guid EventId, Guid Person, int Minutes, bool ByMail, DateTimeOffset At);

/// <summary>When the next reminder is due. A later plan makes an earlier one's message mean nothing.</summary>
public sealed record ReminderPlanned(Guid EventId, Guid Person, int Plan, DateTimeOffset Due, DateTimeOffset At);

/// <param name="Start">Of the session, as it was said: one that moves is said again.</param>
public sealed record Reminded(Guid EventId, Guid Person, Guid SessionId, Guid SlotId, DateTimeOffset Start, DateTimeOffset At);

/// <summary>What somebody wants to be reminded of and has been: the state of their stream.</summary>
public sealed record Reminders(int Minutes, bool ByMail, int Plan, DateTimeOffset? Due) : IEventSourced<Reminders>
{
    public static IReadOnlyList<int> Choices { get; } = [0, 5, 15, 30];
    public const int Usual = 15;

    public static Reminders Empty { get; } = new(0, false, 0, null);

    public static Guid StreamOf(Guid eventId, Guid person) => Ids.From(person, $"reminders:{eventId:N}");

    /// <summary>What was said of each slot: its start.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> Said { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    public bool AreOn => Minutes > 0;

    public static Reminders Evolve(Reminders s, object fact) => fact switch
    {
        RemindersWanted e => s with { Minutes = e.Minutes, ByMail = e.ByMail },
        ReminderPlanned e => s with { Plan = e.Plan, Due = e.Due },
        Reminded e => s with { Said = s.Said.SetItem(e.SlotId, e.Start), Due = null },
        _ => s,
    };

    /// <summary>Slots of saved sessions that have not begun and were not said yet, with when to say them: the first due first.</summary>
    public IEnumerable<(ScheduleSession Session, ScheduleSlot Slot, DateTimeOffset Due)> Open(ConferenceSchedule? schedule, IReadOnlyCollection<Guid> saved, DateTimeOffset now) =>
        schedule is not { Visibility: ScheduleVisibility.Times } || !AreOn ? [] : saved.Select(schedule.Session).OfType<ScheduleSession>().Where(s => s.IsPublic).SelectMany(s => s.Slots.Select(slot => (Session: s, Slot: slot, Due: slot.Start.AddMinutes(-Minutes))))
            .Where(o => o.Slot.Start > now && !(Said.TryGetValue(o.Slot.Id, out var said) && said == o.Slot.Start)).OrderBy(o => o.Due);

    /// <summary>A plan for the next one, if it isn't planned so already.</summary>
    public IEnumerable<ReminderPlanned> Next(Guid eventId, Guid person, ConferenceSchedule? schedule, IReadOnlyCollection<Guid> saved, DateTimeOffset now)
    {
        if (Open(schedule, saved, now).Select(o => (DateTimeOffset?)o.Due).FirstOrDefault() is not { } due) return [];
        var at = due > now ? due : now;
        return Due == at ? [] : [new(eventId, person, Plan + 1, at, now)];
    }
}
