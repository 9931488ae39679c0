using App.Features.Content.Package;
using App.Infrastructure.Web;

namespace App.Tests.Features.Content;

public sealed class ConditionTests
{
    static readonly Onlooker Visitor = new(false, [], [], new(2027, 5, 1, 9, 0, 0), Language.English);
    static readonly Onlooker Speaker = Visitor with { SignedIn = true, Roles = ["speaker"], TicketTypes = ["Regular"] };

    [Fact]
    public void What_says_nothing_is_for_everybody()
    {
        Condition.Always.Holds(Visitor).ShouldBeTrue();
        Condition.Always.Holds(Speaker).ShouldBeTrue();
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    public void Signed_in_or_out(bool wanted, bool visitor, bool speaker)
    {
        var condition = Condition.Always with { SignedIn = wanted };
        (condition.Holds(Visitor), condition.Holds(Speaker)).ShouldBe((visitor, speaker));
    }

    [Fact]
    public void One_of_the_roles_is_enough()
    {
        (Condition.Always with { Roles = ["admin", "speaker"] }).Holds(Speaker).ShouldBeTrue();
        (Condition.Always with { Roles = ["admin"] }).Holds(Speaker).ShouldBeFalse();
        (Condition.Always with { Roles = ["speaker"] }).Holds(Visitor).ShouldBeFalse();
    }

    [Fact]
    public void Ticket_types_are_known_by_name()
    {
        (Condition.Always with { TicketTypes = ["regular"] }).Holds(Speaker).ShouldBeTrue();
        (Condition.Always with { TicketTypes = ["Supporter"] }).Holds(Speaker).ShouldBeFalse();
    }

    [Theory]
    [InlineData("08:59", false)]
    [InlineData("09:00", true)]
    [InlineData("17:59", true)]
    [InlineData("18:00", false)]
    public void A_window_opens_with_its_minute_and_is_over_with_its_end(string at, bool holds)
    {
        var day = new DateTime(2027, 5, 1);
        (Condition.Always with { From = day.AddHours(9), Until = day.AddHours(18) }).Holds(Visitor with { Now = day + TimeOnly.Parse(at, System.Globalization.CultureInfo.InvariantCulture).ToTimeSpan() }).ShouldBe(holds);
    }

    [Fact]
    public void Languages_are_those_of_the_page()
    {
        (Condition.Always with { Languages = ["ar", "de"] }).Holds(Visitor with { Language = Language.Find("ar")! }).ShouldBeTrue();
        (Condition.Always with { Languages = ["ar", "de"] }).Holds(Visitor).ShouldBeFalse();
    }

    [Fact]
    public void All_that_is_said_has_to_hold() => (Condition.Always with { SignedIn = true, Roles = ["speaker"], TicketTypes = ["Supporter"] }).Holds(Speaker).ShouldBeFalse();

    [Fact]
    public void One_of_several_and_none_of_one()
    {
        var eitherOr = Condition.Always with { Any = [Condition.Always with { Roles = ["admin"] }, Condition.Always with { TicketTypes = ["Regular"] }] };
        (eitherOr.Holds(Speaker), eitherOr.Holds(Visitor)).ShouldBe((true, false));
        var notSpeakers = Condition.Always with { Not = Condition.Always with { Roles = ["speaker"] } };
        (notSpeakers.Holds(Speaker), notSpeakers.Holds(Visitor)).ShouldBe((false, true));
    }
}
