using App.Infrastructure.Store;

namespace App.Features.Registration;

/// <param name="By">Null: ways that only one or two people take, together.</param>
public sealed record TravelRow(TravelBy? By, int People, double Kilograms);

/// <summary>How people come to a conference, summed up so that nobody can be found in it.</summary>
/// <param name="Rows">Empty as long as too few have said anything.</param>
public sealed record TravelFigures(int Answers, IReadOnlyList<TravelRow> Rows)
{
    /// <summary>Fewer answers are only counted; a way fewer people take stands with others.</summary>
    public const int FewestAnswers = 5, FewestInARow = 3;

    sealed record Counted(string By, string Far, long People);

    public double Kilograms => Rows.Sum(r => r.Kilograms);

    public static async Task<TravelFigures> Of(Guid eventId, QuerySession db, CancellationToken ct)
    {
        var counted = await db.Query<Counted>("""
            select data -> 'travel' ->> 'by' as by, data -> 'travel' ->> 'far' as far, count(*) as people
            from doc_attendee where event_id = $1 and data ? 'travel' and data -> 'grounds' <> '[]' group by 1, 2
            """, ct, eventId);
        return Of(counted.Where(c => Enum.TryParse<TravelBy>(c.By, out _) && Enum.TryParse<TravelFar>(c.Far, out _)).Select(c => (new Travel(Enum.Parse<TravelBy>(c.By), Enum.Parse<TravelFar>(c.Far)), (int)c.People)));
    }

    /// <summary>Pure.</summary>
    public static TravelFigures Of(IEnumerable<(Travel Travel, int People)> said)
    {
        var all = said.GroupBy(s => s.Travel.By).Select(g => new TravelRow(g.Key, g.Sum(s => s.People), g.Sum(s => s.People * s.Travel.Kilograms))).ToArray();
        var answers = all.Sum(r => r.People);
        if (answers < FewestAnswers) return new(answers, []);
        var few = all.Where(r => r.People < FewestInARow).ToArray();
        var rest = all.Except(few).OrderByDescending(r => r.People).ThenBy(r => r.By).ToList();
        // What is left over must not be one or two people either: the smallest of the others goes with them.
        while (few.Length > 0 && few.Sum(r => r.People) < FewestInARow && rest.Count > 0)
        {
            few = [.. few, rest[^1]];
            rest.RemoveAt(rest.Count - 1);
        }
        return new(answers, few.Length == 0 ? rest : [.. rest, new(null, few.Sum(r => r.People), few.Sum(r => r.Kilograms))]);
    }
}
