using System.Globalization;
using App.Features.Schedule.Import;

namespace App.Features.Schedule.Edit;

/// <summary>What came of an import, and what was odd about its source, as organizers read it.</summary>
public static class ImportWords
{
    public static string Of(ImportRun run) => run.Error is { } error ? "Refused: " + error : run.Report is { } report ? Of(report) : "The source says that nothing has changed.";

    public static string Of(ImportReport report) =>
        report.ChangesNothing ? "Nothing had changed." : $"{report.Added.Count} added, {report.Changed.Count} changed, {report.Moved.Count} moved, {report.Cancelled.Count} cancelled.";

    public static string Of(ImportWarning w) => string.Create(CultureInfo.InvariantCulture, $"{Say(w.Kind)}: {w.Count}");

    static string Say(string kind) => kind switch
    {
        Warn.Encoding => "The file is not UTF-8; read as Latin-1",
        Warn.NoZone => "No time zone is named; the event’s is taken",
        Warn.UnknownZone => "The time zone is unknown; the event’s is taken",
        Warn.HtmlInTitle => "Titles with HTML in them",
        Warn.TextCut => "Texts that were cut",
        Warn.NoTitle => "Sessions without a title",
        Warn.NoKey => "Sessions without anything to find them by again; known by their titles",
        Warn.Duplicate => "Sessions listed twice",
        Warn.SameKey => "Two sessions under one identifier",
        Warn.BadTime => "Sessions whose time isn’t one; they have none",
        Warn.PastMidnight => "Times after midnight, counted on from the day before",
        Warn.BadDuration => "Lengths that aren’t any",
        Warn.LongDuration => "Sessions longer than a day",
        Warn.TimesDiffer => "Sessions with two different times",
        Warn.OtherDay => "Sessions listed under another day",
        Warn.FarOutside => "Sessions far from the conference’s days",
        Warn.RoomTwice => "Two sessions at once in a room",
        Warn.SpeakerTwice => "Speakers in two places at once",
        Warn.BadLink => "Links that are no addresses of the web; left out",
        Warn.Language => "Languages nobody knows",
        Warn.NoName => "Speakers without a name",
        Warn.TooMany => "Lists that were cut",
        Warn.NoRoom => "Sessions without a room",
        Warn.Kept => "Kept as they were edited here",
        Warn.NotConfirmed => "Sessions whose speakers haven’t confirmed; nobody sees them yet",
        Warn.NoQuestion => "Questions that Pretalx doesn’t ask any more",
        Warn.NoAnswerTo => "Answers about sessions or speakers that aren’t in this schedule; left out",
        Warn.NotAnAddress => "Answers that should be addresses and aren’t, or not wholly",
        Warn.NoSuchSession => "Recommended sessions that aren’t in this schedule; left out",
        Warn.NoPicture => "Pictures that could not be had",
        _ => "Not understood",
    };
}
