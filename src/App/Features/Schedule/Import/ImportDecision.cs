using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure;

namespace App.Features.Schedule.Import;

/// <summary>
/// The difference between a source and what is here, as facts. Pure. The rule for what people edited here: each part of a session (a text, its speakers, its slots, its state …), each room, label, break and speaker that was set by hand stays as it was set,
/// until the source says the same; the report names what was kept. What people made here themselves is never taken away.
/// </summary>
sealed class ImportDecision
{
    const int FewSessions = 10;
    readonly ScheduleSnapshot source;
    readonly ImportWarnings warnings;
    readonly DateTimeOffset now;
    readonly List<object> facts = [];
    readonly List<string> added = [], changed = [], moved = [], cancelled = [], restored = [];
    readonly HashSet<string> slugs;
    readonly SpeakerDecision speakers;
    readonly ThingsDecision things;
    Conference state;
    int unchanged;

    ImportDecision(Conference state, IReadOnlyList<Speaker> words, ScheduleSnapshot source, Guid conferenceId, DateTimeOffset now, ImportWarnings warnings)
    {
        (this.state, this.source, this.now, this.warnings) = (state, source, now, warnings);
        slugs = state.Sessions.Values.Select(s => s.Slug).ToHashSet(StringComparer.Ordinal);
        if (state.Id == Guid.Empty) Add(new ScheduleOpened(conferenceId, now));
        Describe();
        things = new(this.state, source, now, warnings, Add);
        speakers = new(this.state, words, source, now, warnings, Add);
    }

    public IReadOnlyList<object> Facts => facts;

    /// <summary>The conference as it will be.</summary>
    public Conference After => state;
    public IReadOnlyList<Speaker> Words => speakers.Changed;
    public IReadOnlyList<Guid> GoneWords => speakers.Gone;

    /// <param name="force">Also when most of what is here would go.</param>
    public static (ImportDecision Decision, ImportReport Report) Decide(Conference state, IReadOnlyList<Speaker> words, ScheduleSnapshot source, Guid conferenceId, bool force, bool dryRun, DateTimeOffset now, ImportWarnings warnings)
    {
        var decision = new ImportDecision(state, words, source, conferenceId, now, warnings);
        decision.Sessions(force);
        decision.things.RemoveRest(decision.state);
        decision.speakers.RemoveRest(decision.state);
        return (decision, decision.Report(dryRun));
    }

    void Add(object fact)
    {
        facts.Add(fact);
        state = Conference.Evolve(state, fact);
    }

    void Describe()
    {
        // A source that has no name for the whole doesn't take away the one that is here.
        var title = source.Title.Length > 0 ? source.Title : state.Title;
        var titles = source.Title.Length > 0 ? source.Titles : state.Titles;
        if (state.Title != title || state.Titles != titles || state.Acronym != source.Acronym || state.TimeZone != source.TimeZone || state.DayChange != source.DayChange || state.Url != source.Url)
            Add(new ConferenceDescribed(title, source.Acronym, source.TimeZone, source.DayChange, source.Url, now, titles));
        if (state.Release != source.Release) Add(new ScheduleReleased(source.Release, now));
    }

    void Sessions(bool force)
    {
        var known = new Dictionary<string, Session>(StringComparer.Ordinal);
        foreach (var s in state.Sessions.Values) foreach (var key in KeysOf(s)) known.TryAdd(key, s);
        var seen = new HashSet<Guid>();
        var found = new List<(SourceSession Source, Session? Had, Guid Id)>();
        foreach (var s in source.Sessions)
        {
            var had = s.Keys.Select(known.GetValueOrDefault).FirstOrDefault(x => x is not null && !seen.Contains(x.Id));
            var id = had?.Id ?? Free(s, seen);
            seen.Add(id);
            found.Add((s, had, id));
        }
        var recommended = new RecommendedSessions(found.Select(f => (f.Id, f.Source.Keys, f.Had?.Slug ?? "")), warnings);
        foreach (var (s, had, id) in found) Session(had, id, s, recommended.Of(s, id));
        var lost = state.Sessions.Values.Where(s => s.Source.Key.Length > 0 && s.State != SessionState.Cancelled && !seen.Contains(s.Id)).ToArray();
        // A source that suddenly knows half of its sessions is more often broken than right.
        if (!force && lost.Length >= FewSessions && lost.Length * 2 > state.Sessions.Values.Count(s => s.State != SessionState.Cancelled)) throw new Refused("schedule.too-much-gone", lost.Length);
        foreach (var s in lost.OrderBy(s => s.Id))
        {
            if (s.StateByHand) { warnings.Add(Warn.Kept, $"{s.Details.Title}: not listed any more"); continue; }
            Add(new SessionCancelled(state.Id, s.Id, Vanished: true, ByHand: false, now));
            cancelled.Add(s.Details.Title);
        }
    }

