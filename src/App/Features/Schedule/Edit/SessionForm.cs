using System.Globalization;
using App.Features.Schedule.Contracts;
using App.Features.Shared;

namespace App.Features.Schedule.Edit;

/// <summary>A time and room as they are typed. Blank: not wanted.</summary>
public sealed class SlotForm
{
    public string? Start { get; set; }
    public string? Minutes { get; set; }
    public Guid? Room { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace(Start);
}

/// <summary>A session as an organizer types it. Every field is text until it is understood.</summary>
public sealed class SessionForm
{
    public string? Title { get; set; }
    public string? Subtitle { get; set; }
    public string? Abstract { get; set; }
    public string? Description { get; set; }
    public Guid? Track { get; set; }
    public Guid? Type { get; set; }

    /// <summary>Names, one a line or between commas.</summary>
    public string? Tags { get; set; }

    /// <summary>Codes as in BCP 47.</summary>
    public string? Languages { get; set; }

    /// <summary>One name a line.</summary>
    public string? Speakers { get; set; }

    /// <summary>One a line: words, then an address.</summary>
    public string? Links { get; set; }

    public string? Capacity { get; set; }
    public bool Featured { get; set; }
    public SessionState State { get; set; } = SessionState.Confirmed;
    public List<SlotForm> Slots { get; set; } = [];

    /// <summary>As it was when the form was opened, by its number of changes. Null: a new one.</summary>
    public int? Known { get; set; }

    public static SessionForm Of(ScheduleSession s, string zone) => new()
    {
        Title = s.Title, Subtitle = s.Subtitle, Abstract = s.Abstract, Description = s.Description, Track = s.Track?.Id, Type = s.Type?.Id, Tags = string.Join(", ", s.Tags.Select(t => t.Name)), Languages = string.Join(", ", s.Languages),
        Speakers = string.Join('\n', s.Speakers.Select(p => p.Name)), Links = LinkLines.Of(s.Links), Capacity = s.Capacity?.ToString(CultureInfo.InvariantCulture), Featured = s.Featured, State = s.State, Known = s.Sequence,
        Slots = [.. s.Slots.Select(t => new SlotForm { Start = EventTime.Of(t.Start, zone).Local.ToString(DateTimes.Format, CultureInfo.InvariantCulture), Minutes = ((int)(t.End - t.Start).TotalMinutes).ToString(CultureInfo.InvariantCulture), Room = t.Room?.Id })],
    };
}

/// <summary>Understands what was typed. Pure; what isn't understood is a fault beside its field.</summary>
sealed class ReadSessionForm(SessionForm form, TranslationForm others, ConferenceSchedule schedule, ScheduleSession? had)
{
    internal const int LongestTitle = 300, LongestText = 50_000;
    const int MostMinutes = 60 * 24 * 3;

    public List<(string Field, string Message)> Faults { get; } = [];

    public KeepSession Read(Guid conferenceId)
    {
        var (speakers, unknown) = Speakers();
        var (title, subtitle, @abstract, description) = (Said("title", form.Title, LongestTitle), Said("subtitle", form.Subtitle, LongestTitle), Said("abstract", form.Abstract, LongestText), Said("description", form.Description, LongestText));
        var details = (had is null ? new SessionDetails("") : DetailsOf(had)) with
        {
            Title = title.Text, Subtitle = subtitle.Text, Abstract = @abstract.Text, Description = description.Text, Titles = title.Others, Subtitles = subtitle.Others, Abstracts = @abstract.Others, Descriptions = description.Others,
            Track = form.Track, Type = form.Type, Tags = Tags(), Languages = Languages(), Speakers = speakers, Links = Links(), Capacity = Capacity(), Featured = form.Featured,
        };
        if (details.Title.Length == 0) Faults.Add(("title", "Give the session a title."));
        return new(conferenceId, had?.Id, details, form.State, Slots(), unknown) { Known = form.Known };
    }

    SessionLink[] Links()
    {
        var known = had?.Links ?? [];
        return [.. LinkLines.Read(form.Links, known, Faults, Split(form.Languages, ',', '\n')).Select(l => LinkLines.Titled(l, known.FirstOrDefault(k => k.Url == l.Url), others, (name, typed) => Text(name, typed, LongestTitle)))];
    }

