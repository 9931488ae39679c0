using App.Features.Live;

namespace App.Tests.Features.Live;

public sealed class PeopleSketchTests
{
    static ulong[] People(int from, int count)
    {
        var random = new Random(7);
        var all = Enumerable.Range(0, from + count).Select(_ => unchecked((ulong)random.NextInt64() * 2)).ToArray();
        return all[from..];
    }

    [Fact]
    public void Few_people_are_counted_exactly_also_those_who_are_at_two_processes() =>
        PeopleSketch.Count([PeopleSketch.Of(People(0, 300)), PeopleSketch.Of(People(200, 300))], 300).ShouldBe(500);

    [Fact]
    public void Many_people_are_counted_within_a_tenth()
    {
        var counted = PeopleSketch.Count([PeopleSketch.Of(People(0, 30_000)), PeopleSketch.Of(People(20_000, 30_000))], 30_000);
        ((double)counted).ShouldBe(50_000, 5_000);
    }

    [Fact]
    public void One_process_alone_knows_exactly() => PeopleSketch.Count([PeopleSketch.Of(People(0, 9_999))], 9_999).ShouldBe(9_999);

    [Fact]
    public void A_sketch_of_a_multitude_stays_small() => PeopleSketch.Of(People(0, 100_000)).Length.ShouldBe(8 * 1024);
}
