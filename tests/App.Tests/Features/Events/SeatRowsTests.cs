using App.Features.Events;

namespace App.Tests.Features.Events;

public sealed class SeatRowsTests
{
    [Theory]
    [InlineData("A 1-3", "A 1|A 2|A 3")]
    [InlineData("B 08-11", "B 08|B 09|B 10|B 11")]
    [InlineData("Box 3 1-2, 6", "Box 3 1|Box 3 2|Box 3 6")]
    [InlineData("A 1 - 2\n\n  C 5  ", "A 1|A 2|C 5")]
    [InlineData("A 1–2", "A 1|A 2")]
    public void Rows_are_read_as_people_write_them(string text, string seats)
    {
        var rows = SeatRows.Read(text);
        rows.Faults.ShouldBeEmpty();
        rows.Seats.ShouldBe(seats.Split('|'));
    }

    [Theory]
    [InlineData("A 1-3\nrubbish", 2, "write a row and its numbers, like A 1-20")]
    [InlineData("A 3-1", 1, "write a row and its numbers, like A 1-20")]
    [InlineData("A 1-x", 1, "write a row and its numbers, like A 1-20")]
    [InlineData("1-20", 1, "write a row and its numbers, like A 1-20")]
    [InlineData("A 1-4\nB 1\nA 4-6", 3, "A 4 stands in line 1 too")]
    [InlineData("A 1, 1", 1, "A 1 stands there twice")]
    [InlineData("A 1-3000\nB 1-3000", 2, "up to here there are more than 5,000 seats; spread them over several kinds")]
    public void What_is_not_understood_is_said_by_line(string text, int line, string message) => SeatRows.Read(text).Faults.ShouldHaveSingleItem().ShouldBe((line, message));

    [Theory]
    [InlineData("A 1-20\nB 1-18")]
    [InlineData("A 01-24\nBox 3 1-4, 6")]
    [InlineData("A 9-12")]
    [InlineData("Loge 7")]
    public void They_are_written_back_as_they_were_typed(string text) => SeatRows.Write(SeatRows.Read(text).Seats).ShouldBe(text);

    [Fact]
    public void Seats_with_other_names_are_written_one_a_line() => SeatRows.Write(["Throne", "A1"]).ShouldBe("Throne\nA1");
}