    /// <summary>With what the form doesn't ask.</summary>
    static SessionDetails DetailsOf(ScheduleSession s) => new(s.Title) { Image = s.Image, License = s.License, Recorded = s.Recorded, Recommended = [.. s.Recommended] };

    (string Text, Translations? Others) Said(string field, string? text, int longest) => others.Join(field, Text(field, text, longest), (name, typed) => Text(name, typed, longest));

    string Text(string field, string? text, int longest)
    {
        var clean = (text ?? "").ReplaceLineEndings("\n").Trim();
        if (clean.Length > longest) Faults.Add((field, $"That is {clean.Length:N0} characters; {longest:N0} are the most."));
        return clean;
    }

    int? Capacity()
    {
        if (string.IsNullOrWhiteSpace(form.Capacity)) return null;
        if (int.TryParse(form.Capacity, NumberStyles.None, CultureInfo.InvariantCulture, out var places) && places is > 0 and <= 100_000) return places;
        Faults.Add(("capacity", "A number of places, or nothing: then nobody signs up."));
        return null;
    }

    Guid[] Tags()
    {
        var found = new List<Guid>();
        string[] parts = [.. Split(form.Tags, ',', '\n')];
        for (var i = 0; i < parts.Length;)
        {
            // A tag's own name may have commas in it: the longest name that stands here is meant.
            var (tag, length) = Enumerable.Range(1, parts.Length - i).Reverse().Select(n => (Tag: Tag(string.Join(",", parts[i..(i + n)])), Length: n)).FirstOrDefault(t => t.Tag is not null);
            if (tag is not null) found.Add(tag.Id);
            else Faults.Add(("tags", $"There is no tag {parts[i]}. Add it under rooms and tracks first."));
            i += Math.Max(length, 1);
        }
        return [.. found.Distinct()];
    }

    ScheduleLabel? Tag(string name) => schedule.Tags.FirstOrDefault(t => string.Equals(string.Join(",", Split(t.Name, ',')), name, StringComparison.OrdinalIgnoreCase));

    string[] Languages()
    {
        string[] codes = [.. Split(form.Languages, ',', '\n').Select(c => c.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        foreach (var code in codes.Where(c => c.Length > 12 || !c.All(l => char.IsAsciiLetterOrDigit(l) || l == '-'))) Faults.Add(("languages", $"{code} is no language code: en, es, pt-br."));
        return codes;
    }

    /// <summary>Those on the session come first where a name is had twice: nobody is swapped for a namesake by pressing Save.</summary>
    (Guid[] Known, string[] New) Speakers()
    {
        var (known, unknown) = (new List<Guid>(), new List<string>());
        // Also who speaks in drafts only.
        var everybody = schedule.SpeakersBySlug.Values.OrderBy(s => s.Slug, StringComparer.Ordinal).ToArray();
        foreach (var name in Split(form.Speakers, '\n'))
        {
            var found = (had?.Speakers ?? []).Concat(everybody).FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase) && !known.Contains(s.Id));
            if (found is not null) known.Add(found.Id);
            else if (name.Length > 200) Faults.Add(("speakers", "A name has 200 characters at the most. One name a line."));
            else unknown.Add(name);
        }
        return ([.. known], [.. unknown]);
    }

    List<WantedSlot> Slots()
    {
        var wanted = new List<WantedSlot>();
        for (var i = 0; i < form.Slots.Count; i++)
        {
            if (form.Slots[i] is not { IsBlank: false } slot) continue;
            var start = DateTimes.Read(slot.Start, schedule.TimeZone);
            if (start is null) Faults.Add(($"slots[{i}].start", $"A date and time that there is in {EventTime.Of(DateTimeOffset.UnixEpoch, schedule.TimeZone).ZoneName}."));
            if (!int.TryParse(slot.Minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes is < 1 or > MostMinutes) Faults.Add(($"slots[{i}].minutes", "How many minutes it takes."));
            else if (start is { } at) wanted.Add(new(slot.Room, at, at.AddMinutes(minutes)));
        }
        return wanted;
    }

    static IEnumerable<string> Split(string? text, params char[] by) => (text ?? "").Split([.. by, '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
