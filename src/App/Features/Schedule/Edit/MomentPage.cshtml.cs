using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Pages;
using App.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace App.Features.Schedule.Edit;

/// <summary>Chooses the moment that a conference's pages show to whoever chooses it.</summary>
public sealed class MomentPage(EventCatalogue events, ScheduleCatalogue schedules, TimeMachine machine, TimeProvider clock) : OfficeSchedulePage(events, schedules)
{
    [BindProperty(Name = "at")] public string? Wanted { get; set; }
    [BindProperty(SupportsGet = true, Name = "back")] public string? From { get; set; }

    public string Public { get; private set; } = "";

    /// <summary>What is shown now; null: now.</summary>
    public DateTimeOffset? Shown { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Open(ct)) return NotFound();
        Wanted ??= At(Shown ?? Schedule?.Starts ?? clock.GetUtcNow()).Local.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Open(ct)) return NotFound();
        ModelState.Clear();
        if (DateTimes.Read(Wanted, Zone) is { Year: > 1970 and < 2200 } at)
        {
            machine.Set(HttpContext, EventId, at);
            return LocalRedirect(Back());
        }
        ModelState.AddModelError("at", "Enter a date and a time, like 2027-06-03 09:00.");
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public async Task<IActionResult> OnPostNowAsync(CancellationToken ct)
    {
        if (!await Open(ct)) return NotFound();
        machine.Unset(HttpContext);
        return LocalRedirect(Back());
    }

    async Task<bool> Open(CancellationToken ct)
    {
        if (!await Load(ct, fresh: false)) return false;
        Public = await machine.PageOf(Event, ct);
        Shown = machine.Read(HttpContext) is var (eventId, at) && eventId == EventId ? at : null;
        return true;
    }

    /// <summary>To a page of this conference, and nowhere else.</summary>
    string Back() => From is { Length: < 500 } from && (from == Public || from.StartsWith(Public + "/", StringComparison.Ordinal)) && !from.Contains("..", StringComparison.Ordinal) && !from.Contains('\\', StringComparison.Ordinal) && !from.Any(char.IsControl) ? from : Schedule is null ? Public : Public + "/schedule";
}
