using System.Globalization;

namespace App.Features.Shared;

/// <summary>A day of an event's zone; one on which nothing was is a day too.</summary>
public sealed record DayCount(DateOnly Day, long Count);

/// <summary>Days as bars: an SVG of 100 units' height and 10 a day that stretches, and its words. The last day is today.</summary>
/// <param name="What">Is counted, in the plural: <c>tickets sold</c>.</param>
/// <param name="Say">A number of it: <c>1 ticket</c>.</param>
public sealed record DayChart(IReadOnlyList<DayCount> Days, string What, Func<long, string> Say)
{
    public sealed record Bar(string X, string Y, string Height, bool IsToday, string Words);

    /// <summary>How late it is, where today's bar is told apart from those of whole days; empty: it isn't.</summary>
    public string NowClock { get; init; } = "";

    public int Width => Days.Count * 10;
    public long Top { get; } = RoundUp(Days.Count == 0 ? 0 : Days.Max(d => d.Count));

    public IEnumerable<Bar> Bars => Days.Select((d, i) =>
    {
        var height = d.Count * 100m / Top;
        return new Bar(Number(i * 10 + 1.5m), Number(100 - height), Number(height), NowClock.Length > 0 && i == Days.Count - 1, $"{Write(d.Day)}: {Say(d.Count)}");
    });

    public IEnumerable<string> ScaleY => Enumerable.Range(0, 5).Select(i => (Top * (4 - i) / 4).ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>Five days at most, evenly.</summary>
    public IEnumerable<string> ScaleX => Days.Count <= 5 ? Days.Select(d => Write(d.Day)) : Enumerable.Range(0, 5).Select(i => Write(Days[i * (Days.Count - 1) / 4].Day));

    public string Says
    {
        get
        {
            if (Days.Count == 0 || Days.MaxBy(d => d.Count) is not { Count: > 0 } best) return $"No {What} yet.";
            return $"Bars of {What} per day, {Write(Days[0].Day)} to {Write(Days[^1].Day)}. Highest {best.Count} on {Write(best.Day)}, {Days[^1].Count} so far today.";
        }
    }

    public static string Write(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);

    static string Number(decimal n) => n.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The next number that a quarter of is round: 4, 8, 20, 40, 80, 100, 200 …</summary>
    static long RoundUp(long most)
    {
        for (long scale = 1; ; scale *= 10)
            foreach (var step in new[] { 4L, 8, 20 })
                if (most <= step * scale) return step * scale;
    }
}
