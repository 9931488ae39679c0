using System.Text;
using System.Text.Json.Nodes;
using App.Features.Schedule.Export;
using App.Features.Schedule.Import;

namespace App.Tests.Features.Schedule;

/// <summary>What is broken is refused with its reason; what is odd is a warning by kind.</summary>
public sealed class HostileFilesTests
{
    [Theory]
    [InlineData("", "schedule.file-empty")]
    [InlineData("hello", "schedule.file-unknown")]
    [InlineData("{}", "schedule.file-unknown")]
    [InlineData("[]", "schedule.file-unknown")]
    [InlineData("{\"schedule\":{\"conference\":{\"title\":\"x\",\"days\":[]}}}", "schedule.no-sessions")]
    [InlineData("<rss/>", "schedule.file-unknown")]
    [InlineData("<schedule><day>", "schedule.file-broken")]
    [InlineData("{\"schedule\": {\"conference\"", "schedule.file-broken")]
    public void A_file_that_is_no_schedule_is_refused(string text, string key) => Samples.Refusal(text).Key.ShouldBe(key);

    [Fact]
    public void A_truncated_file_names_the_line()
    {
        var whole = Samples.Json(Samples.Event());
        var refusal = Samples.Refusal(whole[..(whole.Length / 2)]);
        (refusal.Key, (long)refusal.Arguments[0] > 0).ShouldBe(("schedule.file-broken", true));
    }

    [Fact]
    public void A_billion_laughs_are_not_heard() => Samples.Refusal("""
        <?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]><schedule><day date="2027-05-01"><room name="&lol2;"/></day></schedule>
        """).Key.ShouldBe("schedule.file-dtd");

    [Fact]
    public void No_file_of_ours_is_read_through_an_entity() => Samples.Refusal("""<!DOCTYPE schedule [<!ENTITY x SYSTEM "file:///etc/passwd">]><schedule>&x;</schedule>""").Key.ShouldBe("schedule.file-dtd");

    [Fact]
    public void Elements_nested_without_end_are_refused() => Samples.Refusal(string.Concat(Enumerable.Repeat("<schedule>", 50_000))).Key.ShouldBe("schedule.file-broken");

    [Fact]
    public void Lists_nested_without_end_are_refused() => Samples.Refusal(new string('[', 100_000)).Key.ShouldBe("schedule.file-broken");

    [Fact]
    public void Ten_thousand_sessions_are_refused()
    {
        var events = Enumerable.Range(1, 10_000).Select(i => $$"""{"guid":"{{i}}","title":"{{i}}","date":"2027-05-01T10:00:00+01:00","duration":"00:10"}""").ToArray();
        var refusal = Samples.Refusal(Samples.Json(events));
        (refusal.Key, refusal.Arguments[0]).ShouldBe(("schedule.too-many-sessions", 10_000));
    }

    [Fact]
    public void More_than_twenty_megabytes_are_refused() => Samples.Refusal(new byte[ScheduleFile.MaxBytes + 1]).Key.ShouldBe("schedule.file-too-big");

    [Fact]
    public void Five_megabytes_in_one_text_are_cut_and_said()
    {
        var reading = Samples.Read(Samples.Json(Samples.Event(more: $$""", "subtitle2": "", "description": "{{new string('x', 5_000_000)}}" """)));
        reading.Snapshot.Sessions.Single().Details.Description.Length.ShouldBeLessThanOrEqualTo(40_000);
        reading.Warning("text-cut").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("<b>Bold</b> claims<script>alert(1)</script>", "Bold claims")]
    [InlineData("<<b>b>x", "x")]
    [InlineData("<img src=x onerror=alert(1)>Picture", "Picture")]
    [InlineData("Vec<T> and HashMap<K>", "Vec<T> and HashMap<K>")]
    [InlineData("1 < 2 & 3 > 2", "1 < 2 & 3 > 2")]
    public void Html_leaves_titles(string title, string left) =>
        Samples.Read(Samples.Json(Samples.Event(title: title))).Snapshot.Sessions.Single().Details.Title.ShouldBe(left);

    [Theory]
    [InlineData("<p>One</p><ul><li>a</li><li>b</li></ul>", "One\n\n- a\n- b")]
    [InlineData("<script>alert(1)</script>Text<style>p{}</style>", "Text")]
    [InlineData("<a href='https://x.example/a'>there</a> <a href='javascript:alert(1)'>no</a>", "[there](https://x.example/a) no")]
    [InlineData("Plain *Markdown* stays", "Plain *Markdown* stays")]
    public void Html_in_texts_becomes_markdown(string html, string markdown) =>
        Samples.Read(Samples.Json(Samples.Event(more: $", \"description\": {System.Text.Json.JsonSerializer.Serialize(html)}"))).Snapshot.Sessions.Single().Details.Description.ShouldBe(markdown);

