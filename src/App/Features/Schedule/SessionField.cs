using App.Features.Schedule.Contracts;

namespace App.Features.Schedule;

/// <summary>The parts of a session's details, each of which somebody may have set here; a text and its translations are one. Their names are stored.</summary>
sealed record SessionField(string Name, Func<SessionDetails, SessionDetails, bool> Same, Func<SessionDetails, SessionDetails, SessionDetails> Take)
{
    public static readonly IReadOnlyList<SessionField> All =
    [
        new("title", (a, b) => a.Title == b.Title && a.Titles == b.Titles, (to, from) => to with { Title = from.Title, Titles = from.Titles }),
        new("subtitle", (a, b) => a.Subtitle == b.Subtitle && a.Subtitles == b.Subtitles, (to, from) => to with { Subtitle = from.Subtitle, Subtitles = from.Subtitles }),
        new("abstract", (a, b) => a.Abstract == b.Abstract && a.Abstracts == b.Abstracts, (to, from) => to with { Abstract = from.Abstract, Abstracts = from.Abstracts }),
        new("description", (a, b) => a.Description == b.Description && a.Descriptions == b.Descriptions, (to, from) => to with { Description = from.Description, Descriptions = from.Descriptions }),
        new("languages", (a, b) => a.Languages.SequenceEqual(b.Languages), (to, from) => to with { Languages = from.Languages }),
        new("track", (a, b) => a.Track == b.Track, (to, from) => to with { Track = from.Track }),
        new("type", (a, b) => a.Type == b.Type, (to, from) => to with { Type = from.Type }),
        new("tags", (a, b) => a.Tags.SequenceEqual(b.Tags), (to, from) => to with { Tags = from.Tags }),
        new("speakers", (a, b) => a.Speakers.SequenceEqual(b.Speakers), (to, from) => to with { Speakers = from.Speakers }),
        new("links", (a, b) => a.Links.SequenceEqual(b.Links), (to, from) => to with { Links = from.Links }),
        new("image", (a, b) => a.Image == b.Image, (to, from) => to with { Image = from.Image }),
        new("license", (a, b) => a.License == b.License, (to, from) => to with { License = from.License }),
        new("featured", (a, b) => a.Featured == b.Featured, (to, from) => to with { Featured = from.Featured }),
        new("recorded", (a, b) => a.Recorded == b.Recorded, (to, from) => to with { Recorded = from.Recorded }),
        new("capacity", (a, b) => a.Capacity == b.Capacity, (to, from) => to with { Capacity = from.Capacity }),
        new("recommended", (a, b) => a.Recommended.SequenceEqual(b.Recommended), (to, from) => to with { Recommended = from.Recommended }),
    ];

    public static bool AreSame(SessionDetails a, SessionDetails b) => All.All(f => f.Same(a, b));

    public static IEnumerable<string> Differing(SessionDetails a, SessionDetails b) => All.Where(f => !f.Same(a, b)).Select(f => f.Name);

    /// <summary>What an import makes of a session: the source's words, but those parts that people have set stay theirs until the source says the same.</summary>
    public static (SessionDetails Details, string[] Hand, string[] Kept) Merge(SessionDetails here, SessionDetails source, string[] hand)
    {
        var (merged, still) = (source, new List<string>());
        foreach (var field in All.Where(f => hand.Contains(f.Name) && !f.Same(here, source)))
        {
            merged = field.Take(merged, here);
            still.Add(field.Name);
        }
        return (merged, [.. still], [.. still]);
    }
}
