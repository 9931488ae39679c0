using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Pages;

/// <param name="Guesses">How many of the words were found only with a letter changed.</param>
public sealed record SearchHit(ScheduleSession Session, int Guesses, double Score, FoldedText Title, FoldedText Body, FoldedText OtherTitle, FoldedText OtherBody);

/// <param name="Count">How many there would be with this one, all other facets as they are.</param>
public sealed record FacetValue(string Value, string Name, int Count, bool Chosen);

/// <param name="Marks">What is marked in what was found: the words, and what was taken for them.</param>
public sealed record SearchAnswer(SearchWish Wish, IReadOnlyList<SearchHit> Hits, IReadOnlyDictionary<Facet, IReadOnlyList<FacetValue>> Facets, string[] Marks)
{
    public const int PageSize = 50;

    /// <summary>More speakers or themes than anybody ticks: those with the most sessions are there, others are found by name.</summary>
    public const int MostValues = 40;

    /// <summary>Those that there is something to choose in.</summary>
    public IEnumerable<Facet> Shown => SearchWish.Facets.Where(f => f switch { Facet.Fits => Facets[f].Count > 0, Facet.Places => Facets[f].Any(v => v.Value == ScheduleSearch.PlaceLeft), _ => Facets[f].Count > 1 || Facets[f].Any(v => v.Chosen) });

    /// <summary>Its values follow what was found, so that they come anew with it.</summary>
    public static bool Follows(Facet facet) => facet is Facet.Tag or Facet.Speaker;

    public IEnumerable<SearchHit> Page => Hits.Skip(Wish.From).Take(PageSize);
    public int? Next => Wish.From + PageSize < Hits.Count ? Wish.From + PageSize : null;
}

/// <summary>The public sessions of one version of a schedule, ready to be searched: folded once a change, not once a question.</summary>
public sealed class ScheduleSearch
{
    /// <param name="OtherTitle">In other languages than the one it is shown in; so is <paramref name="OtherBody"/>.</param>
    sealed record Entry(ScheduleSession Session, FoldedText Title, FoldedText Speakers, FoldedText Labels, FoldedText Body, FoldedText OtherTitle, FoldedText OtherBody, ImmutableArray<ImmutableArray<string>> Values)
    {
        public FoldedText[] Texts => [Title, Speakers, Labels, Body, OtherTitle, OtherBody];
    }

    /// <param name="Words">What may have been meant.</param>
    /// <param name="Anywhere">As written it stands nowhere, so that labels and texts are asked too; else only titles and names are.</param>
    sealed record Guess(string[] Words, bool Anywhere);

    static readonly ConditionalWeakTable<ConferenceSchedule, ScheduleSearch> Known = [];

    /// <summary>Values of <see cref="Facet.Places"/>.</summary>
    internal const string PlaceLeft = "left", NoSignUp = "open";

    /// <summary>Shorter words are too near to too many others to be guessed.</summary>
    const int ShortestGuess = 5;

    readonly ConferenceSchedule schedule;
    readonly Entry[] entries;

    /// <summary>Every word that stands anywhere, folded.</summary>
    readonly HashSet<string> vocabulary;
    readonly ImmutableArray<(string Value, string Name)>[] options;

    public static ScheduleSearch Of(ConferenceSchedule schedule) => Known.GetValue(schedule, s => new(s));

    ScheduleSearch(ConferenceSchedule schedule)
    {
        this.schedule = schedule;
        entries = [.. schedule.Sessions.Select(Index)];
        vocabulary = [.. entries.SelectMany(e => e.Texts).SelectMany(t => t.Words()).Where(w => w.Length >= ShortestGuess - 1)];
        var used = SearchWish.Facets.Select(f => entries.SelectMany(e => e.Values[(int)f]).ToHashSet(StringComparer.Ordinal)).ToArray();
        options = [.. SearchWish.Facets.Select(f => Names(f).Where(n => used[(int)f].Contains(n.Value)).ToImmutableArray())];
    }

    bool HasTimes => schedule.Visibility == ScheduleVisibility.Times;

