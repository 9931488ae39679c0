using System.Globalization;
using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Vendors.Pretalx;

namespace App.Features.Schedule.Import;

/// <summary>A conference as Pretalx has it now: sessions with all their slots, breaks, and words about speakers, all by keys that stay when a schedule is released anew.</summary>
static class PretalxSource
{
    static readonly string[] States = ["accepted", "confirmed", "canceled", "withdrawn"];

    /// <param name="questions">Those whose answers are used.</param>
    public static async Task<RawSchedule> Read(string slug, PretalxClient pretalx, IReadOnlyList<SourceQuestion> questions, ImportWarnings warnings, CancellationToken ct)
    {
        try
        {
            var e = await pretalx.GetEvent(slug, ct);
            var (rooms, tracks, types, tags) = (await pretalx.ListRooms(slug, ct), await pretalx.ListTracks(slug, ct), await pretalx.ListTypes(slug, ct), await pretalx.ListTags(slug, ct));
            var (submissions, slots, speakers) = (await pretalx.ListSubmissions(slug, States, ct), await pretalx.ListSlots(slug, ct), await pretalx.ListSpeakers(slug, ct));
            var answers = await Answers(slug, pretalx, questions, new(submissions.Select(s => s.Code), speakers.Select(s => s.Code), warnings), warnings, ct);
            var release = (await pretalx.ListSchedules(slug, ct)).Where(s => !string.IsNullOrEmpty(s.Version)).MaxBy(s => s.Id)?.Version ?? "";
            (string Text, Translations? Others) Said(PretalxText? text) => text is null ? ("", null) : Translations.Chosen(text.Languages, e.Locale ?? "", "en") is { Text.Length: > 0 } said ? said : (Text(text), null);
            return new("Pretalx")
            {
                Title = Said(e.Name).Text, Titles = Said(e.Name).Others, Acronym = e.Slug, Release = release, TimeZone = e.Timezone ?? "", BaseUrl = pretalx.Options.BaseUrl.ToString(), Url = new Uri(pretalx.Options.BaseUrl, $"/{e.Slug}/").ToString(),
                First = JsonSchedule.Date(e.DateFrom ?? ""), Last = JsonSchedule.Date(e.DateTo ?? ""),
                Rooms = [.. rooms.OrderBy(r => r.Position ?? int.MaxValue).Where(r => r.Hidden is not true || slots.Any(s => s.Room == r.Id)).Select(r => new RawRoom(RoomKey(r), Said(r.Name).Text, Said(r.Description).Text, r.Capacity) { Names = Said(r.Name).Others, Descriptions = Said(r.Description).Others })],
                Labels =
                [
                    .. tracks.OrderBy(t => t.Position ?? int.MaxValue).Select(t => new RawLabel(LabelKind.Track, Key(t.Id), Said(t.Name).Text, Said(t.Description).Text, t.Color ?? "") { Names = Said(t.Name).Others, Descriptions = Said(t.Description).Others }),
                    .. types.Select(t => new RawLabel(LabelKind.Type, Key(t.Id), Said(t.Name).Text) { Names = Said(t.Name).Others }),
                    .. tags.Where(t => t.IsPublic is not false).Select(t => new RawLabel(LabelKind.Tag, Key(t.Id), t.Tag ?? "", Said(t.Description).Text, t.Color ?? "") { Descriptions = Said(t.Description).Others }),
                ],
                Persons = [.. speakers.Select(s => new RawPerson(Code: s.Code, Name: s.Name ?? "", Biography: s.Biography ?? "", Role: answers.Subtitle(s.Code), Image: s.AvatarUrl ?? "", Email: s.Email ?? ""))],
                Events = [.. Sessions(submissions, slots, answers, rooms.ToDictionary(r => r.Id, RoomKey), tags.Where(t => t.IsPublic is not false).Select(t => t.Id).ToHashSet(), Said), .. Breaks(slots, rooms, Said)],
            };
        }
        catch (PretalxException no) { throw new Refused("schedule.pretalx-refused", no.Status, no.Message); }
        catch (PretalxUnavailableException none) { throw new Refused("schedule.pretalx-unavailable", none.Message); }
    }

