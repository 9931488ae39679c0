using System.Net;
using App.Features.Registration;
using App.Features.Shared;
using App.Tests.Support;

namespace App.Tests.Features.Registration;

/// <summary>How people travel: asked only where the organizer wants to know, answered only by who likes, shown only as sums (plaza.md §1, 35).</summary>
public sealed class TravelTests : WithInes
{
    [Fact]
    public async Task Nobody_is_asked_until_the_organizer_asks_and_stopping_takes_the_answers_away()
    {
        using var browser = await App.SignedInAttendee(Show, Ines);
        (await browser.Get(Profile)).Text.ShouldNotContain("How you come");
        (await browser.PostForm(Profile + "?handler=travel", ("travelBy", "Train"), ("travelFar", "Country"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        using var office = await App.SignedIn(Show.OrganizationId, StaffRole.Promoter);
        (await office.PostForm(Office + "?handler=travel", ("ask", "true"))).Location.ShouldBe(Office);
        (await browser.PostForm(Profile + "?handler=travel", ("travelBy", "Train"))).Text.ShouldContain("Choose both, or neither");
        (await browser.PostForm(Profile + "?handler=travel", ("travelBy", "Train"), ("travelFar", "Country"))).Location.ShouldBe(Profile + "#t-t");
        (await App.Attendee(Show, Ines))!.Travel.ShouldBe(new Travel(TravelBy.Train, TravelFar.Country));
        (await browser.Get(Profile)).Text.ShouldContain("That is about 28 kg of CO₂, there and back.");
        (await browser.Get(Profile + "?handler=export")).Html.ShouldContain("\"Country\"");

        // What one person said is told to nobody.
        var page = await office.Get(Office);
        page.Text.ShouldContain("1 answer so far.");
        page.Text.ShouldNotContain("Train");
        (await office.Get(Office + "?stopping=true")).Text.ShouldContain("Stop asking and delete 1 answer");
        (await office.PostForm(Office + "?handler=travel", ("ask", "false"))).Location.ShouldBe(Office);
        (await App.Attendee(Show, Ines))!.Travel.ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_is_taken_back_by_saying_nothing()
    {
        await App.Bus.InvokeAsync(new AskAboutTravel(Show.EventId, true), default);
        using var browser = await App.SignedInAttendee(Show, Ines);
        await browser.PostForm(Profile + "?handler=travel", ("travelBy", "Plane"), ("travelFar", "Beyond"));
        (await TravelFigures.Of(Show.EventId, App.Db, default)).Answers.ShouldBe(1);
        await browser.PostForm(Profile + "?handler=travel", ("travelBy", ""), ("travelFar", ""));
        (await TravelFigures.Of(Show.EventId, App.Db, default)).Answers.ShouldBe(0);
        (await App.Facts((await App.Attendee(Show, Ines))!.Id)).Count.ShouldBe(2, "no fact says how anybody travels");
    }

    [Fact]
    public async Task The_page_for_the_organizer_has_sums_once_nobody_can_be_found_in_them()
    {
        await App.Bus.InvokeAsync(new AskAboutTravel(Show.EventId, true), default);
        var all = new List<AttendeeCard> { (await App.Attendee(Show, Ines))! };
        for (var i = 1; i < 6; i++)
        {
            await App.Bus.InvokeAsync(new InviteAttendee(Show.EventId, $"guest{i}@example.org", $"Guest {i}"), default);
            all.Add((await App.Attendee(Show, $"guest{i}@example.org"))!);
        }
        for (var i = 0; i < all.Count; i++) await App.Bus.InvokeAsync(new SayTravel(all[i].Id, i < 3 ? new(TravelBy.Train, TravelFar.Country) : new(TravelBy.Plane, TravelFar.Beyond)), default);
        using var office = await App.SignedIn(Show.OrganizationId, StaffRole.Promoter);
        var page = (await office.Get(Office)).Text;
        foreach (var words in new[] { "6 of 6 people have said how they come", "5,934 kg of CO₂", "Train, tram or underground 3 50 % 84", "Plane 3 50 % 5,850" }) page.ShouldContain(words);
    }

    [Fact]
    public void Ways_that_few_people_take_stand_together_and_never_alone()
    {
        TravelFigures.Of([(new(TravelBy.Train, TravelFar.Country), 4)]).Rows.ShouldBeEmpty();
        TravelFigures.Of([(new(TravelBy.Train, TravelFar.Country), 9), (new(TravelBy.Car, TravelFar.Region), 4), (new(TravelBy.Plane, TravelFar.Beyond), 1)]).Rows.Select(r => (r.By, r.People)).ShouldBe([(TravelBy.Train, 9), (null, 5)]);
        TravelFigures.Of([(new(TravelBy.Train, TravelFar.Country), 9), (new(TravelBy.Foot, TravelFar.Nearby), 2), (new(TravelBy.Plane, TravelFar.Beyond), 1)]).Rows.Select(r => (r.By, r.People)).ShouldBe([(TravelBy.Train, 9), (null, 3)]);
    }
}
