using System.Text;
using System.Text.Json;
using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Edit;
using App.Features.Schedule.Export;
using App.Features.Schedule.Import;
using App.Features.Schedule.Pages;

namespace App.Tests.Features.Schedule;

public sealed class TranslationsTests
{
    static readonly Translations Lamp = new("en", new Dictionary<string, string> { ["de"] = "Lampe", ["pt-BR"] = "Lâmpada" });

    [Theory]
    [InlineData("de", "en", "Lampe", "de")]
    [InlineData("en", "de", "Lamp", "en")]
    [InlineData("pt", "en", "Lâmpada", "pt-BR")]
    [InlineData("ar", "de", "Lampe", "de")] // the conference's own
    [InlineData("ar", "fr", "Lamp", "en")] // any
    [InlineData("", "", "Lamp", "en")]
    public void Everybody_reads_their_language_else_the_conferences_else_any(string wanted, string otherwise, string text, string language) => Translations.Pick("Lamp", Lamp, wanted, otherwise).ShouldBe((text, language));

    [Fact]
    public void A_text_of_before_is_read_as_it_is_and_claims_no_language() => Translations.Pick("Lamp", null, "de", "en").ShouldBe(("Lamp", ""));

    [Fact]
    public void Of_a_text_in_several_languages_the_preferred_one_is_the_text() =>
        Translations.Chosen([new("fr", "Lampe à huile"), new("de", ""), new("en", "Oil lamp")], "de", "en").ShouldBe(("Oil lamp", new Translations("en", new Dictionary<string, string> { ["fr"] = "Lampe à huile" })));

    [Fact]
    public void A_fact_of_before_has_no_translations_and_is_written_as_it_was()
    {
        const string old = """{"roomId":"0190de30-0000-7000-8000-0000000000c1","key":"k","slug":"quay","name":"Quay","description":"","position":1,"byHand":false,"at":"2027-01-12T12:00:00+00:00"}""";
        var fact = JsonSerializer.Deserialize(old, ScheduleJson.Default.RoomSet)!;
        fact.Names.ShouldBeNull();
        JsonSerializer.Serialize(fact, ScheduleJson.Default.RoomSet).ShouldBe(old);
        var told = fact with { Names = Lamp };
        JsonSerializer.Deserialize(JsonSerializer.Serialize(told, ScheduleJson.Default.RoomSet), ScheduleJson.Default.RoomSet).ShouldBe(told);
    }

    static House Twice(string german = "Wie Lampen angezündet wurden")
    {
        var house = new House();
        house.Import(Json(german));
        return house;
    }

    static string Json(string german) => Samples.Json(Samples.Event().Replace("\"title\": \"How lamps were lit\"", $$"""
        "title": { "en": "How lamps were lit", "de-formal": "{{german}}" }
        """, StringComparison.Ordinal)).Replace("\"name\": \"Quay\", \"guid\"", """
        "name": { "en": "Quay", "de": "Ufer" }, "guid"
        """, StringComparison.Ordinal);

    [Fact]
    public void An_import_keeps_every_language_of_a_text_and_a_page_shows_the_readers()
    {
        var schedule = Twice().Schedule;
        schedule.TextLanguages.ShouldBe(["de", "en"]);
        var german = schedule.ReadIn("de", "en");
        (german.Sessions[0].Title, german.Sessions[0].TitleLanguage, german.Rooms[0].Name).ShouldBe(("Wie Lampen angezündet wurden", "de", "Ufer"));
        german.Sessions[0].First!.Room!.Name.ShouldBe("Ufer");
        (schedule.Sessions[0].Title, schedule.Rooms[0].Name).ShouldBe(("How lamps were lit", "Quay"));
        // One object a language, so that pages made of it hold; who reads no such language reads what is stored.
        schedule.ReadIn("de", "en").ShouldBeSameAs(german);
        german.ReadIn("de", "fr").Sessions[0].Slug.ShouldBe(schedule.Sessions[0].Slug);
        schedule.ReadIn("ar", "fr").ShouldBeSameAs(schedule);
        german.AsStored.ShouldBeSameAs(schedule);
    }

