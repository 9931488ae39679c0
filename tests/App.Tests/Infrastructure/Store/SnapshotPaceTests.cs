using App.Infrastructure.Store;

namespace App.Tests.Infrastructure.Store;

public sealed class SnapshotPaceTests
{
    [Fact]
    public void A_state_is_written_down_every_five_thousand_facts()
    {
        var pace = new SnapshotPace(2_000);
        pace.IsDue(6_999).ShouldBeFalse();
        pace.IsDue(7_000).ShouldBeTrue();
        pace.IsDue(11_999).ShouldBeFalse();
        pace.IsDue(12_500).ShouldBeTrue();
        pace.IsDue(17_499).ShouldBeFalse();
    }

    [Fact]
    public void A_big_state_is_written_down_as_much_more_rarely()
    {
        var pace = new SnapshotPace(0);
        pace.IsDue(5_000).ShouldBeTrue();
        pace.Took(10_000_000);
        pace.IsDue(54_999).ShouldBeFalse();
        pace.IsDue(55_000).ShouldBeTrue();
        pace.Took(20_000);
        pace.IsDue(60_000).ShouldBeTrue();
    }
}
