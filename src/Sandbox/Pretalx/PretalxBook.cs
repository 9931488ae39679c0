using System.Globalization;
using System.Text.Json.Nodes;

namespace Sandbox.Pretalx;

sealed class PretalxConduct(TimeProvider clock) : Conduct(clock);

/// <summary>What one Pretalx event holds: lists of objects in Pretalx's own words, which tests may replace. Begins with a small conference of our own making.</summary>
sealed class PretalxBook
{
    public const string Slug = "lantern";
    static readonly string[] Kinds = ["rooms", "tracks", "submission-types", "tags", "submissions", "slots", "speakers", "schedules", "questions", "answers"];
    static readonly string[] Topics = ["Wicks", "Gas light", "Harbour lamps", "Shadows", "Signal fires", "Neon", "Candles at sea", "Night workers"];
    readonly Lock gate = new();
    readonly Dictionary<string, JsonArray> lists = [];
    JsonObject conference = [];

    public PretalxBook() => Reset(120);

    /// <summary>Pages repeat the last object of the page before: what pretalx#2155 describes.</summary>
    public bool RepeatsOnPages { get; set; }

    /// <summary>Fields that an event doesn't ask for are left out.</summary>
    public bool LeavesFieldsOut { get; set; }

    /// <summary>Where its pictures redirect to; null: they are here.</summary>
    public string? PicturesAre { get; set; }

    public JsonNode? Conference(string slug) => slug == Slug ? conference.DeepClone() : null;

    public IReadOnlyList<JsonObject>? List(string kind)
    {
        lock (gate) return lists.TryGetValue(kind, out var list) ? [.. list.Select(o => (JsonObject)o!.DeepClone())] : null;
    }

    public JsonObject All()
    {
        lock (gate) return new(lists.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value.DeepClone())));
    }

    /// <summary>Replaces whole lists; others stay.</summary>
    public void Put(JsonObject wanted)
    {
        lock (gate)
            foreach (var (name, value) in wanted)
                if (Kinds.Contains(name) && value is JsonArray list) lists[name] = (JsonArray)list.DeepClone();
    }

    public void Reset(int sessions)
    {
        lock (gate)
        {
            conference = Parse("""{"name":{"en":"Lantern Days","pt":"Dias da Lanterna"},"slug":"lantern","is_public":true,"date_from":"2027-05-01","date_to":"2027-05-03","timezone":"Europe/Lisbon","email":"desk@lantern.example","primary_color":"#ffaa00","custom_domain":null,"locale":"en","locales":["en","pt"],"content_locales":["en"]}""");
            lists["rooms"] = new([.. Enumerable.Range(1, 4).Select(i => Parse($$"""{"id":{{i}},"name":{"en":"Hall {{i}}","pt":"Sala {{i}}"},"description":{"en":""},"uuid":"{{Uuid(i)}}","guid":null,"capacity":{{i * 60}},"position":{{i}},"hidden":false}"""))]);
            lists["tracks"] = new([.. Enumerable.Range(1, 3).Select(i => Parse($$"""{"id":{{i}},"name":{"en":"Track {{i}}","pt":"Trilho {{i}}"},"description":{"en":""},"color":"#00{{i}}0{{i}}0","position":{{i}},"requires_access_code":false}"""))]);
            lists["submission-types"] = new([Parse("""{"id":1,"name":{"en":"Talk","pt":"Palestra"},"default_duration":30,"deadline":null,"requires_access_code":false}"""), Parse("""{"id":2,"name":{"en":"Workshop"},"default_duration":90,"deadline":null,"requires_access_code":false}""")]);
            lists["tags"] = new([Parse("""{"id":1,"tag":"beginner","description":{"en":""},"color":"#112233","is_public":true}"""), Parse("""{"id":2,"tag":"internal","description":{"en":""},"color":"#112233","is_public":false}""")]);
            lists["speakers"] = new([.. Enumerable.Range(1, Math.Max(1, sessions / 2)).Select(i => Parse($$"""{"code":"S{{i}}","name":"Speaker {{i}}","biography":"Lights lamp {{i}}.","submissions":[],"avatar_url":"{{(i % 2 == 1 ? PretalxPictures.OfSpeaker($"S{i}") : "")}}","answers":[]}"""))]);
            lists["submissions"] = new([.. Enumerable.Range(1, sessions).Select(i => Submission(i, sessions))]);
            lists["slots"] = new([.. Slots(sessions)]);
            lists["questions"] = new([.. PretalxQuestions.All()]);
            lists["answers"] = new([.. PretalxQuestions.Answers(sessions)]);
            PretalxQuestions.Link(lists["answers"], lists["submissions"], lists["speakers"]);
            lists["schedules"] = new([Parse("""{"id":1,"version":"0.1","published":"2027-03-01T12:00:00Z"}"""), Parse("""{"id":2,"version":"1.0","published":"2027-04-01T12:00:00Z"}""")]);
        }
    }

    static JsonObject Submission(int i, int sessions) => Parse($$"""
        {"code":"L{{i}}","title":"{{Topics[i % Topics.Length]}} {{i}}","speakers":["S{{1 + i % Math.Max(1, sessions / 2)}}"],"submission_type":{{1 + i % 2}},"track":{{1 + i % 3}},"tags":[{{1 + i % 2}}],"state":"{{(i % 40 == 0 ? "accepted" : i % 60 == 59 ? "canceled" : "confirmed")}}",
         "abstract":"About *{{i}}*.","description":null,"duration":30,"slot_count":{{(i % 25 == 0 ? 2 : 1)}},"attendee_signup_required":{{(i % 10 == 0 ? "true" : "false")}},"attendee_signup_capacity":{{(i % 10 == 0 ? "20" : "null")}},"signup_status":"",
         "content_locale":"en","do_not_record":{{(i % 7 == 0 ? "true" : "false")}},"image":"{{(i % 3 == 1 ? PretalxPictures.OfSession($"L{i}") : "")}}","resources":[{{i}}],"slots":[{{i}}],"answers":[]}
        """);

    /// <summary>One in its room every three quarters of an hour, some a second time on the last day, and lunch on each day.</summary>
    static IEnumerable<JsonNode> Slots(int sessions)
    {
        string At(int day, int minutes) => new DateTimeOffset(2027, 5, 1 + day, 9, 0, 0, TimeSpan.FromHours(1)).AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        for (var i = 1; i <= sessions; i++)
        {
            var (day, place) = ((i - 1) / 48 % 3, (i - 1) % 48);
            yield return Slot(i, 1 + place % 4, At(day, place / 4 * 45), At(day, place / 4 * 45 + 30), $"\"L{i}\"", "null");
            if (i % 25 == 0) yield return Slot(10_000 + i, 4, At(2, 600), At(2, 630), $"\"L{i}\"", "null");
        }
        for (var day = 0; day < 3; day++) yield return Slot(20_000 + day, 1, At(day, 570), At(day, 600), "null", "{\"en\":\"Supper\"}");
    }

    static JsonObject Slot(int id, int room, string start, string end, string submission, string description) =>
        Parse($$"""{"id":{{id}},"room":{{room}},"start":"{{start}}","end":"{{end}}","submission":{{submission}},"schedule":2,"description":{{description}},"duration":30}""");

    static string Uuid(int i) => string.Create(CultureInfo.InvariantCulture, $"22222222-2222-4222-8222-{i:000000000000}");
    static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