    [Fact]
    public void A_schedule_in_one_language_is_the_same_object_for_everybody()
    {
        var house = new House();
        house.Import(Samples.Json(Samples.Event()));
        var schedule = house.Schedule;
        schedule.ReadIn("de", "fr").ShouldBeSameAs(schedule);
        schedule.Sessions[0].TitleLanguage.ShouldBe("en", "the one it is in");
    }

    [Fact]
    public void A_changed_translation_is_one_change_and_nothing_else()
    {
        var house = Twice();
        var report = house.Import(Json("Wie man Lampen anzündete"));
        (string.Join('|', report.Changed.Titles), report.Facts).ShouldBe(("How lamps were lit", 1));
        house.Import(Json("Wie man Lampen anzündete")).ChangesNothing.ShouldBeTrue();
    }

    [Fact]
    public void What_somebody_translated_here_stays_when_the_source_is_imported_again()
    {
        var house = Twice();
        var session = house.Session("How lamps were lit");
        var mine = session.Details with { Titles = Translations.With(session.Details.Titles, "en", "ar", "كيف أضيئت المصابيح") };
        house.Append([.. KeepSessionHandler.Decide(new(Samples.ConferenceId, session.Id, mine, session.State, [.. session.Slots.Select(s => new WantedSlot(s.RoomId, s.Start, s.End))], []), session.Id, house.State, Samples.Now)]);
        house.Session("How lamps were lit").Hand.ShouldBe(["title"]);
        var room = house.State.Rooms.Values.Single();
        house.Append([.. TranslateThingsHandler.Decide(new(Samples.ConferenceId, "fr", "en", new Dictionary<Guid, (string, string)> { [room.Id] = ("Le Quai", "") }), house.State, Samples.Now)]);
        house.Import(Json("Neu"));
        var schedule = house.Schedule;
        (schedule.ReadIn("ar", "en").Sessions[0].Title, schedule.ReadIn("de", "en").Sessions[0].Title, schedule.ReadIn("fr", "en").Rooms[0].Name, schedule.ReadIn("de", "en").Rooms[0].Name).ShouldBe(("كيف أضيئت المصابيح", "Wie Lampen angezündet wurden", "Le Quai", "Ufer"));
    }

    [Fact]
    public void A_translation_that_is_emptied_is_gone()
    {
        var house = Twice();
        var room = house.State.Rooms.Values.Single();
        object[] Say(string name) => [.. TranslateThingsHandler.Decide(new(Samples.ConferenceId, "de", "en", new Dictionary<Guid, (string, string)> { [room.Id] = (name, "") }), house.State, Samples.Now)];
        Say("Ufer").ShouldBeEmpty();
        house.Append(Say(""));
        house.State.Rooms.Values.Single().Names.ShouldBe(new Translations("en", new Dictionary<string, string>()));
    }

    [Fact]
    public void A_search_finds_words_of_every_language_whatever_the_page_speaks()
    {
        var english = Twice().Schedule.ReadIn("en", "en");
        static int Found(ConferenceSchedule schedule, string text) => ScheduleSearch.Of(schedule).Find(new(text, System.Collections.Immutable.ImmutableDictionary<Facet, System.Collections.Immutable.ImmutableHashSet<string>>.Empty)).Hits.Count;
        (Found(english, "lampen"), Found(english, "ufer"), Found(english, "lamps"), Found(english.ReadIn("de", "en"), "lamps quay"), Found(english, "bananas")).ShouldBe((1, 1, 1, 1, 0));
    }

    [Fact]
    public void Who_edits_the_visible_text_of_an_export_is_heard_in_its_language()
    {
        var house = Twice();
        var file = Encoding.UTF8.GetString(ScheduleJsonFile.Write(house.Schedule.ReadIn("de", "en"), Samples.Place));
        file.ShouldContain("\"title\":\"Wie Lampen angezündet wurden\"");
        house.Import(file.Replace("Wie Lampen angezündet wurden", "Lampenkunde", StringComparison.Ordinal)).Changed.Titles.ShouldBe(["How lamps were lit"]);
        house.Schedule.ReadIn("de", "en").Sessions[0].Title.ShouldBe("Lampenkunde");
    }

