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
[RequestSizeLimit(AddPicture.MostSent)]
public sealed class RoomsPage(MessageBus bus, PictureReader pictures, EventCatalogue events, ScheduleCatalogue schedules) : OfficeSchedulePage(events, schedules), IShowsRefusals
{
    [BindProperty] public Guid? Id { get; set; }
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? What { get; set; }
    [BindProperty] public string? Places { get; set; }
    [BindProperty] public LabelKind Kind { get; set; }
    [BindProperty] public string? Start { get; set; }
    [BindProperty] public string? Minutes { get; set; }
    [BindProperty] public Guid? Room { get; set; }
    [BindProperty(Name = "")] public PictureForm Picture { get; set; } = new();

    /// <summary>In how many sessions the label was said to be when its removal was confirmed.</summary>
    [BindProperty] public int Used { get; set; }

    /// <summary>A label in use whose removal waits to be confirmed. Null: none.</summary>
    public Guid? Removing { get; private set; }

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
        var (had, faults) = (Schedule.Rooms.FirstOrDefault(r => r.Id == Id)?.Picture, new List<(string Field, string Message)>());
        var picture = Id is null ? null : await pictures.Read(Picture, had, Event.OrganizationId, SuffixOf(Id), faults, ct);
        if (faults.Count > 0) return Invalid([.. faults]);
        await bus.InvokeAsync(new KeepRoom(EventId, Id, Name!.Trim(), (What ?? "").Trim(), places) { Picture = picture }, ct, By);
        return Back($"{Name!.Trim()} is kept.", Action);
    }

    public async Task<IActionResult> OnPostRemoveRoomAsync(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is null || Id is not { } id) return NotFound();
        await bus.InvokeAsync(new RemoveRoom(EventId, id), ct, By);
        return Back("The room is removed.", Action);
    }

    public async Task<IActionResult> OnPostLabelAsync(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is null) return NotFound();
        if (Named() is { } fault) return Invalid("label", fault);
        await bus.InvokeAsync(new KeepLabel(EventId, Id, Kind, Name!.Trim()), ct, By);
        return Back($"{Name!.Trim()} is kept.", Action);
    }

    /// <summary>One in use is asked about first.</summary>
    public async Task<IActionResult> OnPostRemoveLabelAsync(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is null || Id is not { } id) return NotFound();
        if (Schedule.Tracks.Concat(Schedule.Types).Concat(Schedule.Tags).FirstOrDefault(l => l.Id == id) is not { } label) return Back("It is removed.", Action);
        if (Uses(label) is var uses && uses > Used)
        {
            (Removing, Response.StatusCode) = (id, StatusCodes.Status422UnprocessableEntity);
            return Page();
        }
        await bus.InvokeAsync(new RemoveLabel(EventId, id, Used), ct, By);
        return Back($"{label.Name} is removed.", Action);
    }

    /// <summary>By how many sessions that aren't cancelled.</summary>
    public int Uses(ScheduleLabel label) => Schedule!.SessionsById.Values.Count(s => s.State != SessionState.Cancelled && (s.Track?.Id == label.Id || s.Type?.Id == label.Id || s.Tags.Any(t => t.Id == label.Id)));

    public async Task<IActionResult> OnPostBreakAsync(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is null) return NotFound();
        if (Named() is { } fault) return Invalid("break", fault);
        if (DateTimes.Read(Start, Zone) is not { } start) return Invalid("start", "A date and time.");
        if (!int.TryParse(Minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes is < 1 or > 1440) return Invalid("minutes", "How many minutes it takes.");
        await bus.InvokeAsync(new AddBreak(EventId, Name!.Trim(), Room, start, start.AddMinutes(minutes)), ct, By);
        return Back($"{Name!.Trim()} is added.", Action);
    }

    public async Task<IActionResult> OnPostRemoveBreakAsync(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is null || Id is not { } id) return NotFound();
        await bus.InvokeAsync(new RemoveBreak(EventId, id), ct, By);
        return Back("The break is removed.", Action);
    }

    string? Named() => string.IsNullOrWhiteSpace(Name) ? "Give it a name." : Name.Trim().Length > 200 ? "A name has 200 characters at the most." : null;

    /// <summary>Sets a room's fields apart from those of the others.</summary>
    public static string SuffixOf(Guid? room) => room is { } id ? $"-{id:N}" : "";

    PageResult Invalid(string field, string message) => Invalid((field, message));

    PageResult Invalid(params ReadOnlySpan<(string Field, string Message)> faults)
    {
        ModelState.Clear();
        foreach (var (field, message) in faults) ModelState.AddModelError(field, message);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
