using System.Net;
using System.Text;
using App.Features.Live;
using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
using App.Features.Shared;
using App.Infrastructure.Web;
using App.Tests.Support;

namespace App.Tests.Features.Schedule.Pages;

/// <summary>A conference whose texts stand there in several languages, through HTTP: pages, files, the office.</summary>
public sealed class ReaderLanguageTests : IAsyncLifetime
{
    const string German = "Wie Lampen angezündet wurden", English = "How lamps were lit";
    AppHost app = null!;
    Show show = null!;

    public async Task InitializeAsync()
    {
        app = await AppHost.Start();
        show = await app.AddShow(slug: "lantern", title: "Lantern Days");
        await Import(German);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    string Schedule => show.Path + "/schedule";
    string Office => $"/office/events/{show.EventId}/schedule";

    async Task Import(string german)
    {
        var file = Samples.Json(Samples.Event().Replace($"\"title\": \"{English}\"", $$"""
            "title": { "en": "{{English}}", "de": "{{german}}" }
            """, StringComparison.Ordinal)).Replace("\"name\": \"Quay\", \"guid\"", """
            "name": { "en": "Quay", "de": "Ufer", "he": "רציף" }, "guid"
            """, StringComparison.Ordinal);
        await app.Get<ScheduleImports>().Upload(show.EventId, "lantern.json", Encoding.UTF8.GetBytes(file), "test", false, false, default);
        await Shows();
    }

    async Task<ConferenceSchedule> Shows()
    {
        var version = (await Stored()).Version;
        await Eventually.Is(async () => (await app.Get<ScheduleCatalogue>().Find(show.EventId))?.Version >= version);
        return await Stored();
    }

    async Task<ConferenceSchedule> Stored() => (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!;

    Browser Reading(string language)
    {
        var browser = app.Browser();
        browser.Headers["Accept-Language"] = language;
        return browser;
    }

    [Fact]
    public async Task Each_reader_gets_their_language_and_text_in_another_one_says_so()
    {
        using var german = Reading("de");
        using var english = Reading("en");
        using var arabic = Reading("ar");
        foreach (var path in new[] { Schedule, Schedule + "/how-lamps-were-lit", show.Path + "/rooms/quay", show.Path + "/speakers/ada-quill", show.Path + "/tracks/light" })
        {
            (await german.Get(path)).Text.ShouldContain(German, customMessage: path);
            (await english.Get(path)).Text.ShouldContain(English, customMessage: path);
            (await arabic.Get(path)).Html.ShouldContain($"<span lang=\"en\" dir=\"ltr\">{English}</span>", customMessage: path);
        }
        var day = await german.Get(Schedule);
        day.Text.ShouldContain("Ufer");
        day.Html.ShouldNotContain("<span lang=\"de\"");
        // A text that nobody translated is read as it is, and says what it is.
        (await german.Get(Schedule + "/how-lamps-were-lit")).Html.ShouldContain("<div class=\"prose\" lang=\"en\" dir=\"ltr\">");
    }

    [Fact]
    public async Task The_link_in_a_readers_language_is_the_one_to_go_to_and_others_say_theirs()
    {
        using var office = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var session = (await Stored()).Sessions[0];
        var form = new (string, string)[] { ("title", English), ("speakers", "Ada Quill"), ("languages", "en, es"), ("state", "Confirmed"), ("slots[0].start", "2027-05-01T10:00"), ("slots[0].minutes", "45"), ("of", "en"), ("links", "Notes https://lantern.example/notes\n[en] Room https://us02web.zoom.us/j/1\n[es] Sala https://us02web.zoom.us/j/2") };
        (await office.PostForm($"{Office}/sessions/{session.Id}", form)).Status.ShouldBe(HttpStatusCode.SeeOther);
        var links = (await Shows()).Sessions[0].Links;
        var edit = await office.Get($"{Office}/sessions/{session.Id}");
        edit.Text.ShouldContain("[es] Sala https://us02web.zoom.us/j/2");
        var field = System.Text.RegularExpressions.Regex.Match(edit.Html, "id=\"(link-[0-9a-f]{10})-de\"").Groups[1].Value;
        field.ShouldBe(App.Features.Schedule.Edit.LinkLines.Field(links[0]));
        (await office.PostForm($"{Office}/sessions/{session.Id}", [.. form, (field + "-de", "Notizen")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        await Shows();
        string[] Ways(string html) => [.. System.Text.RegularExpressions.Regex.Matches(html, "<a ([^>]*)id=\"(way-[0-9])\"").Select(m => m.Groups[2].Value + (m.Groups[1].Value.Contains("button", StringComparison.Ordinal) ? "!" : ""))];
        foreach (var (language, order) in new[] { ("es", "way-2! way-0 way-1"), ("en", "way-1! way-0 way-2"), ("de", "way-1! way-0 way-2") })
        {
            using var reader = Reading(language);
            var page = await reader.Get(Schedule + "/how-lamps-were-lit");
            string.Join(' ', Ways(page.Html)).ShouldBe(order, language);
        }
        using var english = Reading("en");
        var said = await english.Get(Schedule + "/how-lamps-were-lit");
        (said.Text.Contains("Sala in Spanish QR code", StringComparison.Ordinal), said.Text.Contains("Room in English", StringComparison.Ordinal), said.Html.Contains("hreflang=\"es\"", StringComparison.Ordinal)).ShouldBe((true, false, true));
        using var german = Reading("de");
        var notes = await german.Get(Schedule + "/how-lamps-were-lit");
        notes.Text.ShouldContain("Notizen");
        using var arabic = Reading("ar");
        (await arabic.Get(Schedule + "/how-lamps-were-lit")).Html.ShouldContain("<span lang=\"en\" dir=\"ltr\">Notes</span>");
        (await office.Get($"{Office}/languages?in=fr")).Text.ShouldContain("title, links");
        var tooLong = await office.PostForm($"{Office}/sessions/{session.Id}", [.. form, (field + "-de", new string('x', 301))]);
        (tooLong.Status, tooLong.Text.Contains("301 characters", StringComparison.Ordinal), tooLong.Html.Contains(new string('x', 301), StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true, true));
    }

    [Fact]
    public async Task The_map_is_written_in_each_language_beside_rooms_and_tracks()
    {
        using var office = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var picture = await office.Upload(Office + "/map?handler=Plan", [("name", "Ground floor")], "plan.png", SamplePictures.Png());
        var address = System.Text.RegularExpressions.Regex.Match(picture.Html, "name=\"picture\" value=\"(/pictures/[^\"]+)\"").Groups[1].Value;
        (await office.PostForm(Office + "/map?handler=Plan", [("name", "Ground floor"), ("picture", address), ("pictureText", "Two halls")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        var plan = (await Stored()).Plans.Single();
        (await office.PostForm(Office + "/map?handler=Spot", [("plan", plan.Id.ToString()), ("what", "Food"), ("label", "Bread"), ("x", "50"), ("y", "50")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await office.PostForm(Office + "/map?handler=Spot", [("plan", plan.Id.ToString()), ("what", "Lift"), ("x", "60"), ("y", "50")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        var spot = (await Stored()).Plans.Single().Spots.Single(s => s.Label.Length > 0);
        var page = await office.Get($"{Office}/languages?in=de");
        foreach (var words in new[] { "Floor plans , 0 of 1 in German", "Places on the map , 0 of 1 in German" }) page.Text.ShouldContain(words);
        (await office.PostForm($"{Office}/languages?in=de", [($"name-{plan.Id:N}", "Erdgeschoss"), ($"name-{spot.Id:N}", "Brot")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        await Shows();
        using var german = Reading("de");
        var map = await german.Get(show.Path + "/map");
        (map.Text.Contains("Erdgeschoss", StringComparison.Ordinal), map.Text.Contains("Brot", StringComparison.Ordinal), map.Text.Contains("Bread", StringComparison.Ordinal)).ShouldBe((true, true, false));
        using var french = Reading("fr");
        var other = await french.Get(show.Path + "/map");
        foreach (var said in new[] { "<span lang=\"en\" dir=\"ltr\">Ground floor</span>", "<span lang=\"en\" dir=\"ltr\">Bread</span>", " lang=\"en\" dir=\"ltr\"><tspan" }) other.Html.ShouldContain(said);
    }

    [Fact]
    public async Task A_page_is_kept_once_a_change_and_language()
    {
        using var german = Reading("de");
        using var english = Reading("en");
        var (first, other) = ((await german.Get(Schedule)).Header("ETag")!, (await english.Get(Schedule)).Header("ETag")!);
        first.ShouldNotBe(other);
        german.Headers["If-None-Match"] = first;
        (await german.Get(Schedule)).Status.ShouldBe(HttpStatusCode.NotModified);
        await Import("Lampenkunde");
        var changed = await german.Get(Schedule);
        (changed.Status, changed.Text.Contains("Lampenkunde", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true));
    }

    [Fact]
    public async Task Files_for_programs_are_in_the_language_that_is_asked_for()
    {
        using var browser = app.Browser();
        browser.Headers.Remove("Accept-Language");
        foreach (var file in new[] { "/schedule.ics", "/schedule.json", "/schedule.xml", "/schedule/how-lamps-were-lit.ics" })
        {
            (await browser.Get(show.Path + file)).Html.ShouldContain(English, customMessage: file);
            var asked = await browser.Get($"{show.Path}{file}?lang=de");
            asked.Html.ShouldContain("Wie Lampen angez", customMessage: file);
            asked.Header("Vary")!.ShouldContain("Accept-Language");
            browser.Cookies.Clear();
        }
        using var german = Reading("de");
        (await german.Get(Schedule)).Html.ShouldContain($"{Schedule}.ics?lang=de\"");
    }

    [Fact]
    public async Task What_is_told_of_a_session_is_in_the_readers_language()
    {
        var (schedule, words) = (await Stored(), app.Get<ReminderWords>());
        app.Clock.Now = schedule.Sessions[0].First!.Start.AddHours(-1);
        using (Language.Find("de")!.Speak())
        {
            var said = (await words.Of(show.EventId, schedule.Sessions[0].Id, schedule.Sessions[0].First!.Id, schedule.Version, default))!;
            (said.Title, said.Body.Contains("Ufer", StringComparison.Ordinal)).ShouldBe((German, true));
        }
        (await words.Of(show.EventId, schedule.Sessions[0].Id, schedule.Sessions[0].First!.Id, schedule.Version, default))!.Title.ShouldBe(English);
    }

    [Fact]
    public async Task Staff_write_a_text_per_language_and_see_what_is_missing()
    {
        using var office = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var session = (await Stored()).Sessions[0];
        var (path, form) = ($"{Office}/sessions/{session.Id}", new (string, string)[] { ("title", English), ("abstract", "About *oil* and gas."), ("speakers", "Ada Quill"), ("languages", "en"), ("state", "Confirmed"), ("slots[0].start", "2027-05-01T10:00"), ("slots[0].minutes", "45"), ("of", "en") });
        var page = await office.Get(path);
        page.Text.ShouldContain("German , missing: abstract");
        page.Text.ShouldContain("French , nothing yet");
        // Fields that were not sent say nothing: no translation is lost to an older form.
        (await office.PostForm(path, [.. form, ("title-fr", "Comment on allumait les lampes"), ("abstract-de", "Über *Öl* und Gas.")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        var kept = (await Shows()).Sessions[0];
        (kept.Titles!.Find("fr"), kept.Titles.Find("de"), kept.Abstracts!.Of, kept.Abstracts.Find("de")).ShouldBe(("Comment on allumait les lampes", German, "en", "Über *Öl* und Gas."));
        (await office.Get(path)).Text.ShouldContain("German , complete");
        var tooLong = await office.PostForm(path, [.. form, ("title-de", new string('x', 301))]);
        (tooLong.Status, tooLong.Text.Contains("301 characters", StringComparison.Ordinal), tooLong.Html.Contains(new string('x', 301), StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true, true));

        var speaker = (await Stored()).Speakers[0];
        (await office.PostForm($"{Office}/speakers/{speaker.Id}", [("name", speaker.Name), ("biography", "Lights lamps."), ("of", "en"), ("biography-de", "Zündet Lampen an.")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        await Shows();
        using var german = Reading("de");
        (await german.Get(show.Path + "/speakers/ada-quill")).Text.ShouldContain("Lampen an.");
        (await office.PostForm($"{Office}/speakers/{speaker.Id}?handler=Erase", [])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await app.Db.QueryFirst<long>("select count(*) from doc_speaker where data::text like '%Lampen an.%'", default)).ShouldBe(0, "who is erased is erased in every language");
    }

    [Fact]
    public async Task Rooms_and_tracks_are_named_in_a_language_on_one_page()
    {
        using var office = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        var (room, track) = ((await Stored()).Rooms[0], (await Stored()).Tracks[0]);
        var page = await office.Get($"{Office}/languages?in=fr");
        foreach (var words in new[] { "Rooms , 0 of 1 in French", "Quay", "Light", "Sessions , 1 with something missing in French", $"{English} : title, abstract" }) page.Text.ShouldContain(words);
        (await office.PostForm($"{Office}/languages?in=fr", [($"name-{room.Id:N}", "Le Quai"), ($"about-{room.Id:N}", "Au bord de l’eau"), ($"name-{track.Id:N}", "")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        var schedule = await Shows();
        (schedule.Rooms[0].Names!.Find("fr"), schedule.Rooms[0].Names!.Find("de"), schedule.Rooms[0].Descriptions!.Find("fr"), schedule.Tracks[0].Names).ShouldBe(("Le Quai", "Ufer", "Au bord de l’eau", null));
        (await office.PostForm($"{Office}/languages?in=fr", [($"name-{room.Id:N}", new string('x', 201))])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }
}