    [Fact]
    public void Links_are_named_in_several_languages_and_say_their_own_where_the_source_does()
    {
        var house = new House();
        var file = Samples.Json(Samples.Event().Replace("\"links\": [ { \"url\": \"https://lantern.example/oil\", \"title\": \"Oil\" } ]", """
            "links": [ { "url": "https://lantern.example/oil", "title": { "en": "Oil", "de": "Öl" } }, { "url": "https://us02web.zoom.us/j/1", "title": "Sala", "language": "Español" }, { "url": "https://us02web.zoom.us/j/2", "language": "DE_de" } ]
            """, StringComparison.Ordinal));
        house.Import(file);
        var links = house.Schedule.Sessions[0].Links;
        links.Select(l => (l.Title, l.Language)).ShouldBe([("Oil", ""), ("Sala", "es"), ("", "de-DE")]);
        var german = house.Schedule.ReadIn("de", "en");
        german.Sessions[0].Links.Select(l => (l.Title, l.TitleLanguage)).ShouldBe([("Öl", "de"), ("Sala", ""), ("", "")]);
        house.Schedule.ReadIn("fr", "en").Sessions[0].Links[0].TitleLanguage.ShouldBe("en");
        house.Import(file).ChangesNothing.ShouldBeTrue();
        // Whatever language a file was asked for in, the same conference comes back.
        foreach (var written in new[] { ScheduleJsonFile.Write(german, Samples.Place), ScheduleXml.Write(german, Samples.Place) })
        {
            Encoding.UTF8.GetString(written).ShouldContain("Öl");
            var again = new House();
            again.Import(ScheduleReader.Read(written, null));
            again.Schedule.Sessions[0].Links.ShouldBe(links);
        }
        Samples.Refusal(Encoding.UTF8.GetString(ScheduleJsonFile.Write(house.Schedule, Samples.Place)).Replace("\"titles\":{\"of\":\"en\"", "\"titles\":{\"of\":\"\"", StringComparison.Ordinal)).Key.ShouldBe("schedule.extras-broken");
    }

    [Fact]
    public void A_title_in_another_language_is_no_other_link_until_it_is_written()
    {
        SessionLink had = new("https://lantern.example/oil", "Oil", LinkKind.Related);
        TranslationForm Form(params (string Field, string Text)[] typed)
        {
            var form = new TranslationForm("en", ["en", "de"]).Put(LinkLines.Field(had), had.Title, had.Titles);
            return form.Typed(new Microsoft.AspNetCore.Http.FormCollection(typed.ToDictionary(t => t.Field, t => new Microsoft.Extensions.Primitives.StringValues(t.Text))), [LinkLines.Field(had)]);
        }
        LinkLines.Titled(had, had, Form(), (_, text) => text.Trim()).ShouldBe(had);
        var told = LinkLines.Titled(had, had, Form((LinkLines.Field(had) + "-de", " Öl ")), (_, text) => text.Trim());
        told.Titles.ShouldBe(new Translations("en", new Dictionary<string, string> { ["de"] = "Öl" }));
        told.ShouldNotBe(had);
        LinkLines.Titled(told with { Title = "" }, told, Form(), (_, text) => text).Titles.ShouldBeNull("no title, so none in another language");
        (told with { TitleLanguage = "en" }).ShouldBe(told, "it follows from the rest");
        JsonSerializer.Serialize(new SessionDescribed(Guid.Empty, "", new("") { Links = [had with { TitleLanguage = "en" }] }, SourceRef.ByHand, [], Samples.Now), ScheduleJson.Default.SessionDescribed).ShouldNotContain("titleLanguage");
    }

    [Fact]
    public void An_extra_without_a_language_is_refused()
    {
        var file = Encoding.UTF8.GetString(ScheduleJsonFile.Write(Twice().Schedule, Samples.Place));
        file.ShouldContain("\"of\":\"en\"");
        Samples.Refusal(file.Replace("\"of\":\"en\"", "\"of\":\"\"", StringComparison.Ordinal)).Key.ShouldBe("schedule.extras-broken");
    }
}
