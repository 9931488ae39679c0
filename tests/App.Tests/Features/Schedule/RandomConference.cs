using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;

namespace App.Tests.Features.Schedule;

/// <summary>Conferences that follow from a number: several slots, none, breaks, odd characters, nights, zones.</summary>
static class RandomConference
{
    static readonly string[] Words = ["Lamp", "wick & oil", "\"quoted\"", "Öl", "灯火", "مصباح", "a<b>c", "1 < 2", "tail\\", "comma, semi; colon:", "😀", "'single'", "]]>", "100 %", "#hash"];
    static readonly string[] Zones = ["Europe/Lisbon", "America/New_York", "Asia/Kolkata", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT-3"];

    public static ScheduleSnapshot Of(int seed)
    {
        var r = new Random(seed);
        string Text(int words) => string.Join(' ', Enumerable.Range(0, r.Next(words) + 1).Select(_ => Words[r.Next(Words.Length)])).Trim();
        var rooms = Enumerable.Range(1, r.Next(1, 5)).Select(i => new SourceRoom($"room:{Guid(r)}", $"Room {i} {Text(1)}", Text(3), r.Next(2) == 0 ? r.Next(10, 500) : null, i)).ToArray();
        var labels = Enum.GetValues<LabelKind>().SelectMany(k => Enumerable.Range(1, r.Next(0, 4)).Select(i => new SourceLabel(k, $"id:{i}", $"{k} {i} {Text(1)}", Text(2), r.Next(2) == 0 ? "#ffaa00" : "", i))).ToArray();
        var speakers = Enumerable.Range(1, r.Next(0, 8)).Select(i => new SourceSpeaker([$"code:S{i}"], $"Person {i} {Text(1)}", Text(6), Text(2), r.Next(2) == 0 ? $"https://x.example/{i}.png" : "", [new("https://x.example/", "Home", LinkKind.Related)])).ToArray();
        string Label(LabelKind kind) => labels.Where(l => l.Kind == kind).Select(l => l.Key).OrderBy(_ => r.Next()).FirstOrDefault("");
        DateTimeOffset Time() => new DateTimeOffset(2027, 5, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(r.Next(3 * 24 * 12) * 5);
        SourceSlot Slot() => Time() is var start ? new(rooms[r.Next(rooms.Length)].Key, start, start.AddMinutes(r.Next(1, 300))) : null!;
        var named = new List<string>();
        var sessions = Enumerable.Range(1, r.Next(1, 25)).Select(i =>
        {
            var key = r.Next(3) switch { 0 => "code:C" + i, 1 => $"guid:{Guid(r)}", _ => "id:" + i };
            var details = new SessionDetails($"Session {i} {Text(3)}")
            {
                Subtitle = r.Next(2) == 0 ? Text(3) : "", Abstract = r.Next(2) == 0 ? Text(12) : "", Description = $"{Text(9)}\n\n- {Text(2)}\n- {Text(2)}", Languages = [.. new[] { "en", "de", "pt-BR" }.Take(r.Next(4))],
                Links = [.. Enumerable.Range(0, r.Next(4)).Select(n => new SessionLink($"https://x.example/{i}/{n}?a=1&b=2", r.Next(2) == 0 ? Text(2) : "", (LinkKind)r.Next(5), r.Next(4) == 0 ? "en" : "")).Select(l => l.Title.Length > 0 && r.Next(3) == 0 ? l with { Titles = Translations.With(null, "en", "de", "Lampe") } : l)],
                Image = r.Next(3) == 0 ? "https://x.example/i.png" : "", License = r.Next(3) == 0 ? "CC BY 4.0" : "", Featured = r.Next(4) == 0, Recorded = r.Next(3) switch { 0 => true, 1 => false, _ => null }, Capacity = r.Next(5) == 0 ? 20 : null,
            };
            string[] recommended = [.. named.TakeLast(2)];
            if (!key.StartsWith("id:", StringComparison.Ordinal)) named.Add(key[5..]);
            return new SourceSession(new(key, key.StartsWith("guid:", StringComparison.Ordinal) ? key[5..] : "", key.StartsWith("code:", StringComparison.Ordinal) ? key[5..] : "", r.Next(2) == 0 ? i : 0, r.Next(2) == 0 ? $"https://x.example/s/{i}" : ""), [key], details)
            {
                Track = Label(LabelKind.Track), Type = Label(LabelKind.Type), Tags = r.Next(2) == 0 && Label(LabelKind.Tag) is { Length: > 0 } tag ? [tag] : [],
                Recommended = recommended, Speakers = [.. speakers.Where(_ => r.Next(4) == 0).Select(s => s.Keys[0])],
                Slots = [.. Enumerable.Range(0, r.Next(10) switch { 0 => 0, < 8 => 1, _ => r.Next(2, 5) }).Select(_ => Slot()).DistinctBy(s => (s.Start, s.Room)).OrderBy(s => s.Start).ThenBy(s => s.Room, StringComparer.Ordinal)],
            };
        }).ToArray();
        var breaks = Enumerable.Range(1, r.Next(4)).Select(i => Slot() is var s ? new SourceBreak($"break:{i}", $"Break {i}", r.Next(2) == 0 ? s.Room : "", s.Start, s.End) : null!).ToArray();
        // Drawn apart from the rest, so that the conferences of before stay what they were.
        var t = new Random(seed + 1000);
        Translations? Others(string text) => text.Length == 0 || t.Next(3) > 0 ? null : new(t.Next(2) == 0 ? "en" : "fr", new[] { "de", "ar", "pt-BR" }.Where(_ => t.Next(2) == 0).ToDictionary(l => l, l => $"{Words[t.Next(Words.Length)]} ({l})", StringComparer.Ordinal));
        (rooms, labels) = ([.. rooms.Select(x => x with { Names = Others(x.Name), Descriptions = Others(x.Description) })], [.. labels.Select(x => x with { Names = Others(x.Name), Descriptions = Others(x.Description) })]);
        (speakers, breaks) = ([.. speakers.Select(x => x with { Biographies = Others(x.Biography), Roles = Others(x.Role) })], [.. breaks.Select(x => x with { Titles = Others(x.Title) })]);
        sessions = [.. sessions.Select(x => x with { Details = x.Details with { Titles = Others(x.Details.Title), Subtitles = Others(x.Details.Subtitle), Abstracts = Others(x.Details.Abstract), Descriptions = Others(x.Details.Description) } })];
        var used = speakers.Where(p => sessions.Any(s => s.Speakers.Contains(p.Keys[0]))).ToArray();
        return new("random", $"Conference {Text(2)}", "Acro nym-" + seed, $"v{seed}", Zones[r.Next(Zones.Length)], r.Next(12) * 60, "https://x.example/") { Titles = new("en", new Dictionary<string, string> { ["de"] = "Tagung" }), Rooms = rooms, Labels = labels, Speakers = used, Sessions = sessions, Breaks = breaks };
    }

    static Guid Guid(Random r)
    {
        var bytes = new byte[16];
        r.NextBytes(bytes);
        return new Guid(bytes);
    }
}
