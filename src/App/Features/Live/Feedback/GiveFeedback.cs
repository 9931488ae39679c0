using App.Features.Live.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Live.Feedback;

/// <summary>How somebody found a session. Personal: shown without who said it, blanked with them.</summary>
/// <param name="Person">The attendee, or the number of a device; null: they deleted themselves.</param>
/// <param name="SignedIn">By an attendee.</param>
public sealed record SessionFeedback(Guid Id, Guid EventId, Guid SessionId, Guid? Person, int Stars, string Comment, long AtMs, bool SignedIn = false)
{
    /// <summary>One of each person and session.</summary>
    public static Guid IdOf(Guid sessionId, Guid person) => Ids.From(sessionId, $"feedback:{person:N}");
}

/// <summary>What one person gave one session: the state of its stream.</summary>
public sealed record GivenFeedback(Guid Id, int Stars) : IEventSourced<GivenFeedback>
{
    public static GivenFeedback Empty { get; } = new(Guid.Empty, 0);

    public static GivenFeedback Evolve(GivenFeedback s, object fact) => fact switch
    {
        FeedbackGiven e => new(e.FeedbackId, e.Stars),
        _ => s,
    };
}

/// <param name="Person">The attendee; else the device.</param>
/// <param name="Device">Of an attendee who may have said something on it before they signed in: that is theirs now, and counts once.</param>
public sealed record GiveFeedback(Guid EventId, Guid SessionId, Guid Person, bool IsAttendee, Guid? Device, int Stars, string Comment);

public static class GiveFeedbackHandler
{
    public const int Longest = 1000;

    public static async Task Handle(GiveFeedback command, DocumentSession db, ScheduleCatalogue schedules, HotStreams<TalkRules> rules, TimeProvider clock, CancellationToken ct)
    {
        var (now, from) = (clock.GetUtcNow(), (await rules.Get(TalkRules.StreamOf(command.EventId))).State.Feedback);
        if (await schedules.Find(command.EventId) is not { } schedule || schedule.Session(command.SessionId) is not { IsPublic: true } session) throw new Refused("schedule.no-such-session");
        var id = SessionFeedback.IdOf(session.Id, command.Person);
        var stream = await db.FetchForWriting<GivenFeedback>(id, ct);
        var comment = command.Comment.Trim().ReplaceLineEndings("\n");
        stream.Append(Decide(command with { Comment = comment }, id, TalkHours.OfFeedback(from, schedule, session, now).IsOpen, from, stream.State, now));
        db.Store(new SessionFeedback(id, command.EventId, session.Id, command.Person, command.Stars, comment, now.ToUnixTimeMilliseconds(), command.IsAttendee));
        if (command is { IsAttendee: true, Device: { } device }) db.Delete<SessionFeedback>(SessionFeedback.IdOf(session.Id, device));
    }

    /// <summary>Said again, it takes the place of what was said before; the same stars are no news.</summary>
    public static IEnumerable<object> Decide(GiveFeedback command, Guid id, bool isOpen, FeedbackFrom from, GivenFeedback given, DateTimeOffset now)
    {
        if (!isOpen) throw new Refused("feedback.closed");
        if (!command.IsAttendee && from != FeedbackFrom.Everybody) throw new Refused("feedback.sign-in-first");
        if (command.Stars is < 1 or > 5) throw new Refused("feedback.no-stars");
        if (command.Comment.Length > Longest) throw new Refused("feedback.long", Longest);
        return given.Stars == command.Stars ? [] : [new FeedbackGiven(command.EventId, command.SessionId, id, command.Stars, now)];
    }
}

/// <summary>The words go with their author; a star stays a number.</summary>
public static class EraseFeedbackHandler
{
    public static async Task Handle(AttendeeErased erased, DocumentSession db, CancellationToken ct)
    {
        foreach (var feedback in await db.LoadMany<SessionFeedback>(await db.Query<Guid>("select id from doc_feedback where person = $1", ct, erased.AttendeeId), ct))
            db.Store(feedback with { Person = null, Comment = "" });
    }
}
