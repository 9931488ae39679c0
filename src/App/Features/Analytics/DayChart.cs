using System.Globalization;

namespace App.Features.Analytics;

/// <summary>Days as bars: an SVG of 100 units' height and 10 a day that stretches, and its words.</summary>
public sealed record DayChart(IReadOnlyList<DaySales> Days, DateOnly Today, string NowClock)
{
    public sealed record Bar(string X, string Y, string Height, bool IsToday, string Words);

    public int Width => Days.Count * 10;
    public long Top { get; } = RoundUp(Days.Count == 0 ? 0 : Days.Max(d => d.Sold));

    public IEnumerable<Bar> Bars => Days.Select((d, i) =>
    {
        var height = d.Sold * 100m / Top;
        return new Bar(Number(i * 10 + 1.5m), Number(100 - height), Number(height), d.Day == Today, $"{Say(d.Day)}: {Tickets(d.Sold)}");
    });

    public IEnumerable<string> ScaleY => Enumerable.Range(0, 5).Select(i => (Top * (4 - i) / 4).ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>Five days at most, evenly.</summary>
    public IEnumerable<string> ScaleX => Days.Count <= 5 ? Days.Select(d => Say(d.Day)) : Enumerable.Range(0, 5).Select(i => Say(Days[i * (Days.Count - 1) / 4].Day));

    public string Says
    {
        get
        {
            if (Days.Count == 0) return "No sales yet.";
            var best = Days.MaxBy(d => d.Sold)!;
            return $"Bars of tickets sold per day, {Say(Days[0].Day)} to {Say(Days[^1].Day)}. Highest {best.Sold} on {Say(best.Day)}, {Days[^1].Sold} so far today.";
        }
    }

    public static string Say(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);
    public static string Tickets(long n) => n == 1 ? "1 ticket" : $"{n.ToString("N0", CultureInfo.InvariantCulture)} tickets";

    static string Number(decimal n) => n.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The next number that a quarter of is round: 4, 8, 20, 40, 80, 100, 200 …</summary>
    static long RoundUp(long most)
    {
        for (long scale = 1; ; scale *= 10)
            foreach (var step in new[] { 4L, 8, 20 })
                if (most <= step * scale) return step * scale;
    }
}
