using System.Text.Json;
using System.Text.Json.Nodes;
using App.Features.Events.Contracts;
using App.Features.Registration.Contracts;
using App.Infrastructure.Messaging;
using App.Infrastructure.Passkeys;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Registration;

/// <summary>An attendee's own page: how they are called, where they are signed in, all that is kept about them, and the way out.</summary>
[InArchive(Archived.Ends)]
public sealed class ProfilePage(ConferencePlaces places, AttendeeSessions sessions, AttendeePasskeys passkeys, IEnumerable<IAttendeeData> parts, QuerySession db, MessageBus bus, Texts texts) : PageModel, IShowsRefusals
{
    /// <summary>Each in its own words.</summary>
    public static IReadOnlyList<(string Code, string Name)> Languages { get; } =
        [("en", "English"), ("es", "Español"), ("de", "Deutsch"), ("fr", "Français"), ("pt", "Português"), ("it", "Italiano"), ("nl", "Nederlands"), ("ar", "العربية"), ("zh", "中文"), ("ja", "日本語")];

    static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [BindProperty(SupportsGet = true, Name = "organization")] public string OrganizationSlug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public bool Deleting { get; set; }
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string[]? Reads { get; set; }

    /// <summary>What mails speak to them.</summary>
    [BindProperty] public string? MailLanguage { get; set; }

    [BindProperty] public TravelBy? TravelBy { get; set; }
    [BindProperty] public TravelFar? TravelFar { get; set; }

    /// <summary>Whether the organizer asks how people travel.</summary>
    public bool AsksTravel { get; private set; }

    /// <summary>What an authenticator said, as JSON.</summary>
    [BindProperty] public string? Credential { get; set; }
    [BindProperty] public string? PasskeyName { get; set; }
    [TempData] public string? Said { get; set; }

    public ConferencePlace Place { get; private set; } = null!;
    public AttendeeCard Card { get; private set; } = null!;
    public Guid ThisSession { get; private set; }
    public IReadOnlyList<AttendeeSession> SignedIn { get; private set; } = [];
    public IReadOnlyList<Passkey> Passkeys { get; private set; } = [];
    public bool HasPasskeys => passkeys.AreOffered;
    public string Fault(string field) => ModelState.TryGetValue(field, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public override async Task OnPageHandlerExecutionAsync(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context, Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutionDelegate next)
    {
        HttpContext.Allow().IsPrivate = true;
        var ct = HttpContext.RequestAborted;
        if (await places.Find(OrganizationSlug, Slug, ct) is not { } place) { context.Result = NotFound(); return; }
        Place = place;
        if (await sessions.Find(HttpContext, place.Event.Id, ct) is not { } found) { context.Result = LocalRedirect($"{place.SignIn}?returnUrl={Uri.EscapeDataString(place.Profile)}"); return; }
        (Card, ThisSession) = found;
        await next();
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        (SignedIn, Passkeys) = (await sessions.Of(Card.Id, ct), await passkeys.Of(Card, ct));
        AsksTravel = await db.Load<TravelQuestion>(Place.Event.Id, ct) is not null;
        // After another of the page's forms was refused, too.
        if (HttpMethods.IsGet(Request.Method) || Request.Query.ContainsKey("handler")) (Name, Reads) = (Card.Name, Card.Languages);
        MailLanguage ??= Card.ToAttendee().ReadsIn(Place.Event.Language).Code;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Trim().Length > 200)
        {
            ModelState.AddModelError("name", texts.Of("attendee.ask-name"));
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await OnGetAsync(ct);
        }
        await bus.InvokeAsync(new EditProfile(Card.Id, Name.Trim(), [.. Languages.Select(l => l.Code).Intersect(Reads ?? [])], Language.Find(MailLanguage)?.Code), ct);
        Said = texts.Of("attendee.saved");
        return LocalRedirect(Place.Profile);
    }

    /// <summary>Both parts or nothing: half an answer counts for nothing.</summary>
    public async Task<IActionResult> OnPostTravelAsync(CancellationToken ct)
    {
        if (TravelBy is null != TravelFar is null)
        {
            ModelState.AddModelError(TravelBy is null ? "travelBy" : "travelFar", texts.Of("attendee.travel-both"));
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await OnGetAsync(ct);
        }
        await bus.InvokeAsync(new SayTravel(Card.Id, TravelBy is { } by && TravelFar is { } far ? new(by, far) : null), ct);
        Said = texts.Of("attendee.saved");
        return LocalRedirect(Place.Profile + "#t-t");
    }

    public async Task<IActionResult> OnPostSignOutAsync()
    {
        await sessions.SignOut(HttpContext, Place.Event.Id);
        return LocalRedirect(Place.SignIn);
    }

    public async Task<IActionResult> OnPostEndAsync(Guid number, CancellationToken ct)
    {
        Said = await sessions.End(Card.Id, number, ct) ? texts.Of("attendee.signed-out-there") : texts.Of("attendee.over-already");
        return LocalRedirect(Place.Profile);
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync(CancellationToken ct) => Content(await passkeys.BeginAdding(HttpContext, Card, ct), "application/json");

    public async Task<IActionResult> OnPostAddPasskeyAsync(CancellationToken ct)
    {
        await passkeys.Add(HttpContext, Card, Credential, PasskeyName, ct);
        Said = texts.Of("passkeys.added");
        return LocalRedirect(Place.Profile);
    }

    public async Task<IActionResult> OnPostRemovePasskeyAsync(string? passkey, CancellationToken ct)
    {
        Said = await passkeys.Remove(Card, passkey, ct) ? texts.Of("passkeys.removed") : texts.Of("passkeys.gone");
        return LocalRedirect(Place.Profile);
    }

    /// <summary>All of it, for a person and for a program.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var facts = await db.Query<string>("select jsonb_build_object('what', type, 'at', at, 'data', data)::text from events where stream = $1 order by version", ct, Card.Id);
        var all = new JsonObject
        {
            ["conference"] = Place.Event.Title,
            ["you"] = JsonSerializer.SerializeToNode(Card, RegistrationJson.Default.AttendeeCard),
            ["signedIn"] = new JsonArray([.. (await sessions.Of(Card.Id, ct)).Select(s => (JsonNode)new JsonObject { ["browser"] = s.Browser, ["by"] = s.Way, ["since"] = s.StartedAt, ["lastSeen"] = s.SeenAt })]),
            ["passkeys"] = new JsonArray([.. (await passkeys.Of(Card, ct)).Select(p => (JsonNode)new JsonObject { ["name"] = p.Name, ["id"] = p.Number, ["added"] = p.CreatedAt, ["lastUsed"] = p.UsedAt })]),
            ["history"] = new JsonArray([.. facts.Select(f => JsonNode.Parse(f))]),
        };
        foreach (var part in parts)
            foreach (var (name, value) in await part.Of(Card.ToAttendee(), ct))
                all[name] = value?.DeepClone();
        return File(JsonSerializer.SerializeToUtf8Bytes(all, Readable), "application/json", $"{Place.Event.Slug}-my-data.json");
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        await bus.InvokeAsync(new EraseAttendee(Card.Id), ct);
        sessions.Forget(HttpContext, Place.Event.Id);
        return LocalRedirect(Place.Page);
    }
}
