using System.Net;
using System.Text;
using System.Text.Json;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
using App.Tests.Features.Registration;
using App.Tests.Support;

namespace App.Tests.Features.Schedule.Mine;

/// <summary>Following a speaker, through HTTP: on a device, taken along by a sign-in, told of what is new, forgotten with the person.</summary>
public sealed class FollowSpeakerTests : IAsyncLifetime
{
    static readonly string[] All = [Event(1, "How lamps were lit", "10:00"), Event(2, "How lamps go out", "11:00"), Event(3, "Lamps at sea", "12:00"), Event(4, "Lamps in the snow", "13:00"), Event(5, "No lamp at all", "15:00")];
    AppHost app = null!;
    Show show = null!;

    string Mine => show.Path + "/my-schedule";

    static string Event(int n, string title, string time) => Samples.Event($"aaaaaaaa-0000-4000-8000-0000000000{n:00}", title, $"2027-05-01T{time}:00+01:00");

    public async Task InitializeAsync()
    {
        app = await AppHost.Start();
        show = await app.AddShow(slug: "lantern", title: "Lantern Days");
        await Import(2);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    /// <summary>The schedule with its first sessions; all are Ada Quill's.</summary>
    async Task Import(int count)
    {
        await app.Get<ScheduleImports>().Upload(show.EventId, "lantern.json", Encoding.UTF8.GetBytes(Samples.Json(All[..count])), "test", false, false, default);
        await Eventually.Is(async () => (await app.Get<ScheduleCatalogue>().Find(show.EventId))?.Sessions.Length == count && (await app.Get<App.Features.Events.Contracts.EventCatalogue>().Find(show.EventId))!.Kind == App.Features.Events.Contracts.EventKind.Conference);
        await app.HandleDueMessages();
    }

    async Task<ConferenceSchedule> Schedule() => (await app.Get<ScheduleCatalogue>().Find(show.EventId))!;
    async Task<string> Ada() => (await Schedule()).Speakers.Single(s => s.Name == "Ada Quill").Id.ToString();

    async Task Press(Browser browser, string deed, string field, string value)
    {
        (await browser.Post($"{Mine}?handler={deed}", [(field, value)])).Status.ShouldBe(HttpStatusCode.SeeOther);
        await app.HandleDueMessages();
    }

    async Task Follow(Browser browser, string deed = "Follow") => await Press(browser, deed, "follow", await Ada());

    /// <summary>Titles on the list, and how many speakers are followed.</summary>
    async Task<string> Kept(Browser browser)
    {
        using var answer = JsonDocument.Parse((await browser.Get(Mine + "/saved.json")).Html);
        var ids = answer.RootElement.GetProperty("saved").EnumerateArray().Select(e => e.GetGuid()).ToArray();
        var titles = (await Schedule()).Sessions.Where(s => ids.Contains(s.Id)).Select(s => s.Title).Order(StringComparer.Ordinal);
        return $"{string.Join(", ", titles)}; {answer.RootElement.GetProperty("followed").GetArrayLength()}";
    }

    [Fact]
    public async Task Their_sessions_come_onto_the_list_now_and_later_and_one_taken_off_it_stays_off()
    {
        using var browser = app.Browser();
        var page = await browser.Get(show.Path + "/speakers/ada-quill");
        (page.Html.Contains($"action=\"{Mine}?handler=Follow\"", StringComparison.Ordinal), page.Text.Contains("All of their sessions go onto your schedule, later ones too.", StringComparison.Ordinal)).ShouldBe((true, true));
        await Follow(browser);
        (await Kept(browser)).ShouldBe("How lamps go out, How lamps were lit; 1");
        (await browser.Get(Mine)).Text.ShouldContain("Speakers you follow");

        await Press(browser, "Unsave", "star", (await Schedule()).Sessions.Single(s => s.Title == "How lamps go out").Id.ToString());
        await Import(3);
        (await Kept(browser)).ShouldBe("How lamps were lit, Lamps at sea; 1");

        await Follow(browser, "Unfollow");
        await Import(4);
        (await Kept(browser)).ShouldBe("How lamps were lit, Lamps at sea; 0");
        (await browser.Get(Mine)).Text.ShouldNotContain("Speakers you follow");
        (await browser.Post($"{Mine}?handler=Follow", [("follow", Guid.NewGuid().ToString())])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_sign_in_takes_it_along_a_new_session_is_told_by_mail_and_with_the_person_it_goes()
    {
        await app.Sell(show, name: "Ada Fan", email: "fan@example.org");
        using var device = app.Browser();
        await Follow(device);
        var (link, _) = (await app.AskForLink(device, show, "fan@example.org")).ShouldNotBeNull();
        (await device.PostForm(link)).Status.ShouldBe(HttpStatusCode.Redirect);
        await app.HandleDueMessages();
        (await Kept(device)).ShouldBe("How lamps go out, How lamps were lit; 1");
        (await app.Db.QueryFirst<long>("select count(*) from doc_speaker_follow", default)).ShouldBe(1, "the attendee's, and no longer the device's");
        var fan = (await app.Attendee(show, "fan@example.org"))!.Id;
        (await app.Db.QueryFirst<Guid>("select person from doc_speaker_follow", default)).ShouldBe(fan);

        (await device.Post(show.Path + "/reminders", [("minutes", "30"), ("byMail", "true")])).Status.ShouldBe(HttpStatusCode.SeeOther);
        await app.HandleDueMessages();
        await Import(3);
        var mail = app.Mails.Where(m => m.Key.StartsWith("change.", StringComparison.Ordinal)).ShouldHaveSingleItem();
        (mail.To, mail.Subject.Contains("Lamps at sea", StringComparison.Ordinal)).ShouldBe(("fan@example.org", true));
        mail.Text.ShouldContain("New, with Ada Quill: Sat 1 May, 12:00, Quay.");

        // At night it waits for the morning, as changes do.
        app.Clock.Now = new(2027, 1, 13, 23, 0, 0, TimeSpan.Zero);
        await Import(4);
        app.Mails.Count(m => m.Key.StartsWith("change.", StringComparison.Ordinal)).ShouldBe(1);
        app.Clock.Now = new(2027, 1, 14, 8, 0, 1, TimeSpan.Zero);
        await app.HandleDueMessages();
        app.Mails.Count(m => m.Key.StartsWith("change.", StringComparison.Ordinal)).ShouldBe(2);

        using var data = JsonDocument.Parse((await device.Get(show.Path + "/profile?handler=export")).Html);
        data.RootElement.GetProperty("followedSpeakers")[0].GetProperty("name").GetString().ShouldBe("Ada Quill");
        await app.Bus.InvokeAsync(new App.Features.Registration.EraseAttendee(fan), default);
        await app.HandleDueMessages();
        (await app.Db.QueryFirst<long>("select count(*) from doc_speaker_follow", default)).ShouldBe(0);
        (await app.Db.FoldFresh<App.Features.Schedule.Mine.MySchedule>(App.Features.Schedule.Mine.MySchedule.StreamOf(show.EventId, fan), default)).State.Followed.ShouldBeEmpty();
    }
}
