using System.Collections.Immutable;
using App.Features.Registration.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Live;

/// <summary>Urgent ones are told at any hour; others wait for the morning where they would ring.</summary>
public enum Importance { Normal, Urgent }

/// <summary>Savers: of one session. Holders: of any ticket.</summary>
public enum Audience { Everybody, SignedIn, Holders, Savers }

/// <param name="SessionId">Whose savers; else null.</param>
/// <param name="From">Null: at once.</param>
/// <param name="Until">Null: until it is withdrawn.</param>
public sealed record AnnouncementWords(string Title, string Text, Importance Importance, Audience Audience, Guid? SessionId, DateTimeOffset? From, DateTimeOffset? Until, bool ByMail, bool ByPush);

// One stream an event: its board.

public sealed record AnnouncementWritten(Guid EventId, Guid AnnouncementId, AnnouncementWords Words, DateTimeOffset At);
public sealed record AnnouncementPublished(Guid EventId, Guid AnnouncementId, DateTimeOffset At);
public sealed record AnnouncementWithdrawn(Guid EventId, Guid AnnouncementId, DateTimeOffset At);

public enum AnnouncementStatus { Draft, Published, Withdrawn }

public sealed record Announcement(Guid Id, AnnouncementWords Words, AnnouncementStatus Status, DateTimeOffset WrittenAt, DateTimeOffset? PublishedAt)
{
    public bool IsShown(DateTimeOffset now) => Status == AnnouncementStatus.Published && !(now < Words.From) && !(now >= Words.Until);

    /// <param name="saved">Sessions on the list of whoever looks.</param>
    public bool IsFor(Attendee? attendee, IReadOnlySet<Guid> saved) => Words.Audience switch
    {
        Audience.Everybody => true,
        Audience.SignedIn => attendee is not null,
        Audience.Holders => attendee is { Tickets.Count: > 0 },
        _ => Words.SessionId is { } session && saved.Contains(session),
    };

    public Notice ToNotice() => new(Id, Words.Title, Words.Text, Words.Importance == Importance.Urgent);
}

/// <summary>All announcements of an event: the state of its board.</summary>
public sealed record AnnouncementBoard(ImmutableDictionary<Guid, Announcement> All) : IEventSourced<AnnouncementBoard>
{
    public static AnnouncementBoard Empty { get; } = new(ImmutableDictionary<Guid, Announcement>.Empty);

    public static Guid StreamOf(Guid eventId) => Ids.From(eventId, "announcements");

    public static AnnouncementBoard Evolve(AnnouncementBoard s, object fact) => fact switch
    {
        AnnouncementWritten e => new(s.All.SetItem(e.AnnouncementId, s.All.TryGetValue(e.AnnouncementId, out var had) ? had with { Words = e.Words } : new(e.AnnouncementId, e.Words, AnnouncementStatus.Draft, e.At, null))),
        AnnouncementPublished e when s.All.TryGetValue(e.AnnouncementId, out var had) => new(s.All.SetItem(had.Id, had with { Status = AnnouncementStatus.Published, PublishedAt = e.At })),
        AnnouncementWithdrawn e when s.All.TryGetValue(e.AnnouncementId, out var had) => new(s.All.SetItem(had.Id, had with { Status = AnnouncementStatus.Withdrawn })),
        _ => s,
    };

    /// <summary>Newest first, what is urgent before all else.</summary>
    public IEnumerable<Announcement> Shown(DateTimeOffset now) => All.Values.Where(a => a.IsShown(now)).OrderByDescending(a => a.Words.Importance).ThenByDescending(a => a.PublishedAt);
}
