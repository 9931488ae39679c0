using App.Infrastructure.Store;

namespace App.Features.Schedule.Contracts;

/// <summary>Somebody who speaks in a confirmed session and whose address is known. Personal: read when needed, never copied into a fact.</summary>
public sealed record ConfirmedSpeaker(Guid Id, string Name, string Email)
{
    public static async Task<IReadOnlyList<ConfirmedSpeaker>> Of(Guid eventId, ScheduleCatalogue schedules, QuerySession db, CancellationToken ct)
    {
        if (await schedules.Find(eventId) is not { } schedule) return [];
        var speaking = schedule.Sessions.SelectMany(s => s.Speakers).Select(s => s.Id).ToHashSet();
        if (speaking.Count == 0) return [];
        var known = await db.Query<ConfirmedSpeaker>("select id, data ->> 'name' as name, data ->> 'email' as email from doc_speaker where conference_id = $1 and data ->> 'email' <> ''", ct, eventId);
        return [.. known.Where(s => speaking.Contains(s.Id))];
    }

    /// <summary>Whether this address is that of somebody who speaks in the session.</summary>
    /// <param name="email">Normalised, as attendees have it.</param>
    public static async Task<bool> SpeaksIn(ScheduleSession session, string email, QuerySession db, CancellationToken ct) =>
        !session.Speakers.IsEmpty && await db.QueryFirst<bool>("select exists (select from doc_speaker where id = any($1) and lower(trim(data ->> 'email')) = $2)", ct, session.Speakers.Select(s => s.Id).ToArray(), email);
}
