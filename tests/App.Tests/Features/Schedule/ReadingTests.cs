using System.Text;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;

namespace App.Tests.Features.Schedule;

public sealed class ReadingTests
{
    [Fact]
    public void Frabs_json_is_understood()
    {
        var s = Samples.Read(Samples.Json(Samples.Event())).Snapshot;

        (s.Title, s.Release, s.TimeZone, s.DayChange).ShouldBe(("Lantern Days", "1.0", "Europe/Lisbon", 3 * 60));
        s.Rooms.Single().ShouldBe(new SourceRoom("room:11111111-1111-4111-8111-111111111111", "Quay", "By the water", 120, 1));
        var session = s.Sessions.Single();
        session.Keys.ShouldBe(["guid:aaaaaaaa-0000-4000-8000-000000000001"]);
        session.Slots.Single().ShouldBe(new SourceSlot(s.Rooms[0].Key, new(2027, 5, 1, 9, 0, 0, TimeSpan.Zero), new(2027, 5, 1, 9, 45, 0, TimeSpan.Zero)));
        (session.Details.Abstract, session.Details.Recorded, session.Details.Languages.Single()).ShouldBe(("About *oil* and gas.", true, "en"));
        session.Details.Links.Single().ShouldBe(new SessionLink("https://lantern.example/oil", "Oil", LinkKind.Related));
        s.Speakers.Single().Name.ShouldBe("Ada Quill");
    }

    /// <summary>The office's page promised a Pretalx and took none.</summary>
    [Theory]
    [InlineData("https://lantern.example/schedule.json", true)]
    [InlineData("pretalx:lantern", true)]
    [InlineData("pretalx:", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/etc/passwd", false)]
    public void From_a_page_a_schedule_comes_from_the_web_or_a_pretalx_and_never_from_our_own_disk(string address, bool may) => ScheduleReader.IsWeb(address).ShouldBe(may);

    [Fact]
    public void Pentabarfs_xml_is_understood_with_nights_that_belong_to_the_day_before()
    {
        var reading = Samples.Read(Samples.Pentabarf);
        var sessions = reading.Snapshot.Sessions.ToDictionary(s => s.Details.Title);

        var lamps = sessions["How lamps were lit"];
        lamps.Slots.Length.ShouldBe(2, "one number, one title: a session with two slots");
        (lamps.Details.Abstract, lamps.Details.Recorded, lamps.Details.License).ShouldBe(("About **oil** & gas.", false, "CC BY"));
        lamps.Details.Links.Select(l => l.Url).ShouldBe(["https://lantern.example/oil", "https://lantern.example/untitled"]);
        lamps.Speakers.Length.ShouldBe(2);
        sessions["Night walk"].Slots.Single().Start.ShouldBe(new(2027, 5, 2, 0, 30, 0, TimeSpan.Zero), "half past one comes before the day's change");
        sessions["Later still"].Slots.Single().Start.ShouldBe(new(2027, 5, 2, 0, 15, 0, TimeSpan.Zero), "25:15 is a quarter past one of the next day");
        reading.Warning("link-dropped")!.Count.ShouldBe(1);
        reading.Warning("time-past-midnight")!.Count.ShouldBe(1);
        reading.Warning("no-identifier")!.Count.ShouldBe(1);
    }

    [Fact]
    public void The_second_schema_lists_events_beside_the_conference()
    {
        var s = Samples.Read("""
            { "schedule": { "version": "2", "conference": { "acronym": "l", "title": "Lantern Days", "time_zone_name": "Europe/Lisbon", "tracks": [ { "guid": "g", "name": "Light & dark", "slug": "light-dark", "colors": { "light": "#F9B000" } } ],
              "rooms": [ { "name": "Quay", "guid": "r1" } ], "days": [ { "index": 1, "date": "2027-05-01", "start": "2027-05-01T09:00:00+01:00", "end": "2027-05-02T06:00:00+01:00" } ] },
              "events": [ { "guid": "e1", "code": "ABCDEF", "start": "2027-05-01T10:00:00+01:00", "end": "2027-05-01T10:40:00+01:00", "room": { "name": "Quay", "guid": "r1" }, "title": "Wicks", "track": { "slug": "light-dark" }, "logo": { "url": "https://x.example/a.png" },
                "participants": [ { "guid": "p1", "name": "Ada Quill" } ], "links": [ { "type": "FEEDBACK", "url": "https://x.example/f" } ] } ],
              "persons": [ { "guid": "p1", "name": "Ada Quill", "biography": "Lights lamps." } ] } }
            """).Snapshot;

        var session = s.Sessions.Single();
        (s.Labels.Single().Name, session.Track, s.Rooms.Count, session.Details.Image).ShouldBe(("Light & dark", s.Labels[0].Key, 1, "https://x.example/a.png"));
        (session.Slots.Single().End - session.Slots[0].Start).ShouldBe(TimeSpan.FromMinutes(40));
        s.Speakers.Single().Biography.ShouldBe("Lights lamps.");
        session.Details.Links.Single().Kind.ShouldBe(LinkKind.Feedback);
    }

    [Fact]
    public void Pretalxs_objects_are_found_wherever_they_lie()
    {
        var s = Samples.Read("""
            {"schedule": {"2027-05-01": {"600": {"1": {"code": "WICKS", "title": "Wicks", "submission_type": {"en": "Talk", "fr": "Exposé"}, "track": null, "state": "confirmed", "abstract": null, "duration": 30, "content_locale": "en-lantern",
              "speakers": [{"code": "ADA", "name": "Ada Quill", "biography": ""}], "slot": {"room_id": 1, "room": {"en": "Quay"}, "start": "2027-05-01T09:00:00+02:00", "end": "2027-05-01T09:30:00+02:00"}, "tags": ["oil"]},
              "2": {"code": "GONE", "title": "Gone", "state": "withdrawn", "speakers": [], "slot": null}}}}}
            """).Snapshot;

        s.TimeZone.ShouldBe("Etc/GMT-2");
        s.Sessions.Select(x => (x.Keys[0], x.State)).ShouldBe([("code:WICKS", SessionState.Confirmed), ("code:GONE", SessionState.Cancelled)]);
        (s.Rooms.Single().Name, s.Sessions[0].Details.Languages.Single()).ShouldBe(("Quay", "en"));
    }

    [Fact]
    public void A_number_that_means_two_persons_is_two_persons()
    {
        var s = Samples.Read(Samples.Json(Samples.Event(), Samples.Event("aaaaaaaa-0000-4000-8000-000000000002", "Wicks").Replace("Ada Quill", "Bo Ferry", StringComparison.Ordinal))).Snapshot;
        s.Speakers.Select(p => p.Name).ShouldBe(["Ada Quill", "Bo Ferry"]);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-8")]
    public void A_byte_order_mark_is_no_fault(string encoding)
    {
        var e = Encoding.GetEncoding(encoding);
        ScheduleReader.Read((byte[])[.. e.GetPreamble(), .. e.GetBytes(Samples.Json(Samples.Event(title: "Lâmpadas")))], null).Snapshot.Sessions.Single().Details.Title.ShouldBe("Lâmpadas");
    }

    [Fact]
    public void A_file_in_the_wrong_encoding_is_read_and_said()
    {
        var reading = ScheduleReader.Read(Encoding.Latin1.GetBytes(Samples.Json(Samples.Event(title: "Lâmpadas"))), null);
        reading.Snapshot.Sessions.Single().Details.Title.ShouldBe("Lâmpadas");
        reading.Warning("wrong-encoding").ShouldNotBeNull();
    }
}
