using System.Net;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Tests.Features.Registration;
using App.Tests.Support;

namespace App.Tests.Features.Schedule.Edit;

/// <summary>The schedule's editor, through HTTP, by somebody of the organization.</summary>
public sealed class ScheduleEditorTests : IAsyncLifetime
{
    AppHost app = null!;
    Show show = null!;
    Browser office = null!;
    string Path => $"/office/events/{show.EventId}/schedule";

    public async Task InitializeAsync()
    {
        app = await AppHost.Start();
        show = await app.AddShow(slug: "lantern", title: "Lantern Days");
        office = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
    }

    public async Task DisposeAsync()
    {
        office.Dispose();
        await app.DisposeAsync();
    }

    async Task<ConferenceSchedule> Schedule() => (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default))!;

    async Task Open()
    {
        await office.Get(Path);
        (await office.PostForm(Path + "?handler=Open", [])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await office.PostForm(Path + "/rooms?handler=Room", [("name", "Quay"), ("places", "120"), ("what", "By the water")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await office.PostForm(Path + "/rooms?handler=Label", [("name", "Light"), ("kind", "Track")])).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    async Task<WebPage> Keep(string title, string start, params (string, string)[] more)
    {
        var schedule = await Schedule();
        return await office.PostForm(Path + "/sessions/new", [("title", title), ("state", "Confirmed"), ("slots[0].start", start), ("slots[0].minutes", "45"), ("slots[0].room", schedule.Rooms[0].Id.ToString()), .. more]);
    }

    /// <summary>A draft that was cancelled stood on the public schedule, struck, with its page and in calendars.</summary>
    [Fact]
    public async Task What_is_dropped_before_anybody_knew_of_it_is_not_called_off_in_public()
    {
        await Open();
        var room = (await Schedule()).Rooms[0].Id.ToString();
        (string, string)[] fields = [("title", "Never to be"), ("slots[0].start", "2027-05-01T10:00"), ("slots[0].minutes", "45"), ("slots[0].room", room)];
        (await Keep("How lamps were lit", "2027-05-01T10:00")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await office.PostForm(Path + "/sessions/new", [.. fields, ("state", "Draft")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        var (draft, known) = ((await Schedule()).Hidden.Single(), (await Schedule()).Sessions.Single());
        (await office.PostForm($"{Path}/sessions/{draft.Id}", [.. fields, ("state", "Cancelled")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await office.PostForm($"{Path}/sessions/{known.Id}", [("title", known.Title), .. fields[1..], ("state", "Cancelled")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await Keep("Still on", "2027-05-01T12:00")).Status.ShouldBe(HttpStatusCode.SeeOther);
        var version = (await Schedule()).Version;
        await Eventually.Is(async () => (await app.Get<ScheduleCatalogue>().Find(show.EventId))?.Version >= version);
        using var reader = app.Browser();
        await Eventually.Is(async () => (await reader.Get(show.Path + "/schedule")).Status == HttpStatusCode.OK); // known as a conference within about a second
        var day = await reader.Get(show.Path + "/schedule");
        (day.Text.Contains("Never to be", StringComparison.Ordinal), day.Text.Contains("How lamps were lit", StringComparison.Ordinal)).ShouldBe((false, true));
        (await reader.Get($"{show.Path}/schedule/{draft.Slug}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await reader.Get($"{show.Path}/schedule/{draft.Slug}.ics")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await reader.Get(show.Path + "/schedule.ics")).Html.ShouldNotContain("Never to be");
        (await reader.Get($"{show.Path}/schedule/{known.Slug}")).Text.ShouldContain("This session was cancelled");
        (await office.Get(Path)).Text.ShouldContain("Dropped before anybody knew");
    }

    [Fact]
    public async Task A_schedule_is_made_from_nothing_and_everybody_sees_it()
    {
        (await office.Get(Path)).Text.ShouldContain("No schedule yet");
        await Open();
        (await Keep("How lamps were lit", "2027-05-01T10:00", ("speakers", "Ada Quill\nBo Ferry"), ("links", "Slides https://lantern.example/slides"), ("track", (await Schedule()).Tracks[0].Id.ToString()), ("languages", "en, PT"))).Status.ShouldBe(HttpStatusCode.SeeOther);
        var session = (await Schedule()).Sessions.Single();
        session.Speakers.Select(s => s.Name).ShouldBe(["Ada Quill", "Bo Ferry"]);
        (session.Track!.Name, session.Links.Single().Title).ShouldBe(("Light", "Slides"));
        session.Languages.ShouldBe(["en", "pt"]);
        var page = await office.Get(Path);
        page.Text.ShouldContain("How lamps were lit");
        (await office.PostForm(Path + "/rooms?handler=Break", [("name", "Lunch"), ("start", "2027-05-01T12:00"), ("minutes", "60")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await Schedule()).Breaks.Single().Title.ShouldBe("Lunch");
        (await office.PostForm(Path + "?handler=Show", [("visibility", "Titles")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await Schedule()).Visibility.ShouldBe(ScheduleVisibility.Titles);
        (await app.Db.Query<string>("select distinct meta ->> 'actor' from events where stream = $1", default, App.Features.Schedule.Conference.StreamOf(show.EventId))).ShouldHaveSingleItem().ShouldNotBe("system", "the log says who did it");
    }

    [Fact]
    public async Task What_is_not_understood_is_said_beside_its_field_and_stays_as_it_was_typed()
    {
        await Open();
        var page = await Keep("", "2027-05-01T10:00", ("links", "Slides, no address"), ("capacity", "many"), ("tags", "none such"), ("slots[1].start", "tomorrow"), ("slots[1].minutes", "45"));
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        foreach (var said in new[] { "Give the session a title.", "the line must end with an address", "A number of places, or nothing", "There is no tag none such", "A date and time that there is" }) page.Text.ShouldContain(said);
        foreach (var typed in new[] { "Slides, no address", "value=\"many\"", "value=\"none such\"", "value=\"2027-05-01T10:00\"", "value=\"tomorrow\"" }) page.Html.ShouldContain(typed);
        (await Schedule()).Sessions.ShouldBeEmpty();

        await Keep("How lamps were lit", "2027-05-01T10:00");
        var session = (await Schedule()).Sessions.Single();
        var known = System.Text.RegularExpressions.Regex.Match((await office.Get($"{Path}/sessions/{session.Id}")).Html, "name=\"known\" value=\"([0-9]+)\"").Groups[1].Value;
        (string, string)[] mine = [("title", "Typed and kept"), ("state", "Confirmed"), ("slots[0].start", "2027-05-01T10:00"), ("slots[0].minutes", "45"), ("slots[0].room", (await Schedule()).Rooms[0].Id.ToString())];
        (await office.PostForm($"{Path}/sessions/{session.Id}", [.. mine[1..], ("title", "By somebody else"), ("known", known)])).Status.ShouldBe(HttpStatusCode.SeeOther);
        var late = await office.PostForm($"{Path}/sessions/{session.Id}", [.. mine, ("known", known)]);
        (late.Status, late.Text.Contains("has changed this session since you opened it", StringComparison.Ordinal), late.Html.Contains("value=\"Typed and kept\"", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true, true));
        (await Schedule()).Sessions.Single().Title.ShouldBe("By somebody else");
        known = System.Text.RegularExpressions.Regex.Match(late.Html, "name=\"known\" value=\"([0-9]+)\"").Groups[1].Value;
        (await office.PostForm($"{Path}/sessions/{session.Id}", [.. mine, ("known", known)])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await Schedule()).Sessions.Single().Title.ShouldBe("Typed and kept");
    }

    /// <summary>The rule by which links open could be told and obeyed, but no page set it.</summary>
    [Fact]
    public async Task For_whom_links_open_and_when_is_set_for_all_sessions_and_for_one()
    {
        await Open();
        const string join = "https://meet.example/lamps";
        (await Keep("How lamps were lit", "2027-05-01T10:00", ("links", "Join us " + join))).Status.ShouldBe(HttpStatusCode.SeeOther);
        var path = $"{Path}/sessions/{(await Schedule()).Sessions.Single().Id}";
        (string, string)[] fields = [("title", "How lamps were lit"), ("state", "Confirmed"), ("slots[0].start", "2027-05-01T10:00"), ("slots[0].minutes", "45"), ("slots[0].room", (await Schedule()).Rooms[0].Id.ToString()), ("links", "Join us " + join)];

        var refused = await office.PostForm(Path + "?handler=Links", [("openFor", "Attendees"), ("openMinutes", "soon")]);
        (refused.Status, refused.Text.Contains("A number of minutes, two weeks at the most", StringComparison.Ordinal), refused.Html.Contains("value=\"soon\"", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true, true));
        (await office.PostForm(Path + "?handler=Links", [("openFor", "Attendees"), ("openKinds", show.TicketTypeId.ToString()), ("openMinutes", "15")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await office.Get(Path)).Text.ShouldContain("Links of sessions open for people with a ticket (Standing), 15 minutes before the start");
        var rule = new LinkRule(LinkAccess.Attendees, 15, [show.TicketTypeId], false);
        ((await Schedule()).LinkRule, (await Schedule()).Sessions.Single().LinkRule).ShouldBe((rule, rule));
        await Shows();
        using var reader = app.Browser();
        var page = await reader.Get($"{show.Path}/schedule/how-lamps-were-lit");
        (page.Html.Contains(join, StringComparison.Ordinal), page.Html.Contains("/how-lamps-were-lit/links\"", StringComparison.Ordinal)).ShouldBe((false, true));

        (await office.PostForm(path, [.. fields, ("openFor", "Places")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await Schedule()).Sessions.Single().OwnLinkRule.ShouldBe(new LinkRule(LinkAccess.Attendees, null, [], true));
        (await office.Get(path)).Html.ShouldContain("value=\"Places\" checked");
        (await office.PostForm(path, [.. fields, ("openFor", "Everybody")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        await Shows();
        (await reader.Get($"{show.Path}/schedule/how-lamps-were-lit")).Html.ShouldContain(join);
        var version = (await Schedule()).Version;
        (await office.PostForm(path, [.. fields, ("openFor", "Everybody")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await Schedule()).Version.ShouldBe(version, "nothing was changed");
        (await office.PostForm(path, [.. fields, ("openFor", "Conference")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        ((await Schedule()).Sessions.Single().OwnLinkRule, (await Schedule()).Sessions.Single().LinkRule).ShouldBe((null, rule));
    }

    async Task Shows()
    {
        var version = (await Schedule()).Version;
        await Eventually.Is(async () => (await app.Get<ScheduleCatalogue>().Find(show.EventId))?.Version >= version && (await app.Get<App.Features.Events.Contracts.EventCatalogue>().Find(show.EventId))!.IsConference);
    }

    static string Picture(string html) => System.Text.RegularExpressions.Regex.Match(html, "name=\"picture\" value=\"(/pictures/[^\"]+)\"").Groups[1].Value;

    [Fact]
    public async Task A_picture_is_given_with_its_words_shown_and_taken_away_and_no_import_touches_it()
    {
        await office.Get(Path + "/import");
        async Task Import(string title) => (await office.Upload(Path + "/import", [("deed", "apply")], "lantern.json", System.Text.Encoding.UTF8.GetBytes(Samples.Json(Samples.Event(title: title))))).Status.ShouldBe(HttpStatusCode.SeeOther);
        await Import("How lamps were lit");
        var session = (await Schedule()).Sessions.Single();
        var path = $"{Path}/sessions/{session.Id}";
        (string, string)[] fields = [("title", session.Title), ("lead", ""), ("state", "Confirmed"), ("slots[0].start", "2027-05-01T10:00"), ("slots[0].minutes", "45"), ("slots[0].room", (await Schedule()).Rooms[0].Id.ToString())];

        // Without words it isn't kept, but it is up: nobody chooses it twice.
        var unsaid = await office.Upload(path, [.. fields, ("subtitle", "Typed and kept")], "lamps.png", SamplePictures.Png());
        (unsaid.Status, unsaid.Text.Contains("people who don’t see it hear this instead", StringComparison.Ordinal), unsaid.Html.Contains("Typed and kept", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true, true));
        (await Schedule()).Sessions.Single().Picture.ShouldBeNull();
        var refused = await office.Upload(path, [.. fields, ("pictureText", "Lamps in a row")], "lamps.png", "no picture"u8.ToArray());
        (refused.Status, refused.Text.Contains("neither JPEG, PNG, WebP nor AVIF", StringComparison.Ordinal), refused.Html.Contains("value=\"Lamps in a row\"", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true, true));

        (await office.PostForm(path, [.. fields, ("picture", Picture(unsaid.Html)), ("pictureText", "Lamps in a row")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        var picture = (await Schedule()).Sessions.Single().Picture!;
        (picture.Alt, picture.Width, picture.Height).ShouldBe(("Lamps in a row", 1600, 1000));
        await Import("How lamps are lit");
        (await Schedule()).Sessions.Single().Picture.ShouldBe(picture);
        await Shows();
        using var reader = app.Browser();
        var page = await reader.Get($"{show.Path}/schedule/{session.Slug}");
        page.Html.ShouldContain($"src=\"{picture.Address}\" width=\"1600\" height=\"1000\" alt=\"Lamps in a row\"");
        page.Html.ShouldContain($"{picture.Address}\"><meta property=\"og:image:width\" content=\"1600\">");
        (await reader.Get(picture.Address)).Status.ShouldBe(HttpStatusCode.OK);

        // Somebody else's picture, and an address of elsewhere, are no change.
        var theirs = (await app.Bus.InvokeAsync<UploadedPicture>(new AddPicture((await app.AddOrganization("elsewhere")).Id, SamplePictures.Webp()), default)).Address;
        foreach (var other in new[] { theirs, "https://evil.example/x.png" })
            (await office.PostForm(path, [.. fields, ("picture", other), ("pictureText", "Lamps in a row")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await Schedule()).Sessions.Single().Picture.ShouldBe(picture);
        (await office.PostForm(path, [.. fields, ("picture", picture.Address), ("pictureText", "Lamps"), ("noPicture", "true")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await Schedule()).Sessions.Single().Picture.ShouldBeNull();

        var room = (await Schedule()).Rooms.Single();
        (string, string)[] its = [("id", room.Id.ToString()), ("name", room.Name), ("places", "120"), ("what", room.Description)];
        (await office.Upload(Path + "/rooms?handler=Room", its, "quay.png", SamplePictures.Png())).Html.ShouldContain($"id=\"pictureText-{room.Id:N}-e\"");
        (await office.Upload(Path + "/rooms?handler=Room", [.. its, ("pictureText", "The quay at night")], "quay.png", SamplePictures.Png())).Status.ShouldBe(HttpStatusCode.SeeOther);
        await Import("How lamps were lit");
        await Shows();
        (await reader.Get($"{show.Path}/rooms/{room.Slug}")).Html.ShouldContain("alt=\"The quay at night\"");
    }

    /// <summary>A speaker made by hand had a name and nothing else, could never sign in, and nobody could erase one; labels could not be removed.</summary>
    [Fact]
    public async Task A_speaker_gets_words_picture_and_address_signs_in_and_is_erased()
    {
        await Open();
        (await Keep("How lamps were lit", "2027-05-01T10:00", ("speakers", "Ines Duarte"), ("track", (await Schedule()).Tracks[0].Id.ToString()))).Status.ShouldBe(HttpStatusCode.SeeOther);
        var ines = (await Schedule()).Speakers.Single();
        (await office.Get(Path + "/speakers?q=inès")).Text.ShouldContain("How lamps were lit");
        (await office.Get(Path + "/speakers?q=nobody")).Text.ShouldContain("Nobody found");
        var path = $"{Path}/speakers/{ines.Id}";
        (string, string)[] fields = [("name", "Ines Duarte"), ("role", "Lamplighter"), ("biography", "Lights **all** of them."), ("links", "Her page https://ines.example/"), ("known", "1")];
        var wrong = await office.PostForm(path, [.. fields, ("email", "not an address")]);
        (wrong.Status, wrong.Html.Contains("value=\"Lamplighter\"", StringComparison.Ordinal), wrong.Text.Contains("Enter an email address like", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true, true));
        (await office.Upload(path, [.. fields, ("email", "ines@lamps.example"), ("pictureText", "Ines with a ladder")], "ines.png", SamplePictures.Png())).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await office.PostForm(path, [.. fields, ("email", "")])).Text.ShouldContain("has changed this speaker since");
        await Shows();
        using var reader = app.Browser();
        var page = await reader.Get($"{show.Path}/speakers/{ines.Slug}");
        (page.Text.Contains("Lamplighter", StringComparison.Ordinal), page.Html.Contains("alt=\"Ines with a ladder\"", StringComparison.Ordinal), page.Html.Contains("lamps.example", StringComparison.Ordinal)).ShouldBe((true, true, false));
        using var speaker = await app.SignedInAttendee(show, "ines@lamps.example");
        (await app.Attendee(show, "ines@lamps.example"))!.ToAttendee().Roles.ShouldBe([App.Features.Registration.Contracts.AttendeeRole.Speaker]);
        (await app.Db.QueryFirst<long>("select count(*) from events where data::text like '%ladder%' or data::text like '%lamps.example%' or data::text like '%Lamplighter%'", default)).ShouldBe(0);

        // The same file is a room's picture too: it has its own address, and no other form takes a portrait's.
        var former = (await Schedule()).Speakers.Single().Portrait!.Address;
        var room = (await Schedule()).Rooms.Single();
        (string, string)[] its = [("id", room.Id.ToString()), ("name", room.Name), ("places", "120"), ("what", room.Description), ("pictureText", "A ladder")];
        (await office.Upload(Path + "/rooms?handler=Room", its, "ines.png", SamplePictures.Png())).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await office.PostForm(Path + "/rooms?handler=Room", [.. its, ("picture", former)])).Status.ShouldBe(HttpStatusCode.SeeOther);
        var rooms = (await Schedule()).Rooms.Single().Picture!.Address;
        rooms.ShouldNotBe(former);

        // Another picture takes the place of the former, of which nothing is left.
        (await office.Upload(path, [.. fields[..^1], ("known", "2"), ("email", "ines@lamps.example"), ("pictureText", "Ines with a lamp")], "ines.png", SamplePictures.Png())).Status.ShouldBe(HttpStatusCode.SeeOther);
        var picture = (await Schedule()).Speakers.Single().Portrait!.Address;
        (await Kept(former), await Kept(picture), await Kept(rooms)).ShouldBe((false, true, true));

        (await office.Get(path + "?erasing=true")).Text.ShouldContain("Erase Ines Duarte for good?");
        (await office.PostForm(path + "?handler=Erase", [])).Status.ShouldBe(HttpStatusCode.SeeOther);
        await app.Get<App.Features.Registration.Roster>().Compare((await app.Get<App.Features.Events.Contracts.EventCatalogue>().Find(show.EventId))!, default);
        (await Kept(picture), await Kept(rooms), (await app.Attendee(show, "ines@lamps.example"))?.HasAccess).ShouldBe((false, true, false));
        (await office.Get(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await office.Get(Path + "/speakers")).Text.ShouldContain("Nobody yet");
        ((await Schedule()).Speakers.Length, await app.Db.QueryFirst<long>("select count(*) from doc_speaker where data::text like '%Duarte%'", default)).ShouldBe((0, 0L));

        var track = (await Schedule()).Tracks.Single();
        var asked = await office.PostForm(Path + "/rooms?handler=RemoveLabel", [("id", track.Id.ToString())]);
        (asked.Status, asked.Text.Contains("Light is on 1 session.", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        (await office.PostForm(Path + "/rooms?handler=RemoveLabel", [("id", track.Id.ToString()), ("used", "1")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        ((await Schedule()).Tracks.Length, (await Schedule()).Sessions.Single().Track).ShouldBe((0, null));

        Task<bool> Kept(string address) => app.Db.QueryFirst<bool>("select exists (select from events_pictures where '/pictures/' || id = $1)", default, address);
    }

    /// <summary>plaza.md row 29: the map was a drawing of its own; nothing led from a session to its room on it, nor back.</summary>
    [Fact]
    public async Task Rooms_are_put_on_a_plan_and_the_map_says_what_is_on_in_them()
    {
        var began = app.Clock.Now;
        await Open();
        await Keep("How lamps were lit", "2027-05-01T10:00");
        await Keep("Wicks", "2027-05-01T12:00");
        var (map, room) = (Path + "/map", (await Schedule()).Rooms[0]);
        (await office.Get(map)).Text.ShouldContain("The first plan");
        (await office.PostForm(map + "?handler=Plan", [("name", "Ground floor")])).Text.ShouldContain("Choose a picture first.");
        var unsaid = await office.Upload(map + "?handler=Plan", [("name", "Ground floor")], "plan.png", SamplePictures.Png());
        (unsaid.Status, unsaid.Html.Contains("value=\"Ground floor\"", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        (await office.PostForm(map + "?handler=Plan", [("name", "Ground floor"), ("picture", Picture(unsaid.Html)), ("pictureText", "Two halls and a corridor")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        var plan = (await Schedule()).Plans.Single();

        var off = await office.PostForm(map + "?handler=Spot", [("plan", plan.Id.ToString()), ("what", room.Id.ToString()), ("x", "120"), ("y", "33,3")]);
        (off.Status, off.Text.Contains("Click on the plan, or type percents from 0 to 100.", StringComparison.Ordinal), off.Html.Contains("value=\"33,3\"", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true, true));
        (await office.PostForm(map + "?handler=Spot", [("plan", plan.Id.ToString()), ("what", room.Id.ToString()), ("x", "20.5"), ("y", "33,3")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await office.PostForm(map + "?handler=Spot", [("plan", plan.Id.ToString()), ("what", "Food"), ("label", "Café"), ("x", "50"), ("y", "50")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await office.PostForm(map + "?handler=Spot", [("plan", plan.Id.ToString()), ("what", "Lift"), ("x", "60"), ("y", "50")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        plan = (await Schedule()).Plans.Single();
        plan.Spots.Select(s => (s.Room?.Name, s.Kind, s.X, s.Y)).ShouldBe([("Quay", SpotKind.Room, 205, 333), (null, SpotKind.Food, 500, 500), (null, SpotKind.Lift, 600, 500)]);

        await Shows();
        app.Clock.Now = (await Schedule()).Sessions.Single(s => s.Title == "How lamps were lit").First!.Start.AddMinutes(5);
        using var reader = app.Browser();
        var page = await reader.Get(show.Path + "/map");
        foreach (var words in new[] { "Ground floor", "Café", "Food and drink", "Lift", "How lamps were lit", "Wicks" }) page.Text.ShouldContain(words);
        page.Html.ShouldContain("alt=\"Two halls and a corridor\"");
        System.Text.RegularExpressions.Regex.Match(page.Html, "<a class=\"mark-room on\"[^>]*>").Value.ShouldSatisfyAllConditions(m => m.ShouldContain("id=\"room-quay\""), m => m.ShouldContain($"href=\"{show.Path}/rooms/quay\""), m => m.ShouldContain("How lamps were lit"), m => m.ShouldContain("Wicks"));
        foreach (var path in new[] { "/rooms/quay", "/schedule/how-lamps-were-lit" }) (await reader.Get(show.Path + path)).Html.ShouldContain($"href=\"{show.Path}/map#room-quay\"");
        app.Clock.Now = app.Clock.Now.AddMinutes(60);
        (await reader.Get(show.Path + "/map")).Html.ShouldContain("<a class=\"mark-room\"");

        app.Clock.Now = began; // or the sign-in would have ended meanwhile
        (await office.PostForm(map + "?handler=RemoveSpot", [("spot", room.Id.ToString())])).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await Schedule()).Plans.Single().Spots.ShouldAllBe(x => x.Room == null);
        (await office.PostForm(map + "?handler=RemovePlan", [("plan", plan.Id.ToString())])).Status.ShouldBe(HttpStatusCode.SeeOther);
        await Shows();
        (await reader.Get(show.Path + "/map")).Text.ShouldContain("No plan yet");
        (await reader.Get(show.Path + "/rooms/quay")).Html.ShouldNotContain("/map#");
    }

    [Fact]
    public async Task Dragging_moves_a_slot_and_answers_with_what_no_longer_fits()
    {
        await Open();
        await Keep("One", "2027-05-01T10:00");
        await Keep("Two", "2027-05-01T12:00");
        var (schedule, two) = (await Schedule(), (await Schedule()).Sessions.Single(s => s.Title == "Two"));
        await office.Get(Path);
        var answer = await office.PostForm($"{Path}?handler=Move&day=2027-05-01", [("session", two.Id.ToString()), ("slot", two.Slots[0].Id.ToString()), ("room", schedule.Rooms[0].Id.ToString()), ("minute", "615")]);
        (answer.Status, answer.Text.Contains("One thing doesn’t fit", StringComparison.Ordinal), answer.Text.Contains("Two is moved.", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true, true));
        (await Schedule()).Session(two.Id)!.Slots[0].Start.ShouldBe(new DateTimeOffset(2027, 5, 1, 10, 15, 0, TimeSpan.Zero).AddHours(-(await Schedule()).Zone.GetUtcOffset(new DateTime(2027, 5, 1, 12, 0, 0)).TotalHours));
        (await office.PostForm($"{Path}?handler=Move&day=2027-05-01", [("session", Guid.NewGuid().ToString()), ("slot", two.Slots[0].Id.ToString()), ("minute", "615")])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task An_import_is_looked_at_before_it_is_done_and_a_bad_file_changes_nothing()
    {
        await office.Get(Path + "/import");
        var file = System.Text.Encoding.UTF8.GetBytes(Samples.Json(Samples.Event()));
        var preview = await office.Upload(Path + "/import", [("deed", "preview")], "lantern.json", file);
        preview.Text.ShouldContain("What it would do");
        preview.Text.ShouldContain("1 sessions in 1 rooms");
        (await app.Get<ScheduleCatalogue>().FindFresh(show.EventId, default)).ShouldBeNull();
        (await office.Upload(Path + "/import", [("deed", "apply")], "lantern.json", file)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await Schedule()).Sessions.Length.ShouldBe(1);
        var refused = await office.Upload(Path + "/import", [("deed", "apply")], "lantern.json", file[..^40]);
        (refused.Status, refused.Text.Contains("The file is broken or cut off", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        (await Schedule()).Sessions.Length.ShouldBe(1);
        (await office.Get(Path + "/import")).Text.ShouldContain("1 added");
        (await office.PostForm(Path + "/import", [("deed", "preview"), ("address", "/etc/passwd")])).Text.ShouldContain("An address that begins with https://");
    }
}