    /// <summary>What an organizer asks at Pretalx about sessions and speakers, in their order. Nothing is used for anything yet.</summary>
    public static async Task<IReadOnlyList<SourceQuestion>> Questions(string slug, PretalxClient pretalx, CancellationToken ct)
    {
        try
        {
            return [.. (await pretalx.ListQuestions(slug, ct)).Where(q => q.Target is "submission" or "speaker").OrderBy(q => q.Target == "speaker").ThenBy(q => q.Position ?? int.MaxValue).ThenBy(q => q.Id).Select(q => new SourceQuestion(q.Id, Words(q), q.Target == "speaker", q.IsPublic, null))];
        }
        catch (PretalxException no) { throw new Refused("schedule.pretalx-refused", no.Status, no.Message); }
        catch (PretalxUnavailableException none) { throw new Refused("schedule.pretalx-unavailable", none.Message); }
    }

    static async Task<SourceAnswers> Answers(string slug, PretalxClient pretalx, IReadOnlyList<SourceQuestion> questions, SourceAnswers answers, ImportWarnings warnings, CancellationToken ct)
    {
        if (questions.Count == 0) return answers;
        var known = (await pretalx.ListQuestions(slug, ct)).Select(q => q.Id).ToHashSet();
        foreach (var question in questions)
        {
            if (known.Contains(question.Id)) answers.Add(question, await pretalx.ListAnswers(slug, question.Id, ct));
            else warnings.Add(Warn.NoQuestion, question.Words);
        }
        return answers;
    }

    static IEnumerable<RawEvent> Sessions(IReadOnlyList<PretalxSubmission> submissions, IReadOnlyList<PretalxSlot> slots, SourceAnswers answers, Dictionary<int, string> rooms, HashSet<int> tags, Func<PretalxText?, (string Text, Translations? Others)> said)
    {
        var bySubmission = slots.Where(s => s.Submission is not null && s.Start is not null && s.IsVisible is not false).ToLookup(s => s.Submission!, StringComparer.Ordinal);
        foreach (var s in submissions)
        {
            var session = new RawEvent
            {
                Code = s.Code, Title = s.Title ?? "", Track = s.Track is { } track ? Key(track) : "", Type = s.SubmissionType is { } type ? Key(type) : "", Tags = [.. (s.Tags ?? []).Where(tags.Contains).Select(Key)], Language = s.ContentLocale ?? "",
                Abstract = s.Abstract ?? "", Description = s.Description ?? "", DoNotRecord = s.DoNotRecord, Featured = s.IsFeatured ?? false, Image = s.Image ?? "", State = s.State ?? "confirmed",
                Capacity = s.AttendeeSignupRequired is true ? s.AttendeeSignupCapacity : null, Duration = s.Duration is { } minutes ? minutes.ToString(CultureInfo.InvariantCulture) : "",
                Persons = [.. (s.Speakers ?? []).Select(code => new RawPerson(Code: code))],
                Links = [.. (s.Resources ?? []).Where(r => r.IsPublic is not false && r.Resource is not null).Select(r => new RawLink(r.Resource!, said(r.Description).Text, "", IsAttachment: r.Resource!.Contains("/media/", StringComparison.Ordinal)) { Titles = said(r.Description).Others }), .. answers.Links(s.Code)],
                Recommended = answers.Recommended(s.Code),
            };
            var its = bySubmission[s.Code].ToArray();
            if (its.Length == 0) yield return session;
            foreach (var slot in its) yield return session with { Date = slot.Start!, End = slot.End ?? "", Duration = slot.End is null ? session.Duration : "", Room = slot.Room is { } room ? rooms.GetValueOrDefault(room, "") : "" };
        }
    }

    static IEnumerable<RawEvent> Breaks(IReadOnlyList<PretalxSlot> slots, IReadOnlyList<PretalxRoom> rooms, Func<PretalxText?, (string Text, Translations? Others)> said) =>
        slots.Where(s => s.Submission is null && s.Start is not null && s.End is not null && s.IsVisible is not false)
            .Select(s => new RawEvent { IsBreak = true, Title = said(s.Description).Text, Titles = said(s.Description).Others, Date = s.Start!, End = s.End!, Room = rooms.FirstOrDefault(r => r.Id == s.Room) is { } room ? RoomKey(room) : "" });

    static string Words(PretalxQuestion question) => Text(question.Question) is { Length: > 0 } words ? words.Length > 200 ? words[..199] + "…" : words : "Question " + Key(question.Id);
    static string RoomKey(PretalxRoom room) => room.Guid ?? room.Uuid ?? Key(room.Id);
    static string Key(int id) => id.ToString(CultureInfo.InvariantCulture);
    static string Text(PretalxText? text) => text?.In("en") ?? "";
}
