using System.Text.RegularExpressions;
using App.Features.Events.Contracts;
using App.Features.Registration;
using App.Features.Schedule.Import;
using App.Infrastructure.Mail;
using App.Infrastructure.Store;
using App.Tests.Features.Schedule;
using App.Tests.Support;

namespace App.Tests.Features.Registration;

/// <summary>A conference with a schedule, and what its people do.</summary>
static partial class Conferences
{
    public static async Task<Show> AddConference(this AppHost app)
    {
        var show = await app.AddShow();
        await app.Get<ScheduleImports>().Upload(show.EventId, "lantern.json", System.Text.Encoding.UTF8.GetBytes(Samples.Pentabarf), "test", false, false, default);
        await Eventually.Is(async () => await app.Get<EventCatalogue>().Find(show.EventId) is { Kind: EventKind.Conference });
        await app.HandleDueMessages();
        return show;
    }

    public static Task<AttendeeCard?> Attendee(this AppHost app, Show show, string email) => AttendeeCard.Find(show.EventId, email, app.Db, default);

    /// <summary>Asks, waits for the mail and answers what it says; null: none came.</summary>
    public static async Task<(string Link, string Code)?> AskForLink(this AppHost app, Browser browser, Show show, string email)
    {
        var before = app.Mails.Count;
        var page = await browser.PostForm(show.Path + "/sign-in", ("email", email));
        page.Status.ShouldBe(System.Net.HttpStatusCode.Redirect, page.Text);
        await app.HandleDueMessages();
        return app.Mails.Skip(before).LastOrDefault(m => m.Key.StartsWith("sign-in.", StringComparison.Ordinal)) is { } mail ? Read(mail) : null;
    }

    public static (string Link, string Code) Read(Mail mail) =>
        (new Uri(Link().Match(mail.Text).Value).AbsolutePath, Code().Match(mail.Text).Groups["code"].Value);

    /// <param name="later">After a quarter of an hour: three links are all that an address gets in one.</param>
    /// <param name="language">Of the pages where they ask.</param>
    public static async Task<Browser> SignedInAttendee(this AppHost app, Show show, string email, bool sell = false, bool later = false, string? language = null)
    {
        if (sell) await app.Sell(show, name: "Unique Person", email: email);
        if (later) app.Clock.Now += SignInAllowance.Window;
        var browser = app.Browser();
        if (language is not null) browser.Headers["Accept-Language"] = language;
        var (link, _) = (await app.AskForLink(browser, show, email)).ShouldNotBeNull();
        (await browser.PostForm(link)).Status.ShouldBe(System.Net.HttpStatusCode.Redirect);
        return browser;
    }

    public static async Task<IReadOnlyList<object>> Facts(this AppHost app, Guid stream)
    {
        var types = app.Get<StoredTypes>();
        await using var command = app.Db.Command("select type, data from events where stream = $1 order by version", stream);
        await using var rows = await command.ExecuteReaderAsync();
        var facts = new List<object>();
        while (await rows.ReadAsync()) facts.Add(types.Read(StoredKind.Fact, rows.GetString(0), rows.GetFieldValue<byte[]>(1))!);
        return facts;
    }

    [GeneratedRegex(@"http\S+/sign-in/\S+")]
    private static partial Regex Link();

    [GeneratedRegex(@"Code: (?<code>\d{3} \d{3})")]
    private static partial Regex Code();
}
