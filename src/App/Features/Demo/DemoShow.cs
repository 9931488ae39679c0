using App.Features.Events;
using App.Features.Organizations.Contracts;

namespace App.Features.Demo;

/// <summary>What an order of the demo came to.</summary>
public enum DemoEnd { Paid, Refunded, PartlyRefunded, Abandoned, Waiting }

public sealed record DemoLine(Guid TicketTypeId, int Count, string[]? Seats = null);

public sealed record DemoOrder(Guid Id, DateTimeOffset At, IReadOnlyList<DemoLine> Lines, string Name, string Email, DemoEnd End);

/// <summary>An organization, its event and what was bought since sales opened. Follows from the seed alone.</summary>
public sealed record DemoShow(OrganizationCard Organization, SaveEvent Event, DateTimeOffset Opened, IReadOnlyList<DemoOrder> Orders)
{
    /// <summary>A conference's programme. Null: there is none.</summary>
    public Schedule.Import.ScheduleReading? Programme { get; init; }
}

/// <summary>When people buy: a rush on the first days, a long quiet middle, a second rush around a deadline; more on weekdays, most at noon and in the evening.</summary>
public static class SalesCurve
{
    static readonly int[] HourWeights = [2, 1, 1, 1, 1, 2, 4, 8, 14, 22, 26, 26, 30, 28, 24, 22, 22, 22, 20, 24, 28, 24, 14, 6];

    /// <param name="deadline">The day, counted from the first, on which a price ends.</param>
    /// <returns>In order, all before <paramref name="now"/>.</returns>
    public static IReadOnlyList<DateTimeOffset> Times(Random random, DateTimeOffset opened, DateTimeOffset now, int count, int deadline)
    {
        var days = (int)(now - opened).TotalDays;
        var weights = Enumerable.Range(0, days).Select(day => (5 * Math.Exp(-day / 2.5) + 1 + 2.5 * Math.Exp(-Math.Abs(day - deadline))) * (IsWeekend(opened.AddDays(day)) ? 0.6 : 1)).ToArray();
        return [.. Enumerable.Range(0, count).Select(_ => Moment(random, opened, weights, now)).Order()];
    }

    static DateTimeOffset Moment(Random random, DateTimeOffset opened, double[] weights, DateTimeOffset now)
    {
        var day = Draw(random, weights);
        var hour = Draw(random, Array.ConvertAll(HourWeights, w => (double)w));
        var at = new DateTimeOffset(opened.Date, TimeSpan.Zero).AddDays(day).AddHours(hour).AddSeconds(random.Next(3600));
        return at < opened ? opened.AddMinutes(random.Next(1, 90)) : at < now.AddHours(-1) ? at : now.AddMinutes(-random.Next(60, 600));
    }

    public static int Draw(Random random, double[] weights)
    {
        var at = random.NextDouble() * weights.Sum();
        for (var i = 0; i < weights.Length; i++) if ((at -= weights[i]) < 0) return i;
        return weights.Length - 1;
    }

    static bool IsWeekend(DateTimeOffset day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
