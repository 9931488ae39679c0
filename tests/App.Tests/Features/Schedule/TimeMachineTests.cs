using System.Net;
using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Tests.Features.Content;
using App.Tests.Support;

namespace App.Tests.Features.Schedule;

/// <summary>Staff look at their conference's pages as at another moment, and nobody else does.</summary>
public sealed class TimeMachineTests
{
    const string Links = "/schedule/how-lamps-were-lit/join/0", Address = "https://lantern.example/oil", Banner = "You see this page as at Saturday 1 May 2027, 10:10, Lisbon time.";

    [Fact]
    public async Task Another_moment_is_seen_by_whoever_chose_it_and_changes_nothing()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddLantern();
        await app.Bus.InvokeAsync(new RuleSchedule(show.EventId, Links: new(LinkAccess.Everybody, 15, [], false)), default);
        var (session, moment) = (show.Path + "/schedule/how-lamps-were-lit", $"/office/events/{show.EventId}/moment");
        using var promoter = await app.SignedIn(show.OrganizationId, StaffRole.Promoter);
        using var visitor = app.Browser();
        using var stranger = await app.SignedIn((await app.AddOrganization("elsewhere")).Id, StaffRole.Owner);
        await Eventually.Is(async () => !(await visitor.Get(session)).Html.Contains(Links, StringComparison.Ordinal));
        (await visitor.Get(show.Path + "/now")).Text.ShouldNotContain(Banner);

        var wrong = await promoter.PostForm(moment, ("at", "tomorrow"));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Html.ShouldContain("value=\"tomorrow\"");
        (await promoter.PostForm(moment, ("at", "2027-05-01T10:10"), ("back", "//elsewhere.example/"))).Location.ShouldBe(show.Path + "/schedule");
        foreach (var (path, sees) in new[] { ("/now", "How lamps were lit"), ("/schedule/how-lamps-were-lit", "On now"), ("/rooms/quay", "How lamps were lit"), ("/rooms/quay/sign", "How lamps were lit"), ("/home", "How lamps were lit"), ("/schedule", "How lamps were lit"), ("", "Lantern Days") })
        {
            var page = await promoter.Get(show.Path + path);
            page.Text.ShouldContain(Banner, customMessage: path);
            page.Text.ShouldContain(sees, customMessage: path);
            page.Header("Cache-Control").ShouldBe("no-store", path);
        }
        (await promoter.Get(session)).Html.ShouldContain(Links);
        (await promoter.Get(session)).Html.ShouldNotContain(Address);
        (await promoter.Get(session + "/join/0")).Status.ShouldBe(HttpStatusCode.Forbidden, "the door knows what time it is");

        // The cookie is worth nothing in other hands, and what staff saw is kept for nobody.
        var (name, value) = promoter.Cookies.Single(c => c.Key.EndsWith("moment", StringComparison.Ordinal));
        foreach (var other in new[] { visitor, stranger })
            foreach (var has in new[] { false, true })
            {
                if (has) other.Cookies[name] = value;
                var page = await other.Get(session);
                page.Html.ShouldNotContain(Links);
                page.Text.ShouldNotContain(Banner);
            }

        // What is done there is done now.
        (await promoter.PostForm(show.Path + "/my-schedule?handler=Save", ("star", (await app.Get<ScheduleCatalogue>().Find(show.EventId))!.Sessions[0].Id.ToString()))).Status.ShouldBeOneOf(HttpStatusCode.Redirect, HttpStatusCode.SeeOther, HttpStatusCode.OK);
        await app.HandleDueMessages();
        (await app.Db.QueryFirst<long>("select count(*) from events where type = 'session-saved' and data->>'at' like '2027-01-12%'", default)).ShouldBe(1);

        (await promoter.PostForm(moment + "?handler=now", ("back", session))).Location.ShouldBe(session);
        (await promoter.Get(session)).Text.ShouldNotContain(Banner);
        (await promoter.Get(session)).Html.ShouldNotContain(Links);
    }
}
