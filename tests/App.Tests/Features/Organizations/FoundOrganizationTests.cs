using App.Features.Organizations;
using App.Features.Organizations.Contracts;
using App.Infrastructure;

namespace App.Tests.Features.Organizations;

public sealed class FoundOrganizationTests
{
    static readonly Guid Id = new("01890000-0000-7000-8000-000000000001"), Other = new("01890000-0000-7000-8000-000000000002");
    static readonly FoundOrganization Lantern = new("lantern-house", " Lantern House ", "ada@example.org", null, null, 212, null);

    static void Refuses(string key, FoundOrganization command, OrganizationCard? known = null, bool hasMembers = false) =>
        Should.Throw<Refused>(() => FoundOrganizationHandler.Decide(command, known, hasMembers, Id)).Key.ShouldBe(key);

    [Fact]
    public void What_is_left_out_follows_from_its_owner() =>
        FoundOrganizationHandler.Decide(Lantern, null, hasMembers: false, Id).ShouldBe(new OrganizationCard(Id, "lantern-house", "Lantern House", 212, 0.1, "ada@example.org", "", null));

    [Fact]
    public void What_is_said_stands_there() =>
        FoundOrganizationHandler.Decide(Lantern with { Contact = "box@example.org", Address = "Quay 1", Hue = 360, StripeAccount = "acct_1" }, null, hasMembers: false, Id).ShouldBe(new OrganizationCard(Id, "lantern-house", "Lantern House", 360, 0.1, "box@example.org", "Quay 1", "acct_1"));

    [Theory, InlineData(""), InlineData("l"), InlineData("Lantern"), InlineData("lantern house"), InlineData("-lantern"), InlineData("lantern/house"), InlineData("a23456789-123456789-123456789-123456789-123456789-123456789-1")]
    public void A_short_name_is_one_that_addresses_can_have(string slug) => Refuses("organizations.bad-slug", Lantern with { Slug = slug });

    [Theory, InlineData(""), InlineData("ada"), InlineData("ada@")]
    public void An_owner_can_be_written_to(string owner) => Refuses("organizations.bad-email", Lantern with { Owner = owner });

    [Theory, InlineData(-1), InlineData(361)]
    public void A_colour_is_on_the_circle(int hue) => Refuses("organizations.bad-hue", Lantern with { Hue = hue });

    [Fact]
    public void A_name_with_people_behind_it_is_taken_and_one_with_nobody_yet_is_gone_on_with()
    {
        var known = FoundOrganizationHandler.Decide(Lantern, null, hasMembers: false, Other);
        Refuses("organizations.slug-taken", Lantern, known, hasMembers: true);
        FoundOrganizationHandler.Decide(Lantern with { Name = "Lamps" }, known, hasMembers: false, Id).ShouldBe(known with { Name = "Lamps" });
    }
}
