using System.Globalization;
using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Edit;

/// <summary>Rooms, tracks, types, tags and breaks: each line a form of its own.</summary>
public sealed class RoomsPage(MessageBus bus, EventCatalogue events, ScheduleCatalogue schedules) : OfficeSchedulePage(events, schedules), IShowsRefusals
{
    [BindProperty] public Guid? Id { get; set; }
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? What { get; set; }
    [BindProperty] public string? Places { get; set; }
    [BindProperty] public LabelKind Kind { get; set; }
    [BindProperty] public string? Start { get; set; }
    [BindProperty] public string? Minutes { get; set; }
    [BindProperty] public Guid? Room { get; set; }

    public string Action => $"{Path}/rooms";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await Load(ct) && Schedule is not null ? Page() : NotFound();

    public async Task<IActionResult> OnPostRoomAsync(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is null) return NotFound();
        int? places = null;
        if (!string.IsNullOrWhiteSpace(Places))
        {
            if (!int.TryParse(Places, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n is < 1 or > 1_000_000) return Invalid("places", "A number of places, or nothing.");
            places = n;
        }
        if (Named() is { } fault) return Invalid("name", fault);
        await bus.InvokeAsync(new KeepRoom(EventId, Id, Name!.Trim(), (What ?? "").Trim(), places), ct);
        return Back($"{Name!.Trim()} is kept.", Action);
    }

    public async Task<IActionResult> OnPostRemoveRoomAsync(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is null || Id is not { } id) return NotFound();
        await bus.InvokeAsync(new RemoveRoom(EventId, id), ct);
        return Back("The room is removed.", Action);
    }

    public async Task<IActionResult> OnPostLabelAsync(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is null) return NotFound();
        if (Named() is { } fault) return Invalid("label", fault);
        await bus.InvokeAsync(new KeepLabel(EventId, Id, Kind, Name!.Trim()), ct);
        return Back($"{Name!.Trim()} is kept.", Action);
    }

    public async Task<IActionResult> OnPostBreakAsync(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is null) return NotFound();
        if (Named() is { } fault) return Invalid("break", fault);
        if (DateTimes.Read(Start, Zone) is not { } start) return Invalid("start", "A date and time.");
        if (!int.TryParse(Minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes is < 1 or > 1440) return Invalid("minutes", "How many minutes it takes.");
        await bus.InvokeAsync(new AddBreak(EventId, Name!.Trim(), Room, start, start.AddMinutes(minutes)), ct);
        return Back($"{Name!.Trim()} is added.", Action);
    }

    public async Task<IActionResult> OnPostRemoveBreakAsync(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is null || Id is not { } id) return NotFound();
        await bus.InvokeAsync(new RemoveBreak(EventId, id), ct);
        return Back("The break is removed.", Action);
    }

    string? Named() => string.IsNullOrWhiteSpace(Name) ? "Give it a name." : Name.Trim().Length > 200 ? "A name has 200 characters at the most." : null;

    PageResult Invalid(string field, string message)
    {
        ModelState.Clear();
        ModelState.AddModelError(field, message);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
