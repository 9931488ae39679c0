using App.Features.Events.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Live;

public sealed record WriteAnnouncement(Guid EventId, Guid AnnouncementId, AnnouncementWords Words);

public static class WriteAnnouncementHandler
{
    public const int MostCharacters = 120, MostText = 2_000, Most = 500;

    public static async Task Handle(WriteAnnouncement command, DocumentSession db, HotStreams<AnnouncementBoard> boards) =>
        db.Decide(await boards.Get(AnnouncementBoard.StreamOf(command.EventId)), (board, now) => Decide(command, board, now));

    /// <summary>What people have read isn't rewritten: it is withdrawn, and said anew.</summary>
    public static Decision Decide(WriteAnnouncement command, AnnouncementBoard board, DateTimeOffset now) => (command.Words, board.All.GetValueOrDefault(command.AnnouncementId)) switch
    {
        ({ Title.Length: 0 }, _) => Decision.Refuse("live.title-missing"),
        ({ Title.Length: > MostCharacters }, _) => Decision.Refuse("live.title-too-long", MostCharacters),
        ({ Text.Length: > MostText }, _) => Decision.Refuse("live.text-too-long", MostText),
        ({ From: { } from, Until: { } until }, _) when until <= from => Decision.Refuse("live.ends-before-start"),
        ({ Audience: Audience.Savers, SessionId: null }, _) => Decision.Refuse("live.which-session"),
        (_, { Status: not AnnouncementStatus.Draft }) => Decision.Refuse("live.already-published"),
        (_, null) when board.All.Count >= Most => Decision.Refuse("live.board-full", Most),
        (var words, { } had) when had.Words == words => Decision.Accept(),
        _ => Decision.Accept(new AnnouncementWritten(command.EventId, command.AnnouncementId, command.Words, now)),
    };
}

public sealed record PublishAnnouncement(Guid EventId, Guid AnnouncementId);

public static class PublishAnnouncementHandler
{
    public static async Task Handle(PublishAnnouncement command, DocumentSession db, EventCatalogue events, HotStreams<AnnouncementBoard> boards, TimeProvider clock)
    {
        if (await events.IsArchived(command.EventId, clock.GetUtcNow())) throw new Refused("events.archived");
        db.Decide(await boards.Get(AnnouncementBoard.StreamOf(command.EventId)), (board, now) => Decide(command, board, now));
    }

    /// <summary>One that was withdrawn may be shown again; nobody is mailed or rung twice for that.</summary>
    public static Decision Decide(PublishAnnouncement command, AnnouncementBoard board, DateTimeOffset now) => board.All.GetValueOrDefault(command.AnnouncementId) switch
    {
        null => Decision.Refuse("live.no-such-announcement"),
        { Status: AnnouncementStatus.Published } => Decision.Accept(),
        { Words.Until: { } until } when until <= now => Decision.Refuse("live.already-over"),
        _ => Decision.Accept(new AnnouncementPublished(command.EventId, command.AnnouncementId, now)),
    };
}

public sealed record WithdrawAnnouncement(Guid EventId, Guid AnnouncementId);

public static class WithdrawAnnouncementHandler
{
    public static async Task Handle(WithdrawAnnouncement command, DocumentSession db, HotStreams<AnnouncementBoard> boards) =>
        db.Decide(await boards.Get(AnnouncementBoard.StreamOf(command.EventId)), (board, now) => Decide(command, board, now));

    public static Decision Decide(WithdrawAnnouncement command, AnnouncementBoard board, DateTimeOffset now) => board.All.GetValueOrDefault(command.AnnouncementId) switch
    {
        null => Decision.Refuse("live.no-such-announcement"),
        { Status: AnnouncementStatus.Published } => Decision.Accept(new AnnouncementWithdrawn(command.EventId, command.AnnouncementId, now)),
        _ => Decision.Accept(),
    };
}
