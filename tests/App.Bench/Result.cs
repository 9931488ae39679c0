using System.Text.Json;
using System.Text.Json.Serialization;
using App.Bench.House;

namespace App.Bench;

/// <summary>One bench's outcome; its JSON is the line a program reads.</summary>
/// <param name="Value">What was measured; 0 when an invariant was broken.</param>
public sealed record Result(string Bench, double Value, string Unit, Machine Machine)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Of the same run.</summary>
    public double? Baseline { get; init; }
    public double? Ratio { get; init; }

    /// <summary>What the ratio (or, without one, the value) must reach; a bench about a limit says the value must stay below it.</summary>
    public double? Floor { get; init; }
    public double? Goal { get; init; }
    public bool LessIsBetter { get; init; }

    /// <summary>Milliseconds.</summary>
    public double? P50 { get; init; }
    public double? P99 { get; init; }
    public long Errors { get; init; }
    public bool Verify { get; init; } = true;

    /// <summary>Further figures, by name.</summary>
    public Dictionary<string, double> More { get; init; } = [];

    public Result OrZero() => Verify ? this : this with { Value = 0, Ratio = Ratio is null ? null : 0 };

    /// <summary>Whether the floor was reached; null: there is none.</summary>
    public bool? Holds => Floor is not { } floor ? null : LessIsBetter ? (Ratio ?? Value) <= floor : (Ratio ?? Value) >= floor;

    public string ToJson() => JsonSerializer.Serialize(this with { Value = Round(Value), Baseline = Round(Baseline), Ratio = Round(Ratio), P50 = Round(P50), P99 = Round(P99), More = More.ToDictionary(m => m.Key, m => Round(m.Value)) }, Json);

    public static void WriteTable(IReadOnlyList<Result> results)
    {
        Console.WriteLine($"{"bench",-10} {"value",12} {"unit",-24} {"baseline",10} {"ratio",7} {"floor",8} {"p50 ms",8} {"p99 ms",8} {"errors",7} verify");
        foreach (var r in results)
            Console.WriteLine($"{r.Bench,-10} {r.Value,12:N1} {r.Unit,-24} {r.Baseline,10:N1} {r.Ratio,7:F2} {r.Floor,8:N1} {r.P50,8:F1} {r.P99,8:F1} {r.Errors,7} {(r.Verify ? "ok" : "FAILED")}{(r.Holds is false ? "  below floor" : "")}");
    }

    static double? Round(double? value) => value is { } v ? Round(v) : null;
    static double Round(double value) => double.IsFinite(value) ? Math.Round(value, Math.Abs(value) < 10 ? 3 : 1) : 0;
}
