using System.Text;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Calendar;

namespace App.Features.Schedule.Export;

/// <summary>
/// iCalendar of a conference or of a part of it. A slot keeps its UID when it moves; SEQUENCE goes up with each change of its session; what was cancelled stays in, as cancelled, so that calendars strike it out.
/// The bytes follow from the schedule alone, so an ETag holds.
/// </summary>
public static class ScheduleCalendar
{
    public static byte[] OfAll(ConferenceSchedule schedule, ExportPlace place) => Write(schedule, place, schedule.Title, schedule.Sessions.Concat(schedule.Cancelled), _ => true);

    public static byte[] Of(ScheduleSession session, ConferenceSchedule schedule, ExportPlace place) => Write(schedule, place, session.Title, [session], _ => true);

    public static byte[] Of(ScheduleRoom room, ConferenceSchedule schedule, ExportPlace place) => Write(schedule, place, $"{schedule.Title}: {room.Name}", schedule.Sessions.Concat(schedule.Cancelled), slot => slot.Room?.Id == room.Id);

    /// <summary>A track, a type or a tag.</summary>
    public static byte[] Of(ScheduleLabel label, ConferenceSchedule schedule, ExportPlace place) =>
        Write(schedule, place, $"{schedule.Title}: {label.Name}", schedule.Sessions.Concat(schedule.Cancelled).Where(s => s.Track?.Id == label.Id || s.Type?.Id == label.Id || s.Tags.Any(t => t.Id == label.Id)), _ => true);

    public static byte[] Of(ScheduleSpeaker speaker, ConferenceSchedule schedule, ExportPlace place) =>
        Write(schedule, place, $"{schedule.Title}: {speaker.Name}", schedule.Sessions.Concat(schedule.Cancelled).Where(s => s.Speakers.Any(p => p.Id == speaker.Id)), _ => true);

    /// <summary>Of somebody's choice.</summary>
    /// <param name="name">What calendars call it.</param>
    public static byte[] Of(IEnumerable<ScheduleSession> sessions, string name, ConferenceSchedule schedule, ExportPlace place) => Write(schedule, place, name, sessions, _ => true);

    static byte[] Write(ConferenceSchedule schedule, ExportPlace place, string name, IEnumerable<ScheduleSession> sessions, Func<ScheduleSlot, bool> wanted) =>
        Encoding.UTF8.GetBytes(CalendarFile.Write(schedule.TimeZone, [.. sessions.Where(s => s.IsKnown).SelectMany(s => Entries(s, place, wanted))], name));

    static IEnumerable<CalendarEntry> Entries(ScheduleSession s, ExportPlace place, Func<ScheduleSlot, bool> wanted) =>
        s.Slots.Where(wanted).Select(slot => Entry(s, slot, s.State == SessionState.Cancelled, place)).Concat(s.CancelledSlots.Where(wanted).Select(slot => Entry(s, slot, true, place)));

    static CalendarEntry Entry(ScheduleSession s, ScheduleSlot slot, bool cancelled, ExportPlace place) => new($"{slot.Id}@foyer", s.Sequence, s.ChangedAt, slot.Start, slot.End, s.Title)
    {
        Place = slot.Room?.Name ?? "", Text = Text(s), Url = place.Url(s), Cancelled = cancelled,
    };

    static string Text(ScheduleSession s)
    {
        var text = new StringBuilder(s.Subtitle);
        if (!s.Speakers.IsEmpty) text.Append(text.Length > 0 ? "\n" : "").AppendJoin(", ", s.Speakers.Select(p => p.Name));
        var words = s.Abstract.Length > 0 ? s.Abstract : s.Description;
        if (words.Length > 0) text.Append(text.Length > 0 ? "\n\n" : "").Append(words.Length > 1500 ? words[..(char.IsHighSurrogate(words[1498]) ? 1498 : 1499)] + "…" : words);
        return text.ToString();
    }
}