    Entry Index(ScheduleSession s)
    {
        ScheduleSlot[] slots = HasTimes ? [.. s.Slots] : [];
        var stored = schedule.AsStored.SessionsById[s.Id];
        IEnumerable<string> Names(ScheduleLabel? label) => label is null ? [] : Everywhere(label.Name, StoredName(label), label.Names);
        string[] labels = [.. Names(s.Track), .. Names(s.Type), .. Everywhere(s.Subtitle, stored.Subtitle, s.Subtitles), .. s.Tags.SelectMany(Names), .. slots.Select(t => t.Room).OfType<ScheduleRoom>().SelectMany(r => Everywhere(r.Name, schedule.AsStored.RoomsBySlug[r.Slug].Name, r.Names))];
        string[] others = [.. Others(s.Abstract, stored.Abstract, s.Abstracts), .. Others(s.Description, stored.Description, s.Descriptions)];
        return new(s, new(s.Title), new(string.Join(", ", s.Speakers.Select(p => p.Name))), new(string.Join(", ", labels)), new(Prose.Text(s.Abstract + "\n\n" + (s.Description == s.Abstract ? "" : s.Description))), new(string.Join(", ", Others(s.Title, stored.Title, s.Titles))), new(Prose.Text(string.Join("\n\n", others))),
        [
            [.. slots.Select(t => Date(schedule.DayAt(t.Start)!.Date)).Distinct()], [], [s.Capacity is null ? NoSignUp : PlaceLeft], s.Track is { } track ? [track.Slug] : [], s.Type is { } type ? [type.Slug] : [], [.. s.Tags.Select(t => t.Slug)],
            [.. slots.Select(t => t.Room?.Slug).OfType<string>().Distinct()], s.Languages, [.. s.Speakers.Select(p => p.Slug)], s.Recorded is { } recorded ? [recorded ? "yes" : "no"] : [],
        ]);
    }

    string StoredName(ScheduleLabel label) => label.Names is null ? label.Name : schedule.AsStored.Tracks.Concat(schedule.AsStored.Types).Concat(schedule.AsStored.Tags).First(l => l.Id == label.Id).Name;

    /// <summary>A text in all its languages: whoever looks for a word needn't know which of them the page speaks.</summary>
    static IEnumerable<string> Everywhere(string shown, string stored, Translations? translations) => Others(shown, stored, translations).Prepend(shown);

    static IEnumerable<string> Others(string shown, string stored, Translations? translations) => translations is null ? [] : translations.All(stored).Select(t => t.Value).Where(t => t != shown);

    static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    IEnumerable<(string Value, string Name)> Names(Facet facet) => facet switch
    {
        Facet.Day => schedule.Days.Select(d => (Date(d.Date), "")),
        Facet.Track => schedule.Tracks.Select(t => (t.Slug, t.Name)),
        Facet.Type => schedule.Types.Select(t => (t.Slug, t.Name)),
        Facet.Language => schedule.Languages.Select(l => (l, "")),
        Facet.Room => schedule.Rooms.Select(r => (r.Slug, r.Name)),
        Facet.Tag => schedule.Tags.Select(t => (t.Slug, t.Name)),
        Facet.Speaker => schedule.Speakers.Select(p => (p.Slug, p.Name)),
        Facet.Places => [(PlaceLeft, ""), (NoSignUp, "")],
        _ => [("yes", ""), ("no", "")],
    };

    /// <summary>As people read it: what is made once for all languages has no words of one.</summary>
    public static string Say(Facet facet, FacetValue value, Texts texts) => facet switch
    {
        Facet.Day => Language.Current.Write(DateOnly.ParseExact(value.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture), Language.Current.Weekday),
        Facet.Language => Language.NameOf(value.Value),
        Facet.Places => texts.Of(value.Value == PlaceLeft ? "programme.places-left" : "programme.no-sign-up"),
        Facet.Fits => texts.Of("programme.fits"),
        Facet.Recorded => texts.Of(value.Value == "yes" ? "programme.recorded" : "programme.not-recorded"),
        _ => value.Name,
    };

    public SearchAnswer Find(SearchWish wish) => Find(wish, SearchMoment.Nobody);

