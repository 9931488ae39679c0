using System.Text;
using System.Text.Json;
using App.Features.Content.Package;
using App.Tests.Features.Schedule;
using App.Tests.Support;

namespace App.Tests.Features.Content;

/// <summary>What is wrong in content is told by file and line, and none of it goes live.</summary>
public sealed class ContentReaderTests
{
    [Fact]
    public void The_house_brings_content_without_a_fault_in_every_language()
    {
        var reading = ContentReader.Read(ContentFiles.OfHouse());
        reading.Faults.ShouldBeEmpty();
        foreach (var folder in reading.Package!.Folders) foreach (var (page, copies) in folder.Pages) string.Join(' ', copies.Keys.Order()).ShouldBe("ar de en es fr", page);
    }

    [Fact]
    public void The_folder_of_the_sources_reads_as_what_is_inside_the_program() =>
        ContentReader.Read(ContentFiles.OfFolder(Path.Combine(Repository.Root, "content"))).Faults.ShouldBeEmpty();

    public static TheoryData<string, int, string> BadSettings => new()
    {
        { "{\n  \"pages\": {\n    \"home\": { \"enabeld\": true }\n  }\n}", 3, "There is no “enabeld” in pages.home" },
        { "{\n  \"pages\": { \"home\": { \"enabled\": \"yes\" } }\n}", 2, "true or false, not text" },
        { "{\n  \"pages\": { \"nowhere\": {} }\n}", 2, "There is no page “nowhere”" },
        { "{\n\n  \"colour\": 3\n}", 3, "There is no “colour” in the settings" },
        { "{\n  \"pages\": {},\n  \"pages\": {}\n}", 3, "stands here twice; the first is in line 2" },
        { "{\n  \"home\": {\n    \"widgets\": [ { \"kind\": \"cook\" } ]\n  }\n}", 3, "“cook” is none of next" },
        { "{\n  \"home\": { \"widgets\": [\n    { \"kind\": \"card\", \"title\": \"A\" }\n  ] }\n}", 3, "“text” is missing in a card" },
        { "{\n  \"home\": { \"widgets\": [ { \"kind\": \"next\", \"when\": {\n    \"roles\": [\"king\"] } } ] }\n}", 3, "“king” is none of speaker, admin" },
        { "{\n  \"home\": { \"widgets\": [ { \"kind\": \"next\", \"when\": {\n    \"from\": \"2027-02-30T09:00\" } } ] }\n}", 3, "There is no 2027-02-30T09:00" },
        { "{\n  \"home\": { \"featuredVideo\": {\n    \"url\": \"https://films.example/1\" } }\n}", 3, "This film can’t be shown here" },
        { "{\n  \"navigation\": [\n    { \"words\": { \"de\": \"Karte\" }, \"href\": \"https://map.example\" }\n  ]\n}", 3, "“en” is missing in words" },
        { "{\n  \"navigation\": [\n    { \"words\": \"Map\", \"href\": \"javascript:alert(1)\" }\n  ]\n}", 3, "isn’t https://" },
        { "{\n  \"pages\": {\n", 3, "this is no JSON" },
        { "{ \"pages\": {} // all\n}", 1, "this is no JSON" },
        { "{\n  \"pages\": null\n}", 2, "not null" },
    };

    [Theory, MemberData(nameof(BadSettings))]
    public void A_fault_of_the_settings_is_told_with_its_line(string settings, int line, string reason)
    {
        var fault = Contents.Faults(("settings.json", settings))[0];
        (fault.File, fault.Line).ShouldBe(("settings.json", line), fault.ToString());
        fault.Reason.ShouldContain(reason);
    }

