using App.Features.Live.Contracts;
using App.Features.Registration.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Live.Interpretation;

/// <summary>A word to who else is in the booth. Personal: deleted with who wrote it.</summary>
public sealed record BoothMessage(Guid Id, Guid ChannelId, Guid Person, string Text, long AtMs)
{
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(AtMs);
}

/// <param name="MessageId">Follows from the form: sent twice, it is one message.</param>
public sealed record SendBoothMessage(Channel Channel, Guid EventId, Guid Person, Guid MessageId, string Text);

public static class SendBoothMessageHandler
{
    public const int Longest = 200;

    public static async Task Handle(SendBoothMessage command, DocumentSession db, HotStreams<Booth> booths, TimeProvider clock)
    {
        var text = command.Text.Trim();
        if (text.Length == 0) throw new Refused("booth.empty");
        if (text.Length > Longest) throw new Refused("booth.long", Longest);
        db.Store(new BoothMessage(command.MessageId, command.Channel.Id, command.Person, text, clock.GetUtcNow().ToUnixTimeMilliseconds()));
        db.Decide(await booths.Get(Booth.StreamOf(command.Channel.Id)), (booth, now) => Decide(command, booth, now));
    }

    public static Decision Decide(SendBoothMessage command, Booth booth, DateTimeOffset now)
    {
        if (!booth.Present.ContainsKey(command.Person)) return Decision.Refuse("booth.enter-first");
        if (booth.Messages.Contains(command.MessageId)) return Decision.Accept();
        return Decision.Accept(new BoothMessageSent(command.EventId, command.Channel.SessionId, command.Channel.Id, command.Person, command.MessageId, now));
    }
}

/// <summary>Whoever deleted themselves has no name and no words in any booth.</summary>
public static class EraseInterpreterHandler
{
    public static async Task Handle(AttendeeErased erased, DocumentSession db, CancellationToken ct)
    {
        db.Delete<BoothName>(erased.AttendeeId);
        foreach (var message in await db.Query<Guid>("select id from doc_booth_message where person = $1", ct, erased.AttendeeId)) db.Delete<BoothMessage>(message);
    }
}
