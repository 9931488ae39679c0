using System.Text.Json.Serialization;
using App.Infrastructure.Vendors.Pretalx;

namespace App.Features.Schedule.Import;

/// <summary>What an answer to a question of Pretalx's is used for. Links, Recommended and Feedback are about sessions, Subtitle about speakers.</summary>
public enum AnswerUse { Links, Recommended, Feedback, Subtitle }

/// <summary>A question that an organizer asks at Pretalx, and what its answers are used for here.</summary>
/// <param name="OfSpeakers">Asked about people, not about sessions.</param>
/// <param name="IsPublic">Whether Pretalx shows the answers too; null: it doesn't tell.</param>
/// <param name="Use">Null: nothing. Its answers are then never asked for.</param>
public sealed record SourceQuestion(int Id, string Words, bool OfSpeakers, bool? IsPublic, AnswerUse? Use)
{
    /// <summary>What it can be used for.</summary>
    [JsonIgnore] public IEnumerable<AnswerUse> Uses => Enum.GetValues<AnswerUse>().Where(u => u == AnswerUse.Subtitle == OfSpeakers);
}

/// <summary>Answers to the questions that are used, as words about sessions and speakers. Only whole addresses of the web become links.</summary>
sealed class SourceAnswers
{
    const int LongestAddress = 2_000;
    readonly HashSet<string> sessions, speakers;
    readonly ImportWarnings warnings;
    readonly List<(string Session, RawLink Link)> links = [];
    readonly List<(string Session, string Said)> recommended = [];
    readonly Dictionary<string, string> subtitles = new(StringComparer.Ordinal);

    /// <param name="sessions">Codes of those the schedule has.</param>
    /// <param name="speakers">Likewise.</param>
    public SourceAnswers(IEnumerable<string> sessions, IEnumerable<string> speakers, ImportWarnings warnings) =>
        (this.sessions, this.speakers, this.warnings) = (sessions.ToHashSet(StringComparer.Ordinal), speakers.ToHashSet(StringComparer.Ordinal), warnings);

    public IEnumerable<RawLink> Links(string session) => links.Where(l => l.Session == session).Select(l => l.Link);
    public IReadOnlyList<string> Recommended(string session) => [.. recommended.Where(r => r.Session == session).Select(r => r.Said)];
    public string Subtitle(string speaker) => subtitles.GetValueOrDefault(speaker, "");

    public void Add(SourceQuestion question, IEnumerable<PretalxAnswer> answers)
    {
        foreach (var answer in answers)
        {
            var of = question.OfSpeakers ? answer.Person : answer.Submission;
            if (string.IsNullOrWhiteSpace(answer.Answer)) continue;
            if (of is null || !(question.OfSpeakers ? speakers : sessions).Contains(of)) warnings.Add(Warn.NoAnswerTo, $"{question.Words} {of}".Trim());
            else Add(question, of, answer.Answer);
        }
    }

    void Add(SourceQuestion question, string of, string answer)
    {
        if (question.Use == AnswerUse.Subtitle) subtitles[of] = answer;
        else if (question.Use == AnswerUse.Recommended) recommended.AddRange(Parts(answer).Select(part => (of, part)));
        else
        {
            string[] parts = [.. Parts(answer)];
            links.AddRange(parts.Where(IsAddress).Select(url => (of, new RawLink(url, Kind: question.Use == AnswerUse.Feedback ? "feedback" : ""))));
            // Whose it is, not what was typed: that may be anything.
            if (!parts.All(IsAddress)) warnings.Add(Warn.NotAnAddress, $"{question.Words} {of}");
        }
    }

    static IEnumerable<string> Parts(string answer) => answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(p => p.TrimEnd(',', ';')).Where(p => p.Length > 0);

    static bool IsAddress(string text) =>
        text.Length <= LongestAddress && (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0;
}
