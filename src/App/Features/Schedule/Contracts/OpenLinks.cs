namespace App.Features.Schedule.Contracts;

/// <summary>Who looks at a session.</summary>
/// <param name="TicketTypes">Of the tickets bought here; empty for who comes in otherwise (a talk, Tito); null: nobody with access.</param>
/// <param name="Places">Sessions with a capacity in which they have a place.</param>
public sealed record ScheduleViewer(IReadOnlySet<Guid>? TicketTypes, IReadOnlySet<Guid> Places)
{
    public static ScheduleViewer Nobody { get; } = new(null, new HashSet<Guid>());

    /// <summary>Null: nobody with access.</summary>
    public Guid? Attendee { get; init; }
}

public enum LinksAre { Missing, Open, NotYet, ForAttendees, ForOtherTickets, ForPlaces }

/// <summary>Whether a session's links open, decided on the server: what isn't open is in no page.</summary>
/// <param name="From">When they do, where time is what is missing.</param>
public sealed record OpenLinks(LinksAre Are, DateTimeOffset? From = null)
{
    public static OpenLinks Decide(ScheduleSession session, ScheduleViewer who, DateTimeOffset now) => session.Links.IsEmpty ? new(LinksAre.Missing) : Ways(session, who, now);

    /// <summary>Of a conference that is over: what was open to everybody, at whatever time; and nothing that leads into a room where nobody is any more.</summary>
    public static OpenLinks Archived(ScheduleSession session) => new(session.IsPublic && session.LinkRule.Access == LinkAccess.Everybody && !session.LinkRule.NeedsPlace && session.Links.Any(Lasts) ? LinksAre.Open : LinksAre.Missing);

    /// <summary>Whoever goes where they lead is asked who it is, so each person has ways in of their own.</summary>
    public static bool ArePersonal(ScheduleSession session) => session.LinkRule.Access == LinkAccess.Attendees || (session.LinkRule.NeedsPlace && session.Capacity is not null);

    /// <summary>In the order in which somebody gets them: those in their language first, then those in none, then the others; each as its session has it. Before them all, of those that lead into the session or to a film of it, the first one.</summary>
    /// <param name="language">That of the reader.</param>
    /// <returns>By its number in the session; Main: the one to go to.</returns>
    public static IReadOnlyList<(int Number, SessionLink Link, bool Main)> InOrder(IReadOnlyList<SessionLink> links, Func<SessionLink, bool> wanted, string language)
    {
        var all = links.Select((link, number) => (Number: number, Link: link)).Where(l => wanted(l.Link)).OrderBy(l => Rank(l.Link, language)).ToArray();
        var main = Array.FindIndex(all, l => l.Link.Kind is LinkKind.Watch or LinkKind.Join);
        return [.. all.Select((l, at) => (l.Number, l.Link, Main: at == main)).OrderByDescending(l => l.Main)];
    }

    /// <summary>What it leads to is in another language than that.</summary>
    public static bool IsForeign(SessionLink link, string language) => Rank(link, language) == 2;

    static int Rank(SessionLink link, string language) => link.Language.Length == 0 ? 1 : Translations.Is(link.Language, language) ? 0 : 2;

    /// <summary>Recordings, slides and the like.</summary>
    public static bool Lasts(SessionLink link) => link.Kind is not (LinkKind.Join or LinkKind.Feedback);

    /// <summary>For what else leads into the session (an interpreter's channel), whether it has links of its own or not. Who you are is asked before what time it is: nobody waits for a door that won't open for them.</summary>
    public static OpenLinks Ways(ScheduleSession session, ScheduleViewer who, DateTimeOffset now)
    {
        if (!session.IsPublic) return new(LinksAre.Missing);
        var rule = session.LinkRule;
        if (rule.Access == LinkAccess.Attendees && who.TicketTypes is null) return new(LinksAre.ForAttendees);
        if (rule.Access == LinkAccess.Attendees && rule.TicketTypes.Length > 0 && !rule.TicketTypes.Any(who.TicketTypes!.Contains)) return new(LinksAre.ForOtherTickets);
        if (rule.NeedsPlace && session.Capacity is not null && !who.Places.Contains(session.Id)) return new(LinksAre.ForPlaces);
        // A door that opened by time would tell the time.
        if (rule.MinutesBefore is not null && !session.TimesArePublic) return new(LinksAre.NotYet);
        return session.LinksAreDue(now) ? new(LinksAre.Open) : new(LinksAre.NotYet, session.First?.Start.AddMinutes(-rule.MinutesBefore!.Value));
    }

    /// <summary>Why they are closed, in words of content/strings.</summary>
    public string Reason => Are switch
    {
        LinksAre.NotYet when From is not null => "schedule.links-not-yet",
        LinksAre.NotYet => "schedule.links-no-time",
        LinksAre.ForAttendees => "schedule.links-attendees",
        LinksAre.ForOtherTickets => "schedule.links-tickets",
        LinksAre.ForPlaces => "schedule.links-places",
        _ => "",
    };
}