    [Theory]
    [InlineData("2027-05-01T10:00:00+01:00", "-00:30", "no-valid-duration", 0)]
    [InlineData("2027-05-01T10:00:00+01:00", "00:00", "no-valid-duration", 0)]
    [InlineData("2027-05-01T10:00:00+01:00", "49:30", "longer-than-a-day", 1)]
    [InlineData("2027-05-01T10:00:00+01:00", "soon", "no-valid-duration", 0)]
    [InlineData("2027-13-45T10:00:00+01:00", "00:30", "no-valid-time", 0)]
    [InlineData("0001-01-01T10:00:00+01:00", "00:30", "no-valid-time", 0)]
    [InlineData("2031-05-01T10:00:00+01:00", "00:30", "far-outside-the-conference", 1)]
    public void Times_that_cannot_be_are_said_and_the_session_stays(string date, string duration, string kind, int slots)
    {
        var reading = Samples.Read(Samples.Json(Samples.Event(date: date, duration: duration)));
        reading.Snapshot.Sessions.Single().Slots.Length.ShouldBe(slots);
        reading.Warning(kind).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("Asia/Tokyo", "0001-01-01T00:00:00")]
    [InlineData("America/New_York", "9999-12-31T23:59:59")]
    public void At_the_edge_of_what_a_clock_can_say_nothing_takes_place(string zone, string date) =>
        Samples.Read(Samples.Json(Samples.Event(date: date)).Replace("Europe/Lisbon", zone, StringComparison.Ordinal)).Warning("no-valid-time").ShouldNotBeNull();

    [Fact]
    public void An_unknown_zone_is_said_and_the_events_own_taken()
    {
        var reading = ScheduleReader.Read(Encoding.UTF8.GetBytes(Samples.Json(Samples.Event()).Replace("Europe/Lisbon", "Mars/Olympus", StringComparison.Ordinal)), "Europe/Brussels");
        (reading.Snapshot.TimeZone, reading.Warning("unknown-time-zone")!.Count).ShouldBe(("Europe/Brussels", 1));
    }

