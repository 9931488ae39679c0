using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Edit;

/// <summary>A room, a label, a break, a floor plan or a place on it as it is called, and as it is called in the language that is being written.</summary>
/// <param name="Name">As it is stored.</param>
/// <param name="About">What is said about it; empty: nothing, so nothing is asked.</param>
public sealed record NamedThing(Guid Id, string Kind, string Name, string NameLanguage, string About, string AboutLanguage, string Named, string Told)
{
    public string NameField => $"name-{Id:N}";
    public string AboutField => $"about-{Id:N}";
}

/// <summary>A session or a speaker that lacks texts in a language.</summary>
/// <param name="Path">To where they are written.</param>
public sealed record MissingTexts(string Path, string Name, IReadOnlyList<string> Fields);

/// <summary>One language of a conference: what rooms, tracks, types, tags, breaks, floor plans and places on them are called in it, and which sessions and speakers lack texts.</summary>
public sealed class LanguagesPage(MessageBus bus, EventCatalogue events, ScheduleCatalogue schedules) : OfficeSchedulePage(events, schedules), IShowsRefusals
{
    public const int Most = 200;
    const int LongestName = 200, LongestAbout = 5_000;

    /// <summary>The language that is written. Null: the first that isn't the conference's own.</summary>
    [BindProperty(SupportsGet = true)] public string? In { get; set; }

    public string Into { get; private set; } = "";
    public IReadOnlyList<string> Offered { get; private set; } = [];
    public IReadOnlyList<NamedThing> Things { get; private set; } = [];
    public IReadOnlyList<MissingTexts> Sessions { get; private set; } = [];
    public IReadOnlyList<MissingTexts> Speakers { get; private set; } = [];
    public string Action => $"{Path}/languages";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadLanguage(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadLanguage(ct)) return NotFound();
        string Typed(string field) => Request.Form[field].ToString().ReplaceLineEndings("\n").Trim();
        var texts = Things.Where(t => Request.Form.ContainsKey(t.NameField)).ToDictionary(t => t.Id, t => (Name: Typed(t.NameField), About: Typed(t.AboutField)));
        Things = [.. Things.Select(t => texts.TryGetValue(t.Id, out var said) ? t with { Named = said.Name, Told = said.About } : t)];
        ModelState.Clear();
        foreach (var t in Things.Where(t => t.Named.Length > LongestName)) ModelState.AddModelError(t.NameField, $"A name has {LongestName} characters at the most.");
        foreach (var t in Things.Where(t => t.Told.Length > LongestAbout)) ModelState.AddModelError(t.AboutField, $"{LongestAbout:N0} characters at the most.");
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        await bus.InvokeAsync(new TranslateThings(EventId, Into, Event.Language.Code, texts), ct, By);
        return Back($"Kept in {Language.NameOf(Into)}.", $"{Action}?in={Into}");
    }

    async Task<bool> LoadLanguage(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is not { } schedule) return false;
        Offered = TranslationForm.Languages(schedule, Event);
        Into = Offered.FirstOrDefault(l => l == In) ?? Offered.First(l => l != Event.Language.Code);
        Things = [.. ThingsOf(schedule)];
        var sessions = schedule.SessionsById.Values.Where(s => s.State != SessionState.Cancelled).OrderBy(s => s.Title, StringComparer.OrdinalIgnoreCase);
        Sessions = [.. sessions.Select(s => new MissingTexts($"{Path}/sessions/{s.Id}?in={Into}#in-{Into}", s.Title, Missing([("title", s.Title, s.TitleLanguage, s.Titles), ("subtitle", s.Subtitle, s.SubtitleLanguage, s.Subtitles), ("abstract", s.Abstract, s.AbstractLanguage, s.Abstracts), ("description", s.Description, s.DescriptionLanguage, s.Descriptions), .. s.Links.Select(l => ("links", l.Title, l.TitleLanguage, l.Titles))]))).Where(m => m.Fields.Count > 0)];
        var speakers = schedule.SpeakersBySlug.Values.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase);
        Speakers = [.. speakers.Select(p => new MissingTexts($"{Path}/speakers/{p.Id}?in={Into}#in-{Into}", p.Name, Missing([("role", p.Role, p.RoleLanguage, p.Roles), ("biography", p.Biography, p.BiographyLanguage, p.Biographies)]))).Where(m => m.Fields.Count > 0)];
        return true;
    }

    IEnumerable<NamedThing> ThingsOf(ConferenceSchedule schedule)
    {
        NamedThing Thing(Guid id, string kind, string name, string language, Translations? names, string about = "", string aboutLanguage = "", Translations? abouts = null) => new(id, kind, name, Known(language), about, Known(aboutLanguage), names?.Find(Into) ?? "", abouts?.Find(Into) ?? "");
        var labels = schedule.Tracks.Concat(schedule.Types).Concat(schedule.Tags).Select(l => Thing(l.Id, l.Kind.ToString(), l.Name, l.NameLanguage, l.Names, l.Description, l.DescriptionLanguage, l.Descriptions));
        return schedule.Rooms.Select(r => Thing(r.Id, "Room", r.Name, r.NameLanguage, r.Names, r.Description, r.DescriptionLanguage, r.Descriptions)).Concat(labels)
            .Concat(schedule.Breaks.Select(b => Thing(b.Id, "Break", b.Title, b.TitleLanguage, b.Titles)))
            .Concat(schedule.Plans.Select(p => Thing(p.Id, "Plan", p.Name, p.NameLanguage, p.Names))).Concat(schedule.Plans.SelectMany(p => p.Spots).Where(s => s.Label.Length > 0).Select(s => Thing(s.Id, "Spot", s.Label, s.LabelLanguage, s.Labels))).Where(t => !Translations.Is(t.NameLanguage, Into));
    }

    /// <summary>A text of which nobody has said the language is in the conference's own.</summary>
    string Known(string language) => language.Length > 0 ? language : Event.Language.Code;

    string[] Missing(IEnumerable<(string Field, string Text, string Language, Translations? Others)> texts)
    {
        var missing = new List<string>();
        foreach (var (field, text, language, others) in texts)
            if (text.Length > 0 && !Translations.Is(Known(language), Into) && others?.Find(Into) is null) missing.Add(field);
        return [.. missing.Distinct()];
    }

    public static string Heading(string kind) => kind switch { "Room" => "Rooms", "Track" => "Tracks", "Type" => "Types", "Tag" => "Tags", "Plan" => "Floor plans", "Spot" => "Places on the map", _ => "Breaks" };
}