    /// <summary>plaza.md row 4: <c>"F3ARTC-1 "</c> shipped in settings.json and silently dropped a session.</summary>
    [Fact]
    public void A_sessions_code_with_a_stray_space_is_refused_and_the_reason_said()
    {
        var fault = Contents.Faults(("events/a/b/settings.json", "{ \"home\": {\n  \"featuredSessions\": [\"ok-1\", \"F3ARTC-1 \"] } }")).ShouldHaveSingleItem();
        (fault.Line, fault.Column).ShouldBe((2, 32));
        fault.Reason.ShouldBe("“F3ARTC-1 ” has white space at an end. Write “F3ARTC-1”.");
    }

    public static TheoryData<string, int, string> BadCopy => new()
    {
        { "No title\n", 1, "begins with its title" },
        { "", 1, "begins with its title" },
        { "# A\n\n:::carousel\n", 3, "There is no block “carousel”. There is: callout" },
        { "# A\n\n:::callout danger\nx\n:::\n", 3, "info, ok or warning" },
        { "# A\n\n:::callout info\nx\n", 3, "isn’t closed" },
        { "# A\n\n:::callout info\n:::themes\n:::\n", 4, "holds no other block" },
        { "# A\n\n:::\n", 3, "close nothing" },
        { "# A\n\n:::button https://a.example\n", 3, "and its words" },
        { "# A\n\n:::button javascript:alert(1) Press\n", 3, "can’t be a link" },
        { "# A\n\n:::video https://films.example/1\n", 3, "This film can’t be shown here" },
        { "# A\n\n:::pinned\n", 3, "Name the sessions" },
        { "# A\n\n:::countdown now\n", 3, "stands alone" },
        { "# A\n\nfirst\n\nsecond [x](javascript:alert(1))\n", 5, "can’t be a link" },
        { "# A\n\n[x](JaVaScRiPt:alert(1))\n", 3, "can’t be a link" },
        { "# A\n\n[x](//evil.example)\n", 3, "can’t be a link" },
        { "# A\n\n[x](data:text/html,hi)\n", 3, "can’t be a link" },
        { "# A\n\n[x](nowhere)\n", 3, "There is no page “nowhere”" },
        { "# A\n\n![x](https://spy.example/1.png)\n", 3, "others would learn who reads this page" },
        { "# A\n\n![x](images/none.png)\n", 3, "There is no images/none.png" },
    };

    [Theory, MemberData(nameof(BadCopy))]
    public void A_fault_of_the_copy_is_told_with_its_line(string copy, int line, string reason)
    {
        var fault = Contents.Faults(("about/en.md", copy))[0];
        (fault.File, fault.Line).ShouldBe(("about/en.md", line), fault.ToString());
        fault.Reason.ShouldContain(reason);
    }

    [Theory]
    [InlineData("about/de.md", "# A", "There is no about/en.md")]
    [InlineData("about/xx.md", "# A", "named for a language")]
    [InlineData("About us/en.md", "# A", "can’t be a page")]
    [InlineData("schedule/en.md", "# A", "a page of Foyer’s own")]
    [InlineData("strings/de.json", "{ \"no.such\": \"x\" }", "Nobody says “no.such”")]
    [InlineData("strings/de.json", "{ \"home.back\": \"Zurück\" }", "has to fill {0}")]
    [InlineData("strings/ar.json", "{ \"home.days\": { \"one\": \"x\", \"other\": \"{0}\" } }", "“zero” is missing")]
    [InlineData("events/a/b/strings/de.json", "{}", "the whole installation’s")]
    [InlineData("images/a.png", "no picture", "no PNG, JPEG, WebP or AVIF")]
    public void A_file_that_has_no_place_is_told(string path, string text, string reason) =>
        Contents.Faults((path, text)).ShouldContain(f => f.File == path && f.Reason.Contains(reason, StringComparison.Ordinal));

    [Fact]
    public void Colons_in_code_are_code() => Contents.Faults(("about/en.md", "# A\n\n```\n:::nothing\n```\n")).ShouldBeEmpty();

