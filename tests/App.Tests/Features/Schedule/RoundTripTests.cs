using System.IO.Compression;
using App.Features.Demo;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Export;
using App.Features.Schedule.Import;
using App.Tests.Vendors;

namespace App.Tests.Features.Schedule;

/// <summary>Export and import: into the same conference nothing changes, into a new one the same conference stands there.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory, MemberData(nameof(Seeds))]
    public void Any_conference_comes_back_as_it_was(int seed) => ComesBack(new ScheduleReading(RandomConference.Of(seed), []));

    [Fact]
    public void A_small_xml_comes_back_as_it_was() => ComesBack(Samples.Read(Samples.Pentabarf));

    [Fact]
    public void A_whole_real_conference_comes_back_as_it_was()
    {
        using var packed = typeof(DemoSeed).Assembly.GetManifestResourceStream("demo/fosdem-2024.schedule.xml.gz")!;
        using var file = new MemoryStream();
        using (var unpacked = new GZipStream(packed, CompressionMode.Decompress)) unpacked.CopyTo(file);
        var house = ComesBack(ScheduleReader.Read(file.ToArray(), null));
        (house.Schedule.Sessions.Length, house.Schedule.Days.Length, house.Schedule.Rooms.Length).ShouldBe((874, 2, 35));
    }

    static House ComesBack(ScheduleReading reading)
    {
        var house = new House();
        house.Import(reading);
        var schedule = house.Schedule;
        // In whatever language it is taken out, it is the same conference.
        foreach (var file in new[] { "", "de", "ar" }.Select(language => schedule.ReadIn(language, "en")).SelectMany(read => new[] { ScheduleJsonFile.Write(read, Samples.Place), ScheduleXml.Write(read, Samples.Place) }))
        {
            var again = ScheduleReader.Read(file, null);
            var other = new House();
            other.Import(again);
            other.Told().ShouldBe(house.Told());
            var (decision, report) = ImportDecision.Decide(house.State, [.. house.Words.Values], again.Snapshot, Samples.ConferenceId, false, false, Samples.Now, new());
            decision.Facts.ShouldBeEmpty(report.Format);
        }
        ScheduleSchema.Faults(ScheduleJsonFile.Write(schedule, Samples.Place)).ShouldBeEmpty();
        return house;
    }
}
