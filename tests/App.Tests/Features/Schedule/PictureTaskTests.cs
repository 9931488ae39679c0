using App.Features.Schedule;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Edit;
using App.Features.Schedule.Import;
using App.Infrastructure;
using App.Infrastructure.Vendors.Pretalx;
using App.Infrastructure.Web;

namespace App.Tests.Features.Schedule;

/// <summary>Which picture of a source's is brought next, what of an organizer's own stays, and where pictures may come from.</summary>
public sealed class PictureTaskTests
{
    static readonly DateTimeOffset Now = Samples.Now;
    static readonly SchedulePicture Theirs = new("/pictures/theirs.png", "", 960, 600), Ours = new("/pictures/ours.png", "Lamps in a row", 1600, 1000);

    static House Lamps()
    {
        var house = new House();
        house.Import(Samples.Json(Samples.Event(more: """, "logo": "https://pretalx.example/lamps.png" """), Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "Night walk", "2027-05-01T12:00:00+01:00", more: """, "logo": "https://pretalx.example/walk.png" """)));
        return house;
    }

    static PictureTask? Next(House house, bool wanted = true, DateTimeOffset? at = null, params BroughtPicture[] had) => PictureTask.Next(house.State, house.Words.Values, wanted, had, at ?? Now);

    static BroughtPicture Had(Session session, string? fault = null, string? address = null, int hours = 0) =>
        new(session.Id, Samples.ConferenceId, false, address ?? session.Details.Image, Now.AddHours(-hours), FileMark.None, fault is null ? Theirs : null, fault);

    [Fact]
    public void Each_is_brought_once_and_looked_at_again_a_day_later_or_when_its_address_is_another()
    {
        var house = Lamps();
        var (lamps, walk) = (house.Session("How lamps were lit"), house.Session("Night walk"));
        Next(house, had: Had(lamps))!.Of.ShouldBe(walk.Id);
        Next(house, had: [Had(lamps), Had(walk)]).ShouldBeNull();
        Next(house, had: [Had(lamps, hours: 25), Had(walk, hours: 23)])!.Of.ShouldBe(lamps.Id);
        Next(house, had: [Had(lamps), Had(walk, address: "https://pretalx.example/old.png")])!.Address.ShouldBe("https://pretalx.example/walk.png");
    }

    [Fact]
    public void What_could_not_be_had_is_tried_again_after_hours_and_holds_up_nothing_else()
    {
        var house = Lamps();
        var (lamps, walk) = (house.Session("How lamps were lit"), house.Session("Night walk"));
        Next(house, had: Had(lamps, "Gone."))!.Of.ShouldBe(walk.Id);
        Next(house, had: [Had(lamps, "Gone.", hours: 5), Had(walk)]).ShouldBeNull();
        Next(house, had: [Had(lamps, "Gone.", hours: 7), Had(walk)])!.Of.ShouldBe(lamps.Id);
    }

    [Fact]
    public void What_nobody_wants_any_more_goes_first()
    {
        var house = Lamps();
        var lamps = house.Session("How lamps were lit");
        Next(house, wanted: false, had: Had(lamps)).ShouldBe(new PictureTask(lamps.Id, false, null, Had(lamps)));
        Next(house, wanted: false).ShouldBeNull();
    }

    [Fact]
    public void An_organizers_own_picture_comes_first_and_the_sources_comes_again_when_it_is_taken_away()
    {
        var house = Lamps();
        var (lamps, walk) = (house.Session("How lamps were lit"), house.Session("Night walk"));
        void Keep(SchedulePicture? picture) => house.Append([.. KeepPicture.Decide(lamps.Id, picture, house.State, Now)]);
        house.Append(new PictureSet(lamps.Id, Theirs, Now, Brought: true));
        Keep(Theirs);
        house.State.BroughtPictures.ShouldContain(lamps.Id, "a form that changes nothing changes nothing, though nobody has said what it shows");
        Should.Throw<Refused>(() => Keep(Ours with { Alt = "" })).Key.ShouldBe("schedule.picture-without-words");

        Keep(Ours);
        Next(house, had: [Had(lamps), Had(walk)])!.Address.ShouldBeNull("what was brought isn't wanted any more");
        Next(house, had: [Had(walk)]).ShouldBeNull();
        Keep(null);
        Next(house, had: [Had(walk)])!.Of.ShouldBe(lamps.Id);

        house.Append(new PictureSet(lamps.Id, Theirs, Now, Brought: true));
        Keep(null);
        (house.State.Pictures.ContainsKey(lamps.Id), Next(house, had: [Had(walk)])).ShouldBe((false, null), "who takes the source's away doesn't find it there tomorrow");
    }

    [Theory]
    [InlineData("https://pretalx.example/media/a.png", true)]
    [InlineData("https://PRETALX.example/media/a.png", true)]
    [InlineData("https://files.lantern.example/a.png", true)]
    [InlineData("http://pretalx.example/media/a.png", false)]
    [InlineData("https://pretalx.example:8443/media/a.png", false)]
    [InlineData("https://evil-pretalx.example/a.png", false)]
    [InlineData("https://a.files.lantern.example/a.png", false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("file:///etc/passwd", false)]
    public void Pictures_come_by_https_from_Pretalx_and_the_hosts_that_are_named(string address, bool may) =>
        new PretalxOptions { BaseUrl = new("https://pretalx.example"), PictureHosts = ["files.lantern.example"] }.HasPicture(new(address)).ShouldBe(may);

    [Theory]
    [InlineData("http://127.0.0.1:5211/media/a.png", true)]
    [InlineData("http://127.0.0.1:5432/", false)]
    [InlineData("http://localhost:5211/media/a.png", false)]
    public void Without_https_only_exactly_where_the_API_is(string address, bool may) => new PretalxOptions { BaseUrl = new("http://127.0.0.1:5211") }.HasPicture(new(address)).ShouldBe(may);
}