    [Fact]
    public void Text_that_is_not_UTF8_is_told() =>
        ContentReader.Read(new ContentFiles().Add("about/en.md", Encoding.Latin1.GetBytes("# Café"))).Faults.ShouldHaveSingleItem().Reason.ShouldContain("UTF-8");

    [Fact]
    public void What_a_conference_says_stands_above_what_the_installation_says()
    {
        var package = ContentReader.Read(Contents.Files(
            ("settings.json", """{ "pages": { "search": { "enabled": false } }, "navigation": ["home"] }"""), ("about/en.md", "# All"), ("about/de.md", "# Alle"),
            ("events/a/b/settings.json", """{ "navigation": ["tickets", "about"] }"""), ("events/a/b/about/en.md", "# Ours"))).Package!;
        var (ours, theirs) = (package.Site("a/b"), package.Site("a/c"));
        ours.Settings.Navigation!.Select(n => n.Page).ShouldBe(["tickets", "about"]);
        ours.IsOpen("search", null).ShouldBeFalse();
        // Not the installation's German beside the conference's English: they say different things.
        ours.Copy("about", App.Infrastructure.Web.Language.Find("de")!)!.Title.ShouldBe("Ours");
        theirs.Copy("about", App.Infrastructure.Web.Language.Find("de")!)!.Title.ShouldBe("Alle");
        theirs.Copy("about", App.Infrastructure.Web.Language.Find("fr")!)!.Title.ShouldBe("All");
    }

    [Fact]
    public void A_page_opens_and_closes_by_itself_and_is_the_same_in_between()
    {
        var package = ContentReader.Read(Contents.Files(("settings.json", """{ "pages": { "search": { "from": "2027-05-01T09:00", "until": "2027-05-02T18:30" } } }"""))).Package!;
        // Nine o'clock in Lisbon is ten in Brussels.
        App.Features.Content.Contracts.ContentSite At(string time, string zone = "Europe/Lisbon") => package.Site("a/b", zone, DateTimeOffset.Parse(time + "Z", System.Globalization.CultureInfo.InvariantCulture));
        bool Opens(string time, string zone = "Europe/Lisbon") => At(time, zone).IsOpen("search", null);
        (Opens("2027-05-01T07:59"), Opens("2027-05-01T07:00", "Europe/Brussels"), Opens("2027-05-01T08:00"), Opens("2027-05-02T17:29"), Opens("2027-05-02T17:30")).ShouldBe((false, true, true, true, false));
        At("2027-05-01T08:00").ShouldBeSameAs(At("2027-05-02T17:29"), "pages in memory are made of it");
        (At("2027-05-01T07:59").Settings.Pages["search"].Visible, At("2027-05-02T17:30").Settings.Pages["search"].Visible).ShouldBe((true, false), "what is over doesn’t come soon");
        Contents.OfSettings("""{ "pages": { "search": { "from": "2027-05-02T09:00", "until": "2027-05-01T09:00" } } }""").ShouldHaveSingleItem().Reason.ShouldContain("close before it opens");
    }

    static readonly string[] Good =
    [
        "{}", """{ "$schema": "./settings.schema.json", "pages": { "home": { "enabled": false, "visible": true }, "search": { "from": "2027-05-01T09:00", "until": "2027-05-02T18:30" } } }""", """{ "navigation": ["home", { "words": "Map", "href": "https://map.example/" }, { "words": { "en": "Write", "ar": "اكتب" }, "href": "mailto:a@b.example" }] }""",
        """{ "home": { "widgets": [ { "kind": "next" }, { "kind": "card", "title": "A", "text": { "en": "B" }, "href": "/help", "button": "C", "when": { "signedIn": true, "roles": ["speaker"], "ticketTypes": ["Regular"], "from": "2027-05-01T09:00", "until": "2027-05-02T18:30", "languages": ["de"], "any": [ {} ], "not": { "roles": ["admin"] } } } ] } }""",
        """{ "home": { "featuredVideo": { "url": "https://vimeo.com/12345678", "title": "F" }, "featuredSessions": ["ABC-1", "how-lamps-were-lit"], "sponsors": [ { "size": "large", "sponsors": [ { "name": "N", "href": "https://n.example", "image": "images/n.png" } ] } ] } }""",
    ];

