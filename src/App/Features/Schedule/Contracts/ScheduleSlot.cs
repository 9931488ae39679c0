namespace App.Features.Schedule.Contracts;

public sealed record ScheduleSlot(Guid Id, ScheduleRoom? Room, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Its last move; null: it is where it was first.</summary>
    public ScheduleMove? Moved { get; init; }

    public bool IsOn(DateTimeOffset now) => now >= Start && now < End;
}

/// <param name="At">When it was moved.</param>
public sealed record ScheduleMove(ScheduleRoom? Room, DateTimeOffset Start, DateTimeOffset At);
