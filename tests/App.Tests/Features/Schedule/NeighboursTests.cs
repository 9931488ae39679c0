using System.Text;
using System.Text.RegularExpressions;
using App.Features.Schedule.Import;
using App.Tests.Features.Content;
using App.Tests.Support;

namespace App.Tests.Features.Schedule;

/// <summary>A session's page leads to what is on in its room before it and after it.</summary>
public sealed class NeighboursTests
{
    static string Event(int number, string title, string clock) => Samples.Event($"aaaaaaaa-0000-4000-8000-00000000000{number}", title, $"2027-05-01T{clock}:00+01:00");

    // Written where the next event of the one room would stand.
    static string Elsewhere(string last, string inLoft) => last + "], \"Loft\": [ " + inLoft.Replace("\"room\": \"Quay\"", "\"room\": \"Loft\"", StringComparison.Ordinal);

    [Fact]
    public async Task A_session_leads_to_the_one_before_and_after_it_in_its_room_and_past_one_that_was_called_off()
    {
        var (lit, oil, walk, far) = (Event(1, "How lamps were lit", "10:00"), Event(2, "Oil and gas", "12:00"), Event(3, "Night walk", "15:00"), Event(4, "Far away", "11:00"));
        await using var app = await AppHost.Start();
        var show = await app.AddLantern(walk, lit, Elsewhere(oil, far)); // in no order of the day
        using var browser = app.Browser();

        (await Around("how-lamps-were-lit")).ShouldBe(["next oil-and-gas"]);
        (await Around("oil-and-gas")).ShouldBe(["prev how-lamps-were-lit", "next night-walk"]);
        (await Around("night-walk")).ShouldBe(["prev oil-and-gas"]);
        (await Around("far-away")).ShouldBeEmpty();
        (await browser.Get($"{show.Path}/schedule/oil-and-gas")).Text.ShouldContain("Before, in Quay, 10:00 How lamps were lit Next in Quay, 15:00 Night walk");

        await app.Get<ScheduleImports>().Upload(show.EventId, "lantern.json", Encoding.UTF8.GetBytes(Samples.Json(walk, Elsewhere(lit, far))), "test", false, false, default);
        await Eventually.Is(async () => (await Around("how-lamps-were-lit")) is ["next night-walk"]);
        (await Around("night-walk")).ShouldBe(["prev how-lamps-were-lit"]);

        async Task<string[]> Around(string session) =>
            [.. Regex.Matches((await browser.Get($"{show.Path}/schedule/{session}")).Html, "<a rel=\"(?<way>prev|next)\" href=\"[^\"]*/(?<to>[^/\"]+)\"").Select(m => $"{m.Groups["way"].Value} {m.Groups["to"].Value}")];
    }
}