    static readonly string[] Bad =
    [
        "[]", """{ "page": {} }""", """{ "pages": [] }""", """{ "pages": { "Home": {} } }""", """{ "pages": { "home": { "enabled": 1 } } }""", """{ "pages": { "home": true } }""", """{ "pages": { "home": { "from": "tomorrow" } } }""", """{ "navigation": "home" }""", """{ "navigation": ["a b"] }""", """{ "navigation": [3] }""",
        """{ "navigation": [{ "words": "A" }] }""", """{ "navigation": [{ "words": "A", "href": "http://a.example" }] }""", """{ "navigation": [{ "words": "A", "href": "//a.example" }] }""", """{ "navigation": [{ "words": { "it": "A" }, "href": "/" }] }""", """{ "navigation": [{ "words": " A", "href": "/" }] }""",
        """{ "home": { "widgets": [ {} ] } }""", """{ "home": { "widgets": [ { "kind": "next", "text": "A" } ] } }""", """{ "home": { "widgets": [ { "kind": "card", "title": "A", "text": "" } ] } }""", """{ "home": { "widgets": [ { "kind": "next", "when": { "from": "tomorrow" } } ] } }""",
        """{ "home": { "widgets": [ { "kind": "next", "when": { "languages": ["it"] } } ] } }""", """{ "home": { "widgets": [ { "kind": "next", "when": { "not": [] } } ] } }""", """{ "home": { "widgets": [ { "kind": "next", "when": { "signedIn": null } } ] } }""",
        """{ "home": { "featuredVideo": "https://vimeo.com/1" } }""", """{ "home": { "featuredVideo": { "url": "http://vimeo.com/12345678" } } }""", """{ "home": { "featuredSessions": ["F3ARTC-1 "] } }""", """{ "home": { "featuredSessions": [1] } }""",
        """{ "home": { "sponsors": [ { "size": "huge", "sponsors": [] } ] } }""", """{ "home": { "sponsors": [ { "size": "large" } ] } }""", """{ "home": { "sponsors": [ { "size": "large", "sponsors": [ { "name": "N", "image": "https://n.example/n.png" } ] } ] } }""", """{ "home": { "sponsors": [ { "size": "large", "sponsors": [ { "href": "https://n.example" } ] } ] } }""",
    ];

    public static TheoryData<string, bool> Examples
    {
        get
        {
            var examples = new TheoryData<string, bool>();
            foreach (var good in Good) examples.Add(good, true);
            foreach (var bad in Bad) examples.Add(bad, false);
            return examples;
        }
    }

    /// <summary>An editor that knows the schema says the same as Foyer.</summary>
    [Theory, MemberData(nameof(Examples))]
    public void The_schema_and_the_reader_agree(string settings, bool good)
    {
        using var schema = JsonDocument.Parse(Repository.Read("content", "settings.schema.json"));
        using var value = JsonDocument.Parse(settings);
        (new ScheduleSchema(schema.RootElement).Check(value.RootElement).Count == 0).ShouldBe(good, "the schema");
        (Contents.OfSettings(settings).Count == 0).ShouldBe(good, string.Join("; ", Contents.OfSettings(settings)));
    }

    [Fact]
    public void The_settings_that_are_shipped_fit_the_schema()
    {
        using var schema = JsonDocument.Parse(Repository.Read("content", "settings.schema.json"));
        foreach (var path in new[] { "content/settings.json", "content/events/open-hall/fosdem-2024/settings.json" })
        {
            using var value = JsonDocument.Parse(Repository.Read(path.Split('/')));
            new ScheduleSchema(schema.RootElement).Check(value.RootElement).ShouldBeEmpty(path);
        }
    }
}