    [Fact]
    public void Overlaps_and_duplicates_are_said()
    {
        var reading = Samples.Read(Samples.Json(Samples.Event(), Samples.Event(), Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "Wicks", "2027-05-01T10:30:00+01:00"), Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "Oil", "2027-05-01T15:00:00+01:00")));
        reading.Snapshot.Sessions.Count.ShouldBe(3);
        foreach (var kind in new[] { "duplicate", "room-used-twice", "speaker-in-two-places", "same-identifier-twice" }) reading.Warning(kind).ShouldNotBeNull(kind);
    }

    static string WithExtras(string parts) => Samples.Json(Samples.Event()).Replace("\"daysCount\"", $$"""
        "meta": { "foyer": { "acronym": "", "timeZone": "Europe/Lisbon", "dayChange": "04:00", "url": "", {{parts}} } }, "daysCount"
        """, StringComparison.Ordinal);

    static string Break(string start, string end) => $$"""
        "breaks": [ { "key": "b", "title": "Lunch", "room": "", "start": "{{start}}", "end": "{{end}}" } ]
        """;

    /// <summary>A break in the year 9999, in what our own exports add, was kept; from then on no page of the conference could be made.</summary>
    [Theory]
    [InlineData("9999-12-31T23:30:00+00:00", "9999-12-31T23:59:00+00:00", "no-valid-time")]
    [InlineData("0001-01-01T00:30:00+00:00", "0001-01-01T01:00:00+00:00", "no-valid-time")]
    [InlineData("2027-05-01T13:00:00+00:00", "2027-05-01T12:00:00+00:00", "no-valid-duration")]
    [InlineData("2027-05-01T13:00:00+00:00", "2028-05-01T12:00:00+00:00", "no-valid-duration")]
    public void Breaks_of_our_own_exports_are_looked_at_as_anybodys(string start, string end, string kind)
    {
        var reading = Samples.Read(WithExtras(Break(start, end)));
        (reading.Snapshot.Breaks.Count, reading.Warning(kind)!.Count).ShouldBe((0, 1));
        Samples.Read(WithExtras(Break("2027-05-01T12:00:00+00:00", "2027-05-01T13:00:00+00:00"))).Snapshot.Breaks.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("\"breaks\": [null]")]
    [InlineData("\"breaks\": [ { \"key\": null, \"title\": \"Lunch\", \"room\": \"\", \"start\": \"2027-05-01T12:00:00Z\", \"end\": \"2027-05-01T13:00:00Z\" } ]")]
    [InlineData("\"breaks\": [ { \"key\": \"b\", \"title\": \"Lunch\", \"room\": \"\", \"start\": \"soon\", \"end\": \"later\" } ]")]
    [InlineData("\"unscheduled\": [ { \"guid\": null, \"title\": \"x\", \"subtitle\": \"\", \"abstract\": \"\", \"description\": \"\", \"track\": \"\", \"type\": \"\", \"persons\": [] } ]")]
    [InlineData("\"sessions\": { \"aaaaaaaa-0000-4000-8000-000000000001\": null }")]
    [InlineData("\"speakers\": { \"x\": { \"role\": \"\", \"links\": [null] } }")]
    [InlineData("\"labels\": [ { \"kind\": 7, \"key\": \"\", \"name\": \"x\", \"description\": \"\", \"color\": \"\" } ]")]
    [InlineData("\"rooms\": [ { \"name\": \"Quay\" } ]")]
    public void Holes_in_what_our_own_exports_add_are_refused(string parts) => Samples.Refusal(WithExtras(parts)).Key.ShouldBe("schedule.extras-broken");

    [Theory]
    [InlineData("\"breaks\": null, \"sessions\": null, \"rooms\": null, \"labels\": null, \"speakers\": null, \"unscheduled\": null")]
    [InlineData("\"breaks\": []")]
    public void What_our_own_exports_leave_out_is_nothing(string parts) => Samples.Read(WithExtras(parts)).Snapshot.Sessions.Count.ShouldBe(1);

    [Fact]
    public void Links_of_our_own_exports_lead_to_the_web_or_nowhere()
    {
        const string link = """{ "url": "javascript:alert(1)", "title": "Slides", "kind": "Attachment", "language": "" }""";
        var reading = Samples.Read(WithExtras($$"""
            "sessions": { "aaaaaaaa-0000-4000-8000-000000000001": { "key": "code:X", "guid": "none", "code": "X", "number": -4, "languages": ["en"], "tags": [], "links": [{{link}}], "image": "data:,", "license": "", "featured": false, "capacity": -3, "url": "file:///etc" } }
            """));
        var session = reading.Snapshot.Sessions.Single();
        session.Source.ShouldBe(new("code:X", "", "X"));
        (session.Details.Links.Length, session.Details.Image, session.Details.Capacity, reading.Warning("link-dropped")!.Count).ShouldBe((0, "", null, 1));
    }

    /// <summary>One value after another of a whole export is made into something else: it is refused, or what comes of it can be shown.</summary>
    [Fact]
    public void Whatever_stands_in_a_whole_export_is_refused_or_can_be_shown()
    {
        string[] odd = ["null", "7", "-1", "\"\"", "[]", "{}", "[null]", "true", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00Z\"", "\"a\\u0000b\"", $"\"{new string('x', 60_000)}\""];
        var (random, house) = (new Random(11), new House());
        house.Import(new ScheduleReading(RandomConference.Of(5), []));
        var whole = ScheduleJsonFile.Write(house.Schedule, Samples.Place);
        for (var i = 0; i < 600; i++)
        {
            var root = JsonNode.Parse(whole)!;
            var extras = root["schedule"]!["conference"]!["meta"]!["foyer"]!;
            for (var n = random.Next(1, 3); n > 0; n--) Spoil(random.Next(4) > 0 ? extras : root["schedule"]!, JsonNode.Parse(odd[random.Next(odd.Length)]), random);
            try
            {
                var imported = new House();
                imported.Import(ScheduleReader.Read(Encoding.UTF8.GetBytes(root.ToJsonString()), null));
                imported.Told();
            }
            catch (App.Infrastructure.Refused) { }
        }
    }

    /// <summary>Some value below takes another's place.</summary>
    static void Spoil(JsonNode at, JsonNode? with, Random random)
    {
        while (true)
        {
            var (keys, list) = (at is JsonObject o ? o.Select(p => p.Key).ToArray() : [], at as JsonArray);
            if (keys.Length + (list?.Count ?? 0) == 0) return;
            var (key, index) = (keys.Length > 0 ? keys[random.Next(keys.Length)] : "", list is null ? 0 : random.Next(list.Count));
            var next = list is null ? at[key] : list[index];
            if (next is JsonObject { Count: > 0 } or JsonArray { Count: > 0 } && random.Next(8) > 0) { at = next; continue; }
            if (list is null) at[key] = with; else list[index] = with;
            return;
        }
    }

    [Fact]
    public void Whatever_is_cut_or_garbled_is_read_or_refused_and_never_more()
    {
        var (random, texts) = (new Random(7), new[] { Samples.Json(Samples.Event()), Samples.Pentabarf, WithExtras(Break("2027-05-01T12:00:00+00:00", "2027-05-01T13:00:00+00:00")) });
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(texts[i % 3]);
            for (var n = random.Next(1, 6); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try { ScheduleReader.Read(bytes.AsMemory(0, random.Next(3) == 0 ? random.Next(bytes.Length) : bytes.Length), null); }
            catch (App.Infrastructure.Refused) { }
        }
    }
}