    /// <summary>Its id too: so it is found again in what we exported.</summary>
    static IEnumerable<string> KeysOf(Session s)
    {
        if (s.Source.Key.Length > 0) yield return s.Source.Key;
        if (s.Source.Code.Length > 0) yield return "code:" + s.Source.Code;
        if (s.Source.Guid.Length > 0) yield return "guid:" + s.Source.Guid;
        yield return "guid:" + s.Id;
    }

    Guid Free(SourceSession s, HashSet<Guid> seen)
    {
        var id = Ids.From(state.Id, "session:" + s.Keys[0]);
        return seen.Contains(id) || state.Sessions.ContainsKey(id) ? Ids.From(state.Id, "session:" + string.Join(' ', s.Keys) + s.Details.Title) : id;
    }

    void Session(Session? had, Guid id, SourceSession s, Guid[] recommended)
    {
        // One that never was here need not be cancelled.
        if (had is null && s.State == SessionState.Cancelled) return;
        var wanted = s.Details with { Track = things.Label(LabelKind.Track, s.Track), Type = things.Label(LabelKind.Type, s.Type), Tags = [.. s.Tags.Select(t => things.Label(LabelKind.Tag, t)).OfType<Guid>()], Speakers = [.. s.Speakers.Select(speakers.Id).OfType<Guid>()], Recommended = recommended };
        var facted = facts.Count;
        if (had is null)
        {
            Add(new SessionDescribed(id, Slugs.Unique(wanted.Title, $"session-{Ids.Short(id, 6)}", slugs), wanted, s.Source, [], now, state.Id));
            if (s.State != SessionState.Confirmed) Add(new SessionStated(id, s.State, ByHand: false, now, state.Id));
            added.Add(wanted.Title);
        }
        else Describe(had, s, wanted);
        // Before its state: who hears that it is on hears at once when, and of no move.
        Slots(state.Sessions[id], s, had is null);
        if (had is not null) State(had, s);
        if (facts.Count == facted) unchanged++;
    }

    void Describe(Session had, SourceSession s, SessionDetails wanted)
    {
        var (details, hand, kept) = SessionField.Merge(had.Details, wanted, had.Hand);
        if (kept.Length > 0) warnings.Add(Warn.Kept, $"{had.Details.Title}: {string.Join(", ", kept)}");
        // The key it was first found by stays: its id follows from it.
        var reference = s.Source with { Key = had.Source.Key, Code = s.Source.Code.Length > 0 ? s.Source.Code : had.Source.Code, Guid = s.Source.Guid.Length > 0 && s.Source.Guid != had.Id.ToString() ? s.Source.Guid : had.Source.Guid, Number = s.Source.Number > 0 ? s.Source.Number : had.Source.Number, Url = s.Source.Url.Length > 0 ? s.Source.Url : had.Source.Url };
        if (!SessionField.AreSame(details, had.Details) || !hand.SequenceEqual(had.Hand) || reference != had.Source)
        {
            Add(new SessionDescribed(had.Id, had.Slug, details, reference, hand, now, state.Id));
            if (!SessionField.AreSame(details, had.Details)) changed.Add(details.Title);
        }
    }

    void State(Session had, SourceSession s)
    {
        if (s.State == had.State) return;
        if (had.StateByHand) { warnings.Add(Warn.Kept, $"{had.Details.Title}: state"); return; }
        if (s.State == SessionState.Cancelled)
        {
            Add(new SessionCancelled(state.Id, had.Id, Vanished: false, ByHand: false, now));
            cancelled.Add(had.Details.Title);
            return;
        }
        Add(new SessionStated(had.Id, s.State, ByHand: false, now, state.Id));
        (had.State == SessionState.Cancelled ? restored : changed).Add(had.Details.Title);
    }

    void Slots(Session session, SourceSession s, bool isNew)
    {
        // A tombstone keeps the time it had: that is what calendars have to strike out.
        if (s.State == SessionState.Cancelled) return;
        var slots = SlotMatching.Match(session, [.. s.Slots.Select(t => new WantedSlot(things.Room(t.Room), t.Start, t.End))]);
        if (SlotMatching.AreSame(slots, session.Slots)) return;
        if (session.SlotsByHand) { warnings.Add(Warn.Kept, $"{session.Details.Title}: time and room"); return; }
        Add(session.Slots.Length + session.Gone.Length == 0 ? new SessionScheduled(state.Id, session.Id, slots, ByHand: false, now) : new SessionMoved(state.Id, session.Id, slots, session.Slots, ByHand: false, now));
        if (!isNew) moved.Add(session.Details.Title);
    }

    ImportReport Report(bool dryRun) => new(source.Format, source.Title, source.Release, source.TimeZone, dryRun, ImportCounts.Of(source), ImportList.Of(added), ImportList.Of([.. changed.Distinct()]), ImportList.Of(moved), ImportList.Of(cancelled), ImportList.Of(restored),
        unchanged, facts.Count(f => f is RoomSet or RoomRemoved or LabelSet or LabelRemoved or SpeakerSet or SpeakerRemoved or BreakSet or BreakRemoved), facts.Count, warnings.All);
}
