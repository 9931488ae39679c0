namespace App.Features.Schedule.Import;

/// <param name="Kind">One of <see cref="Warn"/>.</param>
/// <param name="Examples">The first few; never a person's name.</param>
public sealed record ImportWarning(string Kind, int Count, IReadOnlyList<string> Examples);

/// <summary>What can be odd about a source without making it useless.</summary>
static class Warn
{
    public const string Encoding = "wrong-encoding", NoZone = "no-time-zone", UnknownZone = "unknown-time-zone", HtmlInTitle = "html-in-title", TextCut = "text-cut", NoTitle = "no-title", NoKey = "no-identifier",
        Duplicate = "duplicate", SameKey = "same-identifier-twice", BadTime = "no-valid-time", PastMidnight = "time-past-midnight", BadDuration = "no-valid-duration", LongDuration = "longer-than-a-day", TimesDiffer = "start-differs-from-date",
        OtherDay = "listed-under-another-day", FarOutside = "far-outside-the-conference", RoomTwice = "room-used-twice", SpeakerTwice = "speaker-in-two-places", BadLink = "link-dropped", Language = "unknown-language",
        NoName = "speaker-without-name", TooMany = "list-cut", NoRoom = "no-room", Unknown = "not-understood", Kept = "kept-as-edited-here", NotConfirmed = "not-confirmed-yet",
        NoQuestion = "question-gone", NoAnswerTo = "answer-about-nobody-here", NotAnAddress = "answer-without-an-address", NoSuchSession = "recommended-session-unknown", NoPicture = "picture-not-had";
}

public sealed class ImportWarnings
{
    const int Examples = 5;
    readonly SortedDictionary<string, (int Count, List<string> Examples)> found = new(StringComparer.Ordinal);

    public void Add(string kind, string what)
    {
        var (count, examples) = found.GetValueOrDefault(kind, (0, []));
        if (examples.Count < Examples && !examples.Contains(what)) examples.Add(what.Length > 160 ? what[..157] + "…" : what);
        found[kind] = (count + 1, examples);
    }

    public static ImportWarnings From(IReadOnlyList<ImportWarning> warnings)
    {
        var all = new ImportWarnings();
        foreach (var w in warnings) all.found[w.Kind] = (w.Count, [.. w.Examples]);
        return all;
    }

    public IReadOnlyList<ImportWarning> All => [.. found.Select(f => new ImportWarning(f.Key, f.Value.Count, f.Value.Examples))];
}
