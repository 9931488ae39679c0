using App.Infrastructure.Store;

namespace App.Tests.Infrastructure.Store;

public sealed class GatheringTests
{
    readonly Gathering gathering = new();

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Who_comes_when_few_do_is_not_kept_waiting(int before)
    {
        gathering.Took(before);
        gathering.Wait(() => 1).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void As_many_as_in_the_last_batch_go_at_once()
    {
        gathering.Took(30);
        gathering.Wait(() => 30).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_batch_waits_until_as_many_are_there_again()
    {
        var (there, asked) = (5, 0);
        gathering.Took(30);
        await gathering.Wait(() => ++asked == 2 ? there = 30 : there);
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task A_batch_waits_no_longer_when_fewer_come()
    {
        gathering.Took(30);
        var waited = gathering.Wait(() => 3);
        waited.IsCompleted.ShouldBeFalse();
        await waited;
    }
}
