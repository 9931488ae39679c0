using System.Buffers.Text;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Push;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Live;

/// <summary>When somebody wants to hear of the sessions they saved, and which of their browsers ring. Forms carry no token of a sign-in, as those of their schedule: the guard against other sites stands before it.</summary>
[IgnoreAntiforgeryToken, InArchive(Archived.Ends)]
public sealed class RemindersPage(EventCatalogue events, OrganizationDirectory organizations, ScheduleCatalogue schedules, IVisitors visitors, QuerySession db, MessageBus bus, Browsers browsers, Vapid vapid, PushOptions push) : PageModel, IShowsRefusals
{
    [BindProperty(SupportsGet = true)] public string Organization { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [TempData] public string? Said { get; set; }

    public CatalogueEvent Event { get; private set; } = CatalogueEvent.Empty;
    public OrganizationCard Organizer { get; private set; } = null!;
    public Visitor Visitor { get; private set; } = null!;
    public Reminders Wanted { get; private set; } = Reminders.Empty;
    public int Rung { get; private set; }
    public ScheduleAddress Address => new(Organizer.Slug, Event.Slug);
    public string PushKey => vapid.PublicKey;
    public string Path => Address.Page + "/reminders";

    /// <summary>What is marked before anybody chose.</summary>
    public int Marked => Known ? Wanted.Minutes : Reminders.Usual;
    public bool Known { get; private set; }

    Guid? Person => Visitor.Person;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (Person is not { } person) return Page();
        var (wanted, version) = await db.FoldFresh<Reminders>(Reminders.StreamOf(Event.Id, person), ct);
        (Wanted, Known, Rung) = (wanted, version > 0, (await browsers.Of(Event.Id, person, ct)).Count);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int minutes, bool byMail, CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        var person = Visitor.Attendee?.Id ?? visitors.GiveDevice(HttpContext);
        await bus.InvokeAsync(new WantReminders(Event.Id, person, minutes, byMail && Visitor.Attendee is not null), ct);
        Said = minutes == 0 ? "live.reminders-off" : "live.reminders-kept";
        Response.Headers.Location = Path;
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>From the page's script, once its owner has allowed it.</summary>
    public async Task<IActionResult> OnPostRingAsync(string? endpoint, string? p256dh, string? auth, CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (Read(endpoint, p256dh, auth) is not { } target) throw new Refused("live.no-such-browser");
        var device = visitors.GiveDevice(HttpContext);
        await browsers.Keep(Event.Id, Visitor.Attendee?.Id ?? device, device, target, Language.Current.Code, ct);
        return new NoContentResult();
    }

    public async Task<IActionResult> OnPostHushAsync(string? endpoint, CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        if (endpoint is { Length: <= 1_000 } && Visitor.Device is { } device) await browsers.Forget(Event.Id, endpoint, device, ct);
        return new NoContentResult();
    }

    /// <summary>Null: no address a message may be sent to, or no keys. Whoever types one here wants us to write somewhere else.</summary>
    PushTarget? Read(string? endpoint, string? p256dh, string? auth)
    {
        if (endpoint is null || p256dh is not { Length: <= 100 } || auth is not { Length: <= 40 } || !WebPush.IsEndpoint(endpoint, push)) return null;
        try
        {
            var target = new PushTarget(endpoint, Base64Url.DecodeFromChars(p256dh), Base64Url.DecodeFromChars(auth));
            return PushEncryption.AreKeys(target.P256dh, target.Auth) ? target : null;
        }
        catch (FormatException) { return null; }
    }

    async Task<bool> Load(CancellationToken ct)
    {
        if (await events.Find(Organization, Slug, ct) is not { Published: true, Kind: EventKind.Conference } e || await schedules.Find(e.Id) is not { Visibility: not ScheduleVisibility.Hidden }) return false;
        if (await organizations.Find(e.OrganizationId, ct) is not { } organizer) return false;
        (Event, Organizer, Visitor) = (e, organizer, await visitors.Current(HttpContext, e.Id, ct));
        Response.Headers.CacheControl = "no-store";
        return true;
    }
}
