using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;

namespace App.Features.Schedule.Edit;

/// <summary>One session, new or known: words, people, a picture, times, whether it is on.</summary>
[RequestSizeLimit(AddPicture.MostSent)]
public sealed class EditSessionPage(MessageBus bus, PictureReader pictures, EventCatalogue events, ScheduleCatalogue schedules) : OfficeSchedulePage(events, schedules), IShowsRefusals
{
    /// <summary>An id, or <c>new</c>.</summary>
    [BindProperty(SupportsGet = true)] public string SessionId { get; set; } = "";
    [BindProperty(Name = "")] public SessionForm Form { get; set; } = new();

    [BindProperty(Name = "")] public PictureForm Picture { get; set; } = new();
    [BindProperty(Name = "")] public LinkRuleForm LinkRule { get; set; } = new();

    /// <summary>Its texts in other languages.</summary>
    public TranslationForm Others { get; private set; } = TranslationForm.None;
    static readonly string[] Words = ["title", "subtitle", "abstract", "description"];

    public ScheduleSession? Session { get; private set; }

    /// <summary>Whose titles can be written in other languages.</summary>
    IEnumerable<SessionLink> TitledLinks => (Session?.Links ?? []).Where(l => l.Title.Length > 0);

    public IReadOnlyList<TranslatedField> Translated => [new("title", "Title", 1), new("subtitle", "Subtitle", 1), new("abstract", "Abstract", 4), new("description", "Description", 9), .. TitledLinks.Select(l => new TranslatedField(LinkLines.Field(l), $"Link “{l.Title}”", 1))];
    public IReadOnlyList<ScheduleConflict> Conflicts { get; private set; } = [];
    public bool IsNew => SessionId == "new";
    public string Action => $"{Path}/sessions/{SessionId}";

    public static IReadOnlyList<(SessionState State, string Words)> States { get; } =
    [
        (SessionState.Draft, "Draft: only you see it"), (SessionState.Accepted, "Accepted: its speakers have not confirmed yet, nobody sees it"), (SessionState.Confirmed, "Confirmed: everybody sees it"), (SessionState.Cancelled, "Cancelled: struck, and calendars are told"),
    ];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadSession(ct)) return NotFound();
        if (HttpMethods.IsGet(Request.Method) && Session is { } s)
        {
            (Form, Picture, LinkRule) = (SessionForm.Of(s, Zone), PictureForm.Of(s.Picture), LinkRuleForm.Of(s.OwnLinkRule));
            (Form.Title, Form.Subtitle, Form.Abstract, Form.Description) = (Others["title"], Others["subtitle"], Others["abstract"], Others["description"]);
        }
        if (!Form.Slots.Exists(s => s.IsBlank)) Form.Slots.Add(new());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadSession(ct)) return NotFound();
        var reading = new ReadSessionForm(Form, Others, Schedule!, Session);
        var keep = reading.Read(EventId) with { Picture = await pictures.Read(Picture, Session?.Picture, Event.OrganizationId, "", reading.Faults, ct), LinkRule = LinkRule.Read(Event, reading.Faults) };
        ModelState.Clear();
        foreach (var (field, message) in reading.Faults) ModelState.AddModelError(field, message);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await OnGetAsync(ct);
        }
        var id = await bus.InvokeAsync<Guid>(keep, ct, By);
        return Back($"{keep.Details.Title} is kept.", $"{Path}/sessions/{id}");
    }

    async Task<bool> LoadSession(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is null) return false;
        Others = new(Event.Language.Code, TranslationForm.Languages(Schedule, Event));
        if (IsNew) return Typed();
        Session = Guid.TryParse(SessionId, out var id) ? Schedule.Session(id) : null;
        if (Session is not { } s) return false;
        var of = s.Titles?.Of ?? (s.TitleLanguage.Length > 0 ? s.TitleLanguage : Event.Language.Code);
        Others = new TranslationForm(of, TranslationForm.Languages(Schedule, Event)).Put("title", s.Title, s.Titles).Put("subtitle", s.Subtitle, s.Subtitles).Put("abstract", s.Abstract, s.Abstracts).Put("description", s.Description, s.Descriptions);
        foreach (var link in TitledLinks) Others.Put(LinkLines.Field(link), link.Title, link.Titles);
        Conflicts = [.. ScheduleConflicts.Of(Schedule).Where(c => c.Session.Id == s.Id || c.Other.Id == s.Id)];
        return Typed();
    }

    /// <summary>What was sent stays in its fields, also when it is refused.</summary>
    bool Typed()
    {
        if (!HttpMethods.IsPost(Request.Method) || !Request.HasFormContentType) return true;
        Others = Others.Typed(Request.Form, [.. Words, .. TitledLinks.Select(LinkLines.Field)]);
        // Their titles themselves stand in the lines of links.
        foreach (var link in TitledLinks) Others.Put(LinkLines.Field(link), link.Title, null);
        return true;
    }
}
