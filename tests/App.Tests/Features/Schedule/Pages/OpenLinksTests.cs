using App.Features.Schedule.Contracts;

namespace App.Tests.Features.Schedule.Pages;

public sealed class OpenLinksTests
{
    static readonly DateTimeOffset Start = new(2027, 5, 1, 9, 0, 0, TimeSpan.Zero);
    static readonly Guid Speaker = Guid.Parse("0190de30-0000-7000-8000-000000000001"), Regular = Guid.Parse("0190de30-0000-7000-8000-000000000002"), Id = Guid.Parse("0190de30-0000-7000-8000-000000000003");

    static ScheduleSession Session(LinkRule rule, int? capacity = null, SessionState state = SessionState.Confirmed, bool timed = true, bool timesArePublic = true) => new()
    {
        Id = Id, Slug = "lamps", Title = "Lamps", State = state, LinkRule = rule, Capacity = capacity, TimesArePublic = timesArePublic, Links = [new("https://meet.example/lamps", "Join", LinkKind.Join)],
        Slots = timed ? [new(Id, null, Start, Start.AddHours(1)), new(Speaker, null, Start.AddDays(1), Start.AddDays(1).AddHours(1))] : [],
    };

    static ScheduleViewer With(params Guid[] tickets) => new(tickets.ToHashSet(), new HashSet<Guid>());
    static LinksAre Are(ScheduleSession session, ScheduleViewer who, DateTimeOffset? now = null) => OpenLinks.Decide(session, who, now ?? Start).Are;

    [Fact]
    public void Public_links_are_open_to_anybody_at_any_time() => Are(Session(LinkRule.Public), ScheduleViewer.Nobody, Start.AddYears(-1)).ShouldBe(LinksAre.Open);

    [Fact]
    public void A_rule_of_minutes_opens_to_the_minute_and_says_when()
    {
        var session = Session(new(LinkAccess.Everybody, 15, [], false));
        OpenLinks.Decide(session, ScheduleViewer.Nobody, Start.AddMinutes(-15).AddSeconds(-1)).ShouldBe(new(LinksAre.NotYet, Start.AddMinutes(-15)));
        Are(session, ScheduleViewer.Nobody, Start.AddMinutes(-15)).ShouldBe(LinksAre.Open);
        Are(session, ScheduleViewer.Nobody, Start.AddDays(30)).ShouldBe(LinksAre.Open, "what was shown once stays: recordings are watched later");
        OpenLinks.Decide(Session(new(LinkAccess.Everybody, 15, [], false), timed: false), ScheduleViewer.Nobody, Start).ShouldBe(new(LinksAre.NotYet));
    }

    /// <summary>The page of a closed link said when it opens, and so when its session is, before anybody should know.</summary>
    [Fact]
    public void A_rule_of_minutes_opens_nothing_before_times_are_public()
    {
        var session = Session(new(LinkAccess.Everybody, 15, [], false), timesArePublic: false);
        foreach (var now in new[] { Start.AddHours(-1), Start, Start.AddDays(30) }) OpenLinks.Decide(session, ScheduleViewer.Nobody, now).ShouldBe(new(LinksAre.NotYet));
        Are(Session(LinkRule.Public, timesArePublic: false), ScheduleViewer.Nobody).ShouldBe(LinksAre.Open);
    }

    [Fact]
    public void Links_for_attendees_ask_for_a_ticket_before_the_time()
    {
        var session = Session(new(LinkAccess.Attendees, 15, [], false));
        Are(session, ScheduleViewer.Nobody).ShouldBe(LinksAre.ForAttendees);
        Are(session, With()).ShouldBe(LinksAre.Open, "in by a talk or by Tito");
        Are(session, With(Regular)).ShouldBe(LinksAre.Open);
        Are(session, With(Regular), Start.AddHours(-1)).ShouldBe(LinksAre.NotYet);
    }

    [Fact]
    public void A_rule_may_name_kinds_of_ticket()
    {
        var session = Session(new(LinkAccess.Attendees, null, [Speaker], false));
        Are(session, With(Regular)).ShouldBe(LinksAre.ForOtherTickets);
        Are(session, With(Regular, Speaker)).ShouldBe(LinksAre.Open);
    }

    [Fact]
    public void Where_places_are_counted_a_place_is_asked_for()
    {
        var rule = new LinkRule(LinkAccess.Attendees, null, [], NeedsPlace: true);
        Are(Session(rule, capacity: 20), With(Regular)).ShouldBe(LinksAre.ForPlaces);
        Are(Session(rule, capacity: 20), new(new HashSet<Guid> { Regular }, new HashSet<Guid> { Id })).ShouldBe(LinksAre.Open);
        Are(Session(rule), With(Regular)).ShouldBe(LinksAre.Open, "no sign-up, come in");
    }

    [Fact]
    public void A_link_in_the_readers_language_comes_first_and_then_those_in_none()
    {
        SessionLink[] links = [new("https://a.example", "Notes", LinkKind.Related), new("https://b.example", "Room", LinkKind.Join, "en-GB"), new("https://c.example", "Film", LinkKind.Watch), new("https://d.example", "Sala", LinkKind.Join, "es"), new("https://e.example", "Apuntes", LinkKind.Attachment, "es")];
        string Order(string language) => string.Join(' ', OpenLinks.InOrder(links, _ => true, language).Select(l => $"{l.Number}{(l.Main ? "!" : "")}"));
        Order("es").ShouldBe("3! 4 0 2 1");
        Order("en").ShouldBe("1! 0 2 3 4");
        Order("de").ShouldBe("2! 0 1 3 4", "none in it: one in no language before all others");
        string.Join(' ', OpenLinks.InOrder(links, l => l.Kind == LinkKind.Attachment, "es").Select(l => (l.Number, l.Main))).ShouldBe("(4, False)", "nothing to go to");
        links.Select(l => OpenLinks.IsForeign(l, "en")).ShouldBe([false, false, false, true, true]);
    }

    [Theory]
    [InlineData(SessionState.Draft)]
    [InlineData(SessionState.Accepted)]
    [InlineData(SessionState.Cancelled)]
    public void What_does_not_take_place_has_no_links(SessionState state) => Are(Session(LinkRule.Public, state: state), With(Regular)).ShouldBe(LinksAre.Missing);
}
