namespace App.Infrastructure.Messaging;

/// <summary>Independent queues: a slow mail provider must not delay a sale.</summary>
public static class Lanes
{
    public const short Work = 0;
    public const short Mail = 1;
    public const short Jobs = 2;
    public static IReadOnlyList<short> All { get; } = [Work, Mail, Jobs];
}

/// <summary>A stored message: one row, one handler.</summary>
/// <param name="Handler">Null: the message type's only handler. Else which of a fact's several hearers.</param>
/// <param name="Attempts">Only ever grows: the claim of whoever works on it is checked against it.</param>
/// <param name="Key">At most one waiting message has it; a second one replaces the first's due time.</param>
/// <param name="Due">When to handle; while somebody works on it, when that claim ends.</param>
public sealed record Message(Guid Id, short Lane, string Type, string? Handler, byte[] Body, DateTimeOffset Due, int Attempts, string? Key)
{
    /// <summary>How often it was taken up since it was scheduled, this time included.</summary>
    public int Tries { get; init; }

    /// <summary>Those of them that failed because somebody outside couldn't be reached.</summary>
    public int Excused { get; init; }
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Handed to this process's own worker with the commit: no query, no second writer until the claim ends.</summary>
    public bool BornClaimed { get; init; }
}
