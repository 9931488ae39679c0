using System.Collections.Immutable;
using System.Globalization;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Pages;

/// <summary>Places and Fits are of the moment: whether there is a place left, and whether the person who asks has saved something at the same time.</summary>
public enum Facet { Day, Fits, Places, Track, Type, Tag, Room, Language, Speaker, Recorded }

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
        Facet.Day => texts.Of("programme.day"), Facet.Track => texts.Of("programme.track"), Facet.Type => texts.Of("programme.kind"), Facet.Language => texts.Of("programme.language"), Facet.Room => texts.Of("programme.room"), Facet.Tag => texts.Of("programme.theme"),
        Facet.Speaker => texts.Of("programme.speaker"), Facet.Places => texts.Of("programme.sign-ups"), Facet.Fits => texts.Of("my-schedule.title"), _ => texts.Of("programme.recording"),
    };

    public string Query(int from) => QueryString.Create(new[] { KeyValuePair.Create("q", (string?)Text) }.Where(p => Text.Length > 0)
        .Concat(Facets.SelectMany(f => Chosen.GetValueOrDefault(f, []).Order(StringComparer.Ordinal).Select(v => KeyValuePair.Create(Name(f), (string?)v)))).Append(new("from", from.ToString(CultureInfo.InvariantCulture)))).ToString();
}

/// <summary>What no index knows: it changes from minute to minute and from one person to the next.</summary>
/// <param name="Full">Sessions without a place left.</param>
/// <param name="Saved">What the person who asks has saved. Empty: nothing, or nobody knows who asks.</param>
public sealed record SearchMoment(IReadOnlySet<Guid> Full, IReadOnlyList<ScheduleSession> Saved)
{
    public static SearchMoment Nobody { get; } = new(new HashSet<Guid>(), []);
}
