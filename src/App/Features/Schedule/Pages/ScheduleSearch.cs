using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Pages;

public enum Facet { Day, Track, Type, Language, Room, Recorded }

/// <summary>What somebody looks for: words, and of each facet any of the chosen values. All of it stands in the address.</summary>
public sealed record SearchWish(string Text, ImmutableDictionary<Facet, ImmutableHashSet<string>> Chosen, int From = 0)
{
    public static readonly Facet[] Facets = Enum.GetValues<Facet>();
    const int MostWords = 12;

    /// <summary>Folded. Every one must be found.</summary>
    public string[] Words { get; } = [.. FoldedText.Of(Text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('"', '\'', ',', '.', ';', ':', '(', ')', '!', '?')).Where(w => w.Length > 0).Distinct().Take(MostWords)];

    public bool IsEmpty => Words.Length == 0 && Chosen.Values.All(c => c.IsEmpty);
    public bool Has(Facet facet, string value) => Chosen.TryGetValue(facet, out var chosen) && chosen.Contains(value);

    public static SearchWish Of(IQueryCollection query)
    {
        var text = query["q"].ToString() is var q && q.Length > 200 ? q[..200] : q;
        var chosen = Facets.ToImmutableDictionary(f => f, f => query[Name(f)].Where(v => v is { Length: > 0 and < 100 }).Take(100).Select(v => v!).ToImmutableHashSet(StringComparer.Ordinal));
        return new(text.Trim(), chosen, int.TryParse(query["from"], CultureInfo.InvariantCulture, out var from) ? Math.Clamp(from, 0, 100_000) : 0);
    }

    public static string Name(Facet facet) => facet.ToString().ToLowerInvariant();

    /// <summary>As people read it.</summary>
    public static string Say(Facet facet, Texts texts) => facet switch
    {
        Facet.Day => texts.Of("programme.day"), Facet.Track => texts.Of("programme.track"), Facet.Type => texts.Of("programme.kind"), Facet.Language => texts.Of("programme.language"), Facet.Room => texts.Of("programme.room"), _ => texts.Of("programme.recording"),
    };

    public string Query(int from) => QueryString.Create(new[] { KeyValuePair.Create("q", (string?)Text) }.Where(p => Text.Length > 0)
        .Concat(Facets.SelectMany(f => Chosen.GetValueOrDefault(f, []).Order(StringComparer.Ordinal).Select(v => KeyValuePair.Create(Name(f), (string?)v)))).Append(new("from", from.ToString(CultureInfo.InvariantCulture)))).ToString();
}

public sealed record SearchHit(ScheduleSession Session, double Score, FoldedText Title, FoldedText Body);

/// <param name="Count">How many there would be with this one, all other facets as they are.</param>
public sealed record FacetValue(string Value, string Name, int Count, bool Chosen);

public sealed record SearchAnswer(SearchWish Wish, IReadOnlyList<SearchHit> Hits, IReadOnlyDictionary<Facet, IReadOnlyList<FacetValue>> Facets)
{
    public const int PageSize = 50;
    public IEnumerable<SearchHit> Page => Hits.Skip(Wish.From).Take(PageSize);
    public int? Next => Wish.From + PageSize < Hits.Count ? Wish.From + PageSize : null;
}

/// <summary>The public sessions of one version of a schedule, ready to be searched: folded once a change, not once a question.</summary>
public sealed class ScheduleSearch
{
    sealed record Entry(ScheduleSession Session, FoldedText Title, FoldedText Speakers, FoldedText Labels, FoldedText Body, ImmutableArray<ImmutableArray<string>> Values);

    static readonly ConditionalWeakTable<ConferenceSchedule, ScheduleSearch> Known = [];

    readonly ConferenceSchedule schedule;
    readonly Entry[] entries;
    readonly ImmutableArray<(string Value, string Name)>[] options;

    public static ScheduleSearch Of(ConferenceSchedule schedule) => Known.GetValue(schedule, s => new(s));

    ScheduleSearch(ConferenceSchedule schedule)
    {
        this.schedule = schedule;
        entries = [.. schedule.Sessions.Select(Index)];
        var used = SearchWish.Facets.Select(f => entries.SelectMany(e => e.Values[(int)f]).ToHashSet(StringComparer.Ordinal)).ToArray();
        options = [.. SearchWish.Facets.Select(f => Names(f).Where(n => used[(int)f].Contains(n.Value)).ToImmutableArray())];
    }

    bool HasTimes => schedule.Visibility == ScheduleVisibility.Times;

