using App.Infrastructure.Messaging;

namespace App.Tests.Infrastructure.Messaging;

public sealed class MessageClaimsTests
{
    static readonly DateTimeOffset Noon = new(2027, 1, 4, 12, 0, 0, TimeSpan.Zero);
    static readonly WorkerOptions Options = new(1, TimeSpan.FromMinutes(1), TimeSpan.FromHours(24));

    static Message Tried(int tries, int excused, double hoursAgo) => new(Guid.Empty, Lanes.Mail, "", null, [], Noon, tries, null) { Tries = tries, Excused = excused, FailingSince = Noon.AddHours(-hoursAgo) };

    [Theory]
    [InlineData(1, 0, 0, false)]
    [InlineData(500, 499, 23.9, false)] // however often it was
    [InlineData(3, 2, 24, true)]
    public void Who_can_not_be_reached_is_waited_for_by_the_hour(int tries, int excused, double hours, bool givesUp) =>
        MessageClaims.GivesUp(Tried(tries, excused, hours), away: true, Options, Noon).ShouldBe(givesUp);

    [Theory]
    [InlineData(9, 0, false)]
    [InlineData(10, 0, true)]
    [InlineData(40, 31, false)] // those of an outage don't count
    [InlineData(40, 30, true)]
    public void Anything_else_has_ten_tries(int tries, int excused, bool givesUp) =>
        MessageClaims.GivesUp(Tried(tries, excused, 48), away: false, Options, Noon).ShouldBe(givesUp);

    [Fact]
    public void What_never_failed_before_is_not_given_up_for_an_outage_that_began_now() =>
        MessageClaims.GivesUp(Tried(1, 0, 0) with { FailingSince = null }, away: true, Options, Noon).ShouldBeFalse();

    [Fact]
    public void Back_off_doubles_up_to_five_minutes_and_is_spread_over_half_of_it()
    {
        Enumerable.Range(1, 12).Select(tries => MessageClaims.BackOff(tries, 1).TotalSeconds).ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
        for (var tries = 1; tries < 2_000; tries *= 3) MessageClaims.BackOff(tries, 0).ShouldBe(MessageClaims.BackOff(tries, 1) / 2);
    }
}
