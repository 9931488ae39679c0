using App.Features.Live.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Live.Interpretation;

/// <summary>Stay: the page is still open. Ask: to be relieved. Accept: to relieve who asked.</summary>
public enum BoothDeed { Enter, Stay, Leave, Take, Release, Ask, Accept }

/// <param name="Name">As others in the booth read it; kept when they enter.</param>
/// <param name="OnAir">Whom this person saw on air when they pressed: if it is somebody else by now, they are told before they cut in.</param>
/// <param name="Minutes">For which they ask to be relieved.</param>
public sealed record UseBooth(Channel Channel, Guid EventId, Guid Person, string Name, BoothDeed Deed, Guid? OnAir = null, int Minutes = 0);

/// <summary>How somebody in a booth is called. Personal: deleted with them.</summary>
public sealed record BoothName(Guid Id, string Name);

public static class UseBoothHandler
{
    public const int MostMinutes = 60, MostPeople = 12;
    static readonly TimeSpan Heard = TimeSpan.FromSeconds(20);

    public static async Task Handle(UseBooth command, DocumentSession db, HotStreams<Booth> booths)
    {
        if (command.Deed == BoothDeed.Enter) db.Store(new BoothName(command.Person, command.Name));
        db.Decide(await booths.Get(Booth.StreamOf(command.Channel.Id)), (booth, now) => Decide(command, booth, now));
    }

    public static Decision Decide(UseBooth command, Booth booth, DateTimeOffset now)
    {
        var (e, s, c, me) = (command.EventId, command.Channel.SessionId, command.Channel.Id, command.Person);
        var isHere = booth.Present.TryGetValue(me, out var seen);
        return command.Deed switch
        {
            BoothDeed.Enter when !isHere && booth.Present.Count >= MostPeople => Decision.Refuse("booth.full"),
            BoothDeed.Enter when !isHere => Decision.Accept(new BoothEntered(e, s, c, me, now)),
            BoothDeed.Enter or BoothDeed.Stay => isHere && now - seen >= Heard ? Decision.Accept(new BoothSeen(e, s, c, me, now)) : Decision.Accept(),
            BoothDeed.Leave => isHere ? Decision.Accept(new BoothLeft(e, s, c, me, Lost: false, now)) : Decision.Accept(),
            _ when !isHere => Decision.Refuse("booth.enter-first"),
            BoothDeed.Take or BoothDeed.Accept when booth.OnAir == me => Decision.Accept(), // a second press changes nothing
            BoothDeed.Take when booth.OnAir != command.OnAir => Decision.Refuse("booth.somebody-else"),
            BoothDeed.Take => Decision.Accept(new MikeTaken(e, s, c, me, null, now)),
            BoothDeed.Accept when booth.Asked is { } asked && asked.Person != me => Decision.Accept(new MikeTaken(e, s, c, me, now.AddMinutes(asked.Minutes), now)),
            BoothDeed.Accept => Decision.Refuse("booth.nobody-asks"),
            BoothDeed.Release => booth.OnAir == me ? Decision.Accept(new MikeReleased(e, s, c, me, now)) : Decision.Accept(),
            BoothDeed.Ask when booth.OnAir != me => Decision.Refuse("booth.not-on-air"),
            BoothDeed.Ask when booth.Present.Count < 2 => Decision.Refuse("booth.alone"),
            BoothDeed.Ask when command.Minutes is < 1 or > MostMinutes => Decision.Refuse("booth.minutes", MostMinutes),
            BoothDeed.Ask => booth.Asked is { } asked && asked.Minutes == command.Minutes ? Decision.Accept() : Decision.Accept(new HandoverAsked(e, s, c, me, command.Minutes, now)),
            _ => throw new InvalidOperationException($"{command.Deed} is no deed of a booth."),
        };
    }
}
