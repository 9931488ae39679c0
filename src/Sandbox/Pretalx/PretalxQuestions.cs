using System.Text.Json.Nodes;

namespace Sandbox.Pretalx;

/// <summary>What Lantern Days asks whoever hands in a session, and what they said: some of it carelessly, and some of it nobody else's business.</summary>
static class PretalxQuestions
{
    public const int Links = 11, Recommended = 12, Feedback = 13, Affiliation = 14, Diet = 15;

    /// <summary>Only an organizer's token is told these.</summary>
    static readonly string[] ForOrganizers = ["active", "is_public", "contains_personal_data", "is_visible_to_reviewers"];

    public static IEnumerable<JsonNode> All() =>
    [
        Question(Links, "Where do people find your slides, your pad, your call?", "submission", "text", isPublic: true), Question(Recommended, "Which other sessions should people see?", "submission", "text", isPublic: true),
        Question(Feedback, "Where can people tell you how it was?", "submission", "url", isPublic: true), Question(Affiliation, "Affiliation", "speaker", "string", isPublic: true), Question(Diet, "What can’t you eat?", "speaker", "string", isPublic: false),
    ];

    public static IEnumerable<JsonNode> Answers(int sessions)
    {
        var id = 0;
        for (var i = 1; i <= sessions; i++)
        {
            if (i % 6 == 1) yield return Answer(++id, Links, $"https://pad.lantern.example/{i}\n  https://slides.lantern.example/{i}?a=1", submission: $"L{i}");
            if (i % 20 == 2) yield return Answer(++id, Links, $"Slides come later, see https://lantern.example/{i} or ask me", submission: $"L{i}");
            if (i % 8 == 3) yield return Answer(++id, Recommended, $"https://pretalx.com/lantern/talk/L{i + 1}/ L{i + 2}", submission: $"L{i}");
            if (i % 30 == 4) yield return Answer(++id, Feedback, $"https://forms.lantern.example/{i}", submission: $"L{i}");
        }
        yield return Answer(++id, Recommended, "https://elsewhere.example/talk/ZZZZZZ/", submission: "L5");
        yield return Answer(++id, Feedback, "javascript:alert(1)", submission: "L6");
        yield return Answer(++id, Links, "https://lantern.example/not-taken", submission: "REJECT");
        for (var i = 1; i <= sessions / 2; i++)
        {
            if (i % 3 == 1) yield return Answer(++id, Affiliation, $"Lamp works no. {i}", person: $"S{i}");
            if (i % 5 == 1) yield return Answer(++id, Diet, "Nuts", person: $"S{i}");
        }
    }

    /// <summary>Submissions and speakers list the numbers of their answers.</summary>
    public static void Link(JsonArray answers, JsonArray submissions, JsonArray speakers)
    {
        var all = submissions.Concat(speakers).ToDictionary(o => (string)o!["code"]!, o => (JsonArray)o!["answers"]!);
        foreach (var answer in answers)
            if (all.TryGetValue((string?)answer!["submission"] ?? (string)answer["person"]!, out var its)) its.Add(answer["id"]!.DeepClone());
    }

    /// <summary>Without a token: public questions and what was answered to them. Filters it doesn't know are passed over, as the real one does; a filter by number wants one.</summary>
    /// <returns>The filter that isn't understood; null: all are.</returns>
    public static string? Narrow(string kind, List<JsonObject> found, IQueryCollection query, bool isOrganizer, IReadOnlyList<JsonObject> questions)
    {
        if (!isOrganizer)
        {
            var open = questions.Where(q => (bool)q["is_public"]!).Select(q => (int)q["id"]!).ToHashSet();
            found.RemoveAll(o => !open.Contains((int)o[kind == "questions" ? "id" : "question"]!));
            foreach (var o in found) foreach (var field in ForOrganizers) o.Remove(field);
        }
        if (kind == "questions") { Keep(found, query, "target", "target"); return null; }
        if (query["question"] is [{ Length: > 0 } question] && !int.TryParse(question, out _)) return "question";
        Keep(found, query, "question", "question");
        Keep(found, query, "submission", "submission");
        Keep(found, query, "speaker", "person");
        return null;
    }

    static void Keep(List<JsonObject> found, IQueryCollection query, string filter, string field)
    {
        if (query[filter] is [{ Length: > 0 } wanted]) found.RemoveAll(o => !string.Equals(o[field]?.ToString(), wanted, StringComparison.OrdinalIgnoreCase));
    }

    static JsonObject Question(int id, string words, string target, string variant, bool isPublic) => new()
    {
        ["id"] = id, ["identifier"] = $"Q{id}", ["question"] = new JsonObject { ["en"] = words }, ["help_text"] = null, ["default_answer"] = null, ["variant"] = variant, ["target"] = target, ["deadline"] = null, ["freeze_after"] = null, ["question_required"] = "optional", ["position"] = id,
        ["tracks"] = new JsonArray(), ["submission_types"] = new JsonArray(), ["options"] = new JsonArray(), ["min_length"] = null, ["max_length"] = null, ["min_number"] = null, ["max_number"] = null, ["min_date"] = null, ["max_date"] = null, ["min_datetime"] = null, ["max_datetime"] = null,
        ["min_options"] = null, ["max_options"] = null, ["icon"] = null, ["active"] = true, ["is_public"] = isPublic, ["contains_personal_data"] = target == "speaker", ["is_visible_to_reviewers"] = false,
    };

    static JsonObject Answer(int id, int question, string answer, string? submission = null, string? person = null) => new() { ["id"] = id, ["question"] = question, ["answer"] = answer, ["answer_file"] = null, ["submission"] = submission, ["review"] = null, ["person"] = person, ["options"] = new JsonArray() };
}
