using System.Collections.Concurrent;
using System.Globalization;
using App.Features.Registration.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;

namespace App.Features.Live.Contracts;

/// <summary>What organizers tell people at this moment, from memory: a change of this or another process shows within about a second.</summary>
public sealed class Notices(HotStreams<AnnouncementBoard> boards, QuerySession db, TimeProvider clock)
{
    static readonly IReadOnlyList<Notice> Nothing = [];

    readonly ConcurrentDictionary<Guid, IReadOnlyList<Notice>> known = new();

    /// <summary>Those for everybody: the same object for as long as they are the same, so that a page in memory can be compared by it.</summary>
    public async ValueTask<IReadOnlyList<Notice>> ForEverybody(Guid eventId)
    {
        var (board, now) = (await Board(eventId), clock.GetUtcNow());
        if (board.All.IsEmpty) return Nothing;
        Notice[] notices = [.. board.Shown(now).Where(a => a.Words.Audience == Audience.Everybody).Select(a => a.ToNotice())];
        return known.AddOrUpdate(eventId, static (_, fresh) => fresh, static (_, before, fresh) => before.SequenceEqual(fresh) ? before : fresh, notices);
    }

    /// <summary>Those for whoever looks that not everybody gets. Personal.</summary>
    public async Task<IReadOnlyList<Notice>> ForOnly(Visitor visitor, CancellationToken ct)
    {
        var limited = (await Board(visitor.EventId)).Shown(clock.GetUtcNow()).Where(a => a.Words.Audience != Audience.Everybody).ToArray();
        if (limited.Length == 0) return [];
        Guid[] people = [.. new[] { visitor.Attendee?.Id, visitor.Device }.OfType<Guid>()];
        var saved = people.Length == 0 ? [] : (await db.Query<Guid>("select session_id from live_saved where person = any($1) and event_id = $2", ct, people, visitor.EventId)).ToHashSet();
        return [.. limited.Where(a => a.IsFor(visitor.Attendee, saved)).Select(a => a.ToNotice())];
    }

    /// <summary>Other words whenever other notices are shown: to everybody, and to some. Empty: none.</summary>
    internal async ValueTask<(string Everybody, string Some)> Marks(Guid eventId)
    {
        var shown = (await Board(eventId)).Shown(clock.GetUtcNow()).ToArray();
        return (Mark(shown.Where(a => a.Words.Audience == Audience.Everybody)), Mark(shown.Where(a => a.Words.Audience != Audience.Everybody)));
    }

    /// <summary>What a page says that it knows already.</summary>
    public static string Mark(IReadOnlyList<Notice> notices) => string.Join('.', notices.Select(n => Short(n.Id)));

    static string Mark(IEnumerable<Announcement> shown) => string.Join('.', shown.Select(a => Short(a.Id)));
    static string Short(Guid id) => id.ToString("N", CultureInfo.InvariantCulture)[^8..];

    async ValueTask<AnnouncementBoard> Board(Guid eventId) => (await boards.Get(AnnouncementBoard.StreamOf(eventId))).State;
}
