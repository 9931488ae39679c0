using App.Features.Shared;

namespace App.Features.Live;

/// <summary>An announcement as it was typed.</summary>
public sealed class AnnouncementForm
{
    public string? Title { get; set; }
    public string? Text { get; set; }
    public Importance Importance { get; set; }
    public Audience Audience { get; set; }
    public Guid? Session { get; set; }
    public string? From { get; set; }
    public string? Until { get; set; }
    public bool ByMail { get; set; }
    public bool ByPush { get; set; }

    public static AnnouncementForm Of(AnnouncementWords w, string zone) => new()
    {
        Title = w.Title, Text = w.Text, Importance = w.Importance, Audience = w.Audience, Session = w.SessionId, From = Written(w.From, zone), Until = Written(w.Until, zone), ByMail = w.ByMail, ByPush = w.ByPush,
    };

    /// <summary>What it says, and what is wrong with which field; what a rule refuses is the handler's to say.</summary>
    public (AnnouncementWords Words, IReadOnlyList<(string Field, string Fault)> Faults) Read(string zone)
    {
        var faults = new List<(string, string)>();
        var (title, text) = (Title?.Trim() ?? "", Text?.ReplaceLineEndings("\n").Trim() ?? "");
        if (title.Length == 0) faults.Add(("title", "Give it a title: the line that people see first."));
        if (title.Length > WriteAnnouncementHandler.MostCharacters) faults.Add(("title", $"A title has {WriteAnnouncementHandler.MostCharacters} characters at the most."));
        if (text.Length > WriteAnnouncementHandler.MostText) faults.Add(("text", $"A text has {WriteAnnouncementHandler.MostText:N0} characters at the most."));
        var (from, until) = (Time("from", From), Time("until", Until));
        if (from is not null && until <= from) faults.Add(("until", "It has to end after it begins."));
        if (Audience == Audience.Savers && Session is null) faults.Add(("session", "Choose the session whose savers it is for."));
        return (new(title, text, Importance, Audience, Audience == Audience.Savers ? Session : null, from, until, ByMail, ByPush), faults);

        DateTimeOffset? Time(string field, string? typed)
        {
            if (string.IsNullOrWhiteSpace(typed)) return null;
            var at = DateTimes.Read(typed, zone);
            if (at is null) faults.Add((field, "Enter a day and a time that the clock shows there."));
            return at;
        }
    }

    static string? Written(DateTimeOffset? at, string zone) => at is { } moment ? EventTime.Of(moment, zone).Local.ToString(DateTimes.Format, System.Globalization.CultureInfo.InvariantCulture) : null;
}
