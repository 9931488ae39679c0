using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;

namespace App.Features.Schedule.Edit;

/// <summary>A speaker as an organizer types them.</summary>
public sealed class SpeakerForm
{
    public string? Name { get; set; }
    public string? Role { get; set; }
    public string? Biography { get; set; }
    public string? Email { get; set; }

    /// <summary>One a line: words, then an address.</summary>
    public string? Links { get; set; }

    /// <summary>The revision that was read. Null: a new one.</summary>
    public int? Known { get; set; }

    public static SpeakerForm Of(Speaker s) => new() { Name = s.Name, Role = s.Role, Biography = s.Biography, Email = s.Email, Links = LinkLines.Of(s.Links) };

    public KeepSpeaker Read(Guid conferenceId, Speaker? had, TranslationForm others, List<(string Field, string Message)> faults)
    {
        var role = others.Join("role", Text("role", Role, 200, faults), (name, typed) => Text(name, typed, 200, faults));
        var biography = others.Join("biography", Text("biography", Biography, 20_000, faults), (name, typed) => Text(name, typed, 20_000, faults));
        var (name, email) = (Text("name", Name, 200, faults), Text("email", Email, 254, faults));
        if (name.Length == 0) faults.Add(("name", "Enter their name, as people say it."));
        if (email.Length > 0 && EmailAddress.Normalise(email) is null) faults.Add(("email", "Enter an email address like name@example.com, or nothing."));
        return new(conferenceId, had?.Id, name, role.Text, biography.Text, email, LinkLines.Read(Links, had?.Links ?? [], faults), null, Known) { Roles = role.Others, Biographies = biography.Others };
    }

    static string Text(string field, string? text, int longest, List<(string Field, string Message)> faults)
    {
        var clean = (text ?? "").ReplaceLineEndings("\n").Trim();
        if (clean.Length > longest) faults.Add((field, $"That is {clean.Length:N0} characters; {longest:N0} are the most."));
        return clean;
    }
}

/// <summary>One speaker, new or known: who they are, how they sign in, and erasing them.</summary>
[RequestSizeLimit(AddPicture.MostSent)]
public sealed class EditSpeakerPage(MessageBus bus, QuerySession db, PictureReader pictures, EventCatalogue events, ScheduleCatalogue schedules) : OfficeSchedulePage(events, schedules), IShowsRefusals
{
    /// <summary>An id, or <c>new</c>.</summary>
    [BindProperty(SupportsGet = true)] public string SpeakerId { get; set; } = "";
    [BindProperty(Name = "")] public SpeakerForm Form { get; set; } = new();
    [BindProperty(Name = "")] public PictureForm Picture { get; set; } = new();

    /// <summary>Erasing was asked for; it is done only when it is said again.</summary>
    [BindProperty(SupportsGet = true)] public bool Erasing { get; set; }

    /// <summary>The words about them in other languages.</summary>
    public TranslationForm Others { get; private set; } = TranslationForm.None;
    static readonly string[] Words = ["role", "biography"];

    public Speaker? Speaker { get; private set; }

    /// <summary>What they speak in, cancelled sessions left out.</summary>
    public IReadOnlyList<ScheduleSession> Sessions { get; private set; } = [];
    public string Action => $"{Path}/speakers/{SpeakerId}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadSpeaker(ct)) return NotFound();
        if (HttpMethods.IsGet(Request.Method) && Speaker is { } s)
        {
            (Form, Picture) = (SpeakerForm.Of(s), PictureForm.Of(s.Picture));
            (Form.Role, Form.Biography) = (Others["role"], Others["biography"]);
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadSpeaker(ct)) return NotFound();
        var faults = new List<(string Field, string Message)>();
        var keep = Form.Read(EventId, Speaker, Others, faults) with { Picture = await pictures.Read(Picture, Speaker?.Picture, Event.OrganizationId, "", faults, ct, isPortrait: true) };
        ModelState.Clear();
        foreach (var (field, message) in faults) ModelState.AddModelError(field, message);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        var id = await bus.InvokeAsync<Guid>(keep, ct, By);
        return Back($"{keep.Name} is kept.", $"{Path}/speakers/{id}");
    }

    public async Task<IActionResult> OnPostEraseAsync(CancellationToken ct)
    {
        if (!await LoadSpeaker(ct) || Speaker is not { } speaker) return NotFound();
        await bus.InvokeAsync(new EraseSpeaker(EventId, speaker.Id), ct, By);
        return Back("The speaker is erased.", $"{Path}/speakers");
    }

    async Task<bool> LoadSpeaker(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is not { } schedule) return false;
        Others = new(Event.Language.Code, TranslationForm.Languages(schedule, Event));
        if (SpeakerId == "new") return Typed();
        Speaker = Guid.TryParse(SpeakerId, out var id) && await db.Load<Speaker>(id, ct) is { Erased: false } found && found.ConferenceId == EventId ? found : null;
        if (Speaker is not { } s) return false;
        Others = new TranslationForm(s.Biographies?.Of ?? s.Roles?.Of ?? Event.Language.Code, TranslationForm.Languages(schedule, Event)).Put("role", s.Role, s.Roles).Put("biography", s.Biography, s.Biographies);
        Sessions = [.. schedule.SessionsById.Values.Where(x => x.State != SessionState.Cancelled && x.Speakers.Any(p => p.Id == s.Id)).OrderBy(x => x.Title, StringComparer.InvariantCultureIgnoreCase)];
        return Typed();
    }

    /// <summary>What was sent stays in its fields, also when it is refused.</summary>
    bool Typed()
    {
        if (HttpMethods.IsPost(Request.Method) && Request.HasFormContentType) Others = Others.Typed(Request.Form, Words);
        return true;
    }
}
