namespace App.Features.Schedule.Import;

/// <summary>What the source holds.</summary>
public sealed record ImportCounts(int Rooms, int Tracks, int Types, int Tags, int Speakers, int Sessions, int Slots, int Breaks)
{
    public static ImportCounts Of(ScheduleSnapshot s) => new(s.Rooms.Count, s.Labels.Count(l => l.Kind == Contracts.LabelKind.Track), s.Labels.Count(l => l.Kind == Contracts.LabelKind.Type), s.Labels.Count(l => l.Kind == Contracts.LabelKind.Tag),
        s.Speakers.Count, s.Sessions.Count, s.Sessions.Sum(x => x.Slots.Length), s.Breaks.Count);
}

/// <param name="Titles">The first hundred.</param>
public sealed record ImportList(int Count, IReadOnlyList<string> Titles)
{
    public static ImportList Of(IReadOnlyCollection<string> titles) => new(titles.Count, [.. titles.Take(100)]);
}

/// <summary>What an import did, or with DryRun would do.</summary>
/// <param name="Added">Sessions; so are the lists after it.</param>
/// <param name="Moved">Another time or room.</param>
/// <param name="Cancelled">By the source's word, or because it lists them no more.</param>
/// <param name="Other">Rooms, labels, speakers and breaks that were set or removed.</param>
/// <param name="Facts">0: nothing to write.</param>
public sealed record ImportReport(string Format, string Title, string Release, string TimeZone, bool DryRun, ImportCounts Counts, ImportList Added, ImportList Changed, ImportList Moved, ImportList Cancelled, ImportList Restored, int Unchanged, int Other, int Facts, IReadOnlyList<ImportWarning> Warnings)
{
    public bool ChangesNothing => Facts == 0;
}
