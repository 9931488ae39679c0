using System.Globalization;

namespace App.Bench;

/// <param name="Jit"><c>default</c>: as the product is shipped (tiered, profile-guided). <c>full</c>: every method compiled fully at its first call, so steady state from the start.</param>
/// <param name="WarmOrders">So many orders are done before anything is counted: a process is warm by work, not by time.</param>
/// <param name="Mail">The selling process works off the mail lane too.</param>
/// <param name="Office">Growth also times the office's and the door's search for guests, and verify, at each size.</param>
/// <param name="Statements">Have the server count its statements (costs a few per cent) and print the dearest.</param>
public sealed record BenchOptions(IReadOnlyList<string> Names, int Seconds, int Clients, int WarmOrders, long Orders, string Jit, bool Mail, bool Statements, bool Office)
{
    const string Usage = """
        bin/bench [name …] [--seconds N] [--clients N] [--warm N] [--orders N] [--jit default|full] [--mail] [--statements] [--office]
          --seconds N   length of each counted phase (15)
          --clients N   buyers of the closed loop (128)
          --warm N      orders done before anything is counted (16000)
          --orders N    growth: orders in the largest database (1000000)
          --jit full    no tiers: steady state from the first call, at the price of a slow start
          --mail        the selling process sends the mails too (else they are queued, as for a replica of its own)
          --office      growth: time the search for guests and verify at each size too
          --statements  print what the database spent its time on
        """;

    public static BenchOptions? Parse(string[] args, IReadOnlyCollection<string> known)
    {
        var (names, options) = (new List<string>(), new BenchOptions([], 15, 128, 16_000, 1_000_000, "default", false, false, false));
        for (var i = 0; i < args.Length; i++)
        {
            string? Value() => i + 1 < args.Length ? args[++i] : null;
            int? Number() => int.TryParse(Value(), CultureInfo.InvariantCulture, out var n) && n > 0 ? n : null;
            var next = args[i] switch
            {
                "--seconds" => Number() is { } n ? options with { Seconds = n } : null,
                "--clients" => Number() is { } n ? options with { Clients = n } : null,
                "--warm" => Number() is { } n ? options with { WarmOrders = n } : null,
                "--orders" => Number() is { } n ? options with { Orders = n } : null,
                "--jit" => Value() is "default" or "full" ? options with { Jit = args[i] } : null,
                "--mail" => options with { Mail = true },
                "--office" => options with { Office = true },
                "--statements" => options with { Statements = true },
                var name when known.Contains(name) => options,
                _ => null,
            };
            if (next is null)
            {
                Console.Error.WriteLine($"'{args[i]}' is not understood. Benches: {string.Join(", ", known)}.\n{Usage}");
                return null;
            }
            if (known.Contains(args[i])) names.Add(args[i]);
            options = next;
        }
        return options with { Names = names.Count > 0 ? names : [.. known] };
    }
}
