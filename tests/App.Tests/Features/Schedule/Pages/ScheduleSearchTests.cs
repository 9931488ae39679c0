using System.Collections.Immutable;
using System.Text.Encodings.Web;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Pages;

namespace App.Tests.Features.Schedule.Pages;

public sealed class ScheduleSearchTests
{
    readonly House house = new();

    public ScheduleSearchTests() => house.Import(Samples.Json(
        Event(10, "Gaslicht für die Straßen", type: "talk", track: "Light", person: "Łucja Říhová", text: "How streets were lit."),
        Event(11, "Streets at night", type: "walk", track: "Dark", person: "Ada Quill", text: "A walk."),
        Event(12, "Night shifts", type: "talk", track: "Dark", person: "Bo Street", text: "People who work late.", recorded: false),
        Event(13, "Wicks", type: "walk", track: "Light", person: "Bo Street", text: "A long text about candles, and at its end one about the streets <b>of old</b>.")));

    static string Event(int n, string title, string type, string track, string person, string text, bool recorded = true) => Samples.Event($"aaaaaaaa-0000-4000-8000-0000000000{n}", title, $"2027-05-01T{n}:00:00+01:00")
        .Replace("\"type\": \"talk\"", $"\"type\": \"{type}\"", StringComparison.Ordinal).Replace("\"track\": \"Light\"", $"\"track\": \"{track}\"", StringComparison.Ordinal).Replace("Ada Quill", person, StringComparison.Ordinal).Replace("\"id\": 3,", $"\"id\": {person.Length * 100 + person[0]},", StringComparison.Ordinal)
        .Replace("About *oil* and gas.", text, StringComparison.Ordinal).Replace("\"do_not_record\": false", $"\"do_not_record\": {(recorded ? "false" : "true")}", StringComparison.Ordinal);

    SearchAnswer Find(string text, params (Facet Facet, string Value)[] chosen) =>
        ScheduleSearch.Of(schedule ??= house.Schedule).Find(new(text, chosen.GroupBy(c => c.Facet, c => c.Value).ToImmutableDictionary(g => g.Key, g => g.ToImmutableHashSet())));

    ConferenceSchedule? schedule;
    static string[] Titles(SearchAnswer answer) => [.. answer.Hits.Select(h => h.Session.Title)];

    [Fact]
    public void A_title_comes_before_a_name_and_that_before_the_text() => Titles(Find("street")).ShouldBe(["Streets at night", "Night shifts", "Wicks", "Gaslicht für die Straßen"]);

    /// <summary>plaza.md row 9: the search knew ids, titles and names only, and was particular about accents.</summary>
    [Theory]
    [InlineData("strassen")]
    [InlineData("STRAẞEN")]
    [InlineData("rihova")]
    [InlineData("lucja")]
    [InlineData("fur gaslicht")]
    [InlineData("licht")]
    public void Accents_case_and_order_do_not_matter(string words) => Titles(Find(words)).ShouldBe(["Gaslicht für die Straßen"]);

    [Fact]
    public void Every_word_must_be_somewhere() => Titles(Find("night walk")).ShouldBe(["Streets at night"]);

    [Fact]
    public void Facets_are_any_within_and_all_between_and_count_what_choosing_them_would_show()
    {
        var answer = Find("", (Facet.Track, "dark"), (Facet.Type, "talk"));
        Titles(answer).ShouldBe(["Night shifts"]);
        answer.Facets[Facet.Track].Select(v => (v.Name, v.Count, v.Chosen)).ShouldBe([("Light", 1, false), ("Dark", 1, true)], ignoreOrder: true);
        answer.Facets[Facet.Type].Select(v => (v.Name, v.Count)).ShouldBe([("talk", 1), ("walk", 1)], ignoreOrder: true);
        Titles(Find("", (Facet.Track, "dark"), (Facet.Track, "light"), (Facet.Type, "talk"))).ShouldBe(["Gaslicht für die Straßen", "Night shifts"]);
    }

    /// <summary>plaza.md §5.9: "Recorded = No" did nothing.</summary>
    [Fact]
    public void Not_recorded_is_a_choice_too() => Titles(Find("", (Facet.Recorded, "no"))).ShouldBe(["Night shifts"]);

    [Fact]
    public void Before_times_are_public_nobody_finds_them_out_by_filtering()
    {
        house.Append(new ScheduleShown(ScheduleVisibility.Titles, Samples.Now));
        var answer = Find("quay");
        answer.Hits.ShouldBeEmpty();
        (answer.Facets[Facet.Day].Count, answer.Facets[Facet.Room].Count).ShouldBe((0, 0));
    }

    [Fact]
    public void What_was_found_is_marked_as_it_was_written()
    {
        static string Html(Microsoft.AspNetCore.Html.IHtmlContent html) { using var to = new StringWriter(); html.WriteTo(to, HtmlEncoder.Default); return to.ToString(); }
        var encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
        Html(Highlight.All(new("Gaslicht für die Straßen"), ["strass", "fur"], encoder)).ShouldBe("Gaslicht <mark>für</mark> die <mark>Straß</mark>en");
        Html(Highlight.All(new("<script> & scripts"), ["script"], encoder)).ShouldBe("&lt;<mark>script</mark>&gt; &amp; <mark>script</mark>s");
        Html(Highlight.Part(new(string.Join(' ', Enumerable.Repeat("word", 60)) + " needle " + string.Join(' ', Enumerable.Repeat("hay", 60))), ["needle"], encoder)!).ShouldMatch(@"^… word.* <mark>needle</mark> hay.* …$");
        Highlight.Part(new("nothing of it"), ["needle"], encoder).ShouldBeNull();
    }

    [Fact]
    public void An_index_is_made_once_a_version()
    {
        var version = house.Schedule;
        ScheduleSearch.Of(version).ShouldBeSameAs(ScheduleSearch.Of(version));
    }
}