    public SearchAnswer Find(SearchWish wish, SearchMoment moment)
    {
        var asksWhatFits = HasTimes && moment.Saved.Count > 0;
        var guesses = wish.Words.Select(Guesses).ToArray();
        var (hits, counts) = (new List<SearchHit>(), SearchWish.Facets.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal)).ToArray());
        foreach (var e in entries)
        {
            if (Score(e, wish.Words, guesses) is not var (guessed, score)) continue;
            var failed = SearchWish.Facets.Where(f => wish.Chosen.GetValueOrDefault(f, []) is { IsEmpty: false } chosen && (f != Facet.Fits || asksWhatFits) && !Values(e, f).Any(chosen.Contains)).Take(2).ToArray();
            if (failed.Length == 0) hits.Add(new(e.Session, guessed, score, e.Title, e.Body, e.OtherTitle, e.OtherBody));
            // A facet's counts are of what all other facets let through.
            foreach (var f in failed.Length == 0 ? SearchWish.Facets : failed.Length == 1 ? failed : [])
                foreach (var value in Values(e, f)) counts[(int)f][value] = counts[(int)f].GetValueOrDefault(value) + 1;
        }
        // Sessions come by start and room; a stable sort keeps that among equals.
        var ranked = wish.Words.Length == 0 ? hits : [.. hits.OrderBy(h => h.Guesses).ThenByDescending(h => h.Score)];
        return new(wish, ranked, SearchWish.Facets.ToDictionary(f => f, f => (IReadOnlyList<FacetValue>)Offered(f, asksWhatFits, wish, counts[(int)f])), [.. wish.Words.Concat(guesses.SelectMany(g => g.Words)).Distinct()]);

        ImmutableArray<string> Values(Entry e, Facet facet) => facet switch
        {
            Facet.Places when moment.Full.Contains(e.Session.Id) => [],
            Facet.Fits => asksWhatFits && !e.Session.Slots.IsEmpty && !Clashes.With(e.Session, moment.Saved).Any() ? ["yes"] : [],
            _ => e.Values[(int)facet],
        };
    }

    FacetValue[] Offered(Facet facet, bool asksWhatFits, SearchWish wish, Dictionary<string, int> counts)
    {
        IEnumerable<(string Value, string Name)> of = facet == Facet.Fits ? asksWhatFits ? [("yes", "")] : [] : options[(int)facet];
        FacetValue[] all = [.. of.Select(o => new FacetValue(o.Value, o.Name, counts.GetValueOrDefault(o.Value), wish.Has(facet, o.Value)))];
        if (!SearchAnswer.Follows(facet) || all.Length <= SearchAnswer.MostValues) return all;
        var most = all.OrderByDescending(v => v.Chosen).ThenByDescending(v => v.Count).Take(SearchAnswer.MostValues).Where(v => v.Chosen || v.Count > 0).Select(v => v.Value).ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(v => most.Contains(v.Value))];
    }

    /// <summary>Words of this schedule that somebody may have meant who wrote this one: a letter more, less, another, or two swapped.</summary>
    Guess Guesses(string word)
    {
        string[] near = word.Length < ShortestGuess ? [] : [.. vocabulary.Where(v => FoldedText.IsNear(word, v))];
        return new(near, near.Length > 0 && !Array.Exists(entries, e => AsWritten(e, word) > 0));
    }

    /// <summary>Null: a word is nowhere in it. Words count more in a title than in a name, there more than in a track, there more than in the text.</summary>
    static (int Guessed, double Score)? Score(Entry e, string[] words, Guess[] guesses)
    {
        var (sum, guessed) = (0.0, 0);
        for (var i = 0; i < words.Length; i++)
        {
            var best = AsWritten(e, words[i]);
            if (best == 0 && (best = guesses[i].Words.Select(g => guesses[i].Anywhere ? Best(e, g) : InNames(e, g)).DefaultIfEmpty().Max()) > 0) guessed++;
            if (best == 0) return null;
            sum += best;
        }
        return (guessed, sum);
    }

    static double AsWritten(Entry e, string word) => Best(e, word) switch
    {
        0 when word.Length > 2 && (e.Title.Text.Contains(word, StringComparison.Ordinal) || e.OtherTitle.Text.Contains(word, StringComparison.Ordinal)) => 2, // inside a word: compounds
        var best => best,
    };

    static double InNames(Entry e, string word) => Math.Max(Math.Max(Of(e.Title, word, 10), Of(e.OtherTitle, word, 9)), Of(e.Speakers, word, 8));

    static double Best(Entry e, string word) => Math.Max(InNames(e, word), Math.Max(Of(e.Labels, word, 4), Math.Max(Of(e.Body, word, 1), Of(e.OtherBody, word, 1))));

    static double Of(FoldedText text, string word, double weight) => text.Find(word) switch
    {
        < 0 => 0,
        var at => weight * (1 + (text.EndsWord(at + word.Length) ? 0.5 : 0) + (at == 0 ? 0.25 : 0)),
    };
}