    Entry Index(ScheduleSession s)
    {
        ScheduleSlot[] slots = HasTimes ? [.. s.Slots] : [];
        string[] labels = [.. new[] { s.Track?.Name, s.Type?.Name, s.Subtitle }.OfType<string>(), .. s.Tags.Select(t => t.Name), .. slots.Select(t => t.Room?.Name).OfType<string>()];
        return new(s, new(s.Title), new(string.Join(", ", s.Speakers.Select(p => p.Name))), new(string.Join(", ", labels)), new(Prose.Text(s.Abstract + "\n\n" + (s.Description == s.Abstract ? "" : s.Description))),
        [
            [.. slots.Select(t => Date(schedule.DayAt(t.Start)!.Date)).Distinct()], s.Track is { } track ? [track.Slug] : [], s.Type is { } type ? [type.Slug] : [], s.Languages, [.. slots.Select(t => t.Room?.Slug).OfType<string>().Distinct()],
            s.Recorded is { } recorded ? [recorded ? "yes" : "no"] : [],
        ]);
    }

    static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    IEnumerable<(string Value, string Name)> Names(Facet facet) => facet switch
    {
        Facet.Day => schedule.Days.Select(d => (Date(d.Date), "")),
        Facet.Track => schedule.Tracks.Select(t => (t.Slug, t.Name)),
        Facet.Type => schedule.Types.Select(t => (t.Slug, t.Name)),
        Facet.Language => schedule.Languages.Select(l => (l, "")),
        Facet.Room => schedule.Rooms.Select(r => (r.Slug, r.Name)),
        _ => [("yes", ""), ("no", "")],
    };

    /// <summary>As people read it: what is made once for all languages has no words of one.</summary>
    public static string Say(Facet facet, FacetValue value, Texts texts) => facet switch
    {
        Facet.Day => Language.Current.Write(DateOnly.ParseExact(value.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture), Language.Current.Weekday),
        Facet.Language => Language.NameOf(value.Value),
        Facet.Recorded => texts.Of(value.Value == "yes" ? "programme.recorded" : "programme.not-recorded"),
        _ => value.Name,
    };

    public SearchAnswer Find(SearchWish wish)
    {
        var (hits, counts) = (new List<SearchHit>(), SearchWish.Facets.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal)).ToArray());
        foreach (var e in entries)
        {
            if (Score(e, wish.Words) is not { } score) continue;
            var failed = SearchWish.Facets.Where(f => wish.Chosen.GetValueOrDefault(f, []) is { IsEmpty: false } chosen && !e.Values[(int)f].Any(chosen.Contains)).Take(2).ToArray();
            if (failed.Length == 0) hits.Add(new(e.Session, score, e.Title, e.Body));
            // A facet's counts are of what all other facets let through.
            foreach (var f in failed.Length == 0 ? SearchWish.Facets : failed.Length == 1 ? failed : [])
                foreach (var value in e.Values[(int)f]) counts[(int)f][value] = counts[(int)f].GetValueOrDefault(value) + 1;
        }
        // Sessions come by start and room; a stable sort keeps that among equals.
        var ranked = wish.Words.Length == 0 ? hits : [.. hits.OrderByDescending(h => h.Score)];
        return new(wish, ranked, SearchWish.Facets.ToDictionary(f => f, f => (IReadOnlyList<FacetValue>)[.. options[(int)f].Select(o => new FacetValue(o.Value, o.Name, counts[(int)f].GetValueOrDefault(o.Value), wish.Has(f, o.Value)))]));
    }

    /// <summary>Null: a word is nowhere in it. Words count more in a title than in a name, there more than in a track, there more than in the text.</summary>
    static double? Score(Entry e, string[] words)
    {
        var sum = 0.0;
        foreach (var word in words)
        {
            var best = Math.Max(Math.Max(Of(e.Title, word, 10), Of(e.Speakers, word, 8)), Math.Max(Of(e.Labels, word, 4), Of(e.Body, word, 1)));
            if (best == 0 && word.Length > 2 && e.Title.Text.Contains(word, StringComparison.Ordinal)) best = 2; // inside a word: compounds
            if (best == 0) return null;
            sum += best;
        }
        return sum;
    }

    static double Of(FoldedText text, string word, double weight) => text.Find(word) switch
    {
        < 0 => 0,
        var at => weight * (1 + (text.EndsWord(at + word.Length) ? 0.5 : 0) + (at == 0 ? 0.25 : 0)),
    };
}
