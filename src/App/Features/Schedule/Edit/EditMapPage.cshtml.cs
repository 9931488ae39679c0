using System.Globalization;
using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Pages;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Edit;

/// <summary>Where something stands, as it is typed.</summary>
/// <param name="Suffix">Sets its fields apart from those of the others.</param>
public sealed record SpotFields(string Suffix, string? Label, string? X, string? Y);

/// <summary>Floor plans, and where rooms and the rest stand on them. A script takes the numbers from where somebody clicks; without it they are typed.</summary>
[RequestSizeLimit(AddPicture.MostSent)]
public sealed class EditMapPage(MessageBus bus, PictureReader pictures, Texts texts, EventCatalogue events, ScheduleCatalogue schedules) : OfficeSchedulePage(events, schedules), IShowsRefusals
{
    const int LongestName = 100;

    /// <summary>Null: a new one.</summary>
    [BindProperty] public Guid? Plan { get; set; }
    [BindProperty] public string? Name { get; set; }
    [BindProperty(Name = "")] public PictureForm Picture { get; set; } = new();

    /// <summary>What stands there already. Null: it is put there now.</summary>
    [BindProperty] public Guid? Spot { get; set; }

    /// <summary>What is put there: a room's id, or a kind.</summary>
    [BindProperty] public string? What { get; set; }
    [BindProperty] public string? Label { get; set; }
    [BindProperty] public string? X { get; set; }
    [BindProperty] public string? Y { get; set; }

    public string Action => $"{Path}/map";
    public static IReadOnlyList<SpotKind> Kinds { get; } = [.. Enum.GetValues<SpotKind>().Where(k => k != SpotKind.Room)];

    public IEnumerable<ScheduleRoom> RoomsWithoutPlace => Schedule!.Rooms.Where(r => !Schedule.Plans.Any(p => p.Spots.Any(s => s.Id == r.Id)));

    public FloorPlan Drawn(SchedulePlan plan) => new(plan, [.. plan.Spots.Select(s => new FloorMark(s, NameOf(s), NameOf(s)))]);
    public string NameOf(PlanSpot spot) => FloorPlan.NameOf(spot, texts);
    public string Say(SpotKind kind) => FloorPlan.Say(kind, texts);

    /// <summary>What was typed comes back where it was typed.</summary>
    public SpotFields FieldsOf(SchedulePlan plan, PlanSpot? spot)
    {
        var isThis = !ModelState.IsValid && Plan == plan.Id && Spot == spot?.Id && What is not null;
        return new(SuffixOf(plan.Id, spot?.Id), isThis ? Label : spot?.Label, isThis ? X : Percent(spot?.X), isThis ? Y : Percent(spot?.Y));
    }

    public static string SuffixOf(Guid plan, Guid? spot) => $"-{spot ?? plan:N}";

    static string? Percent(int? thousandths) => thousandths is { } n ? (n / 10m).ToString("0.#", CultureInfo.InvariantCulture) : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await Load(ct) && Schedule is not null ? Page() : NotFound();

    public async Task<IActionResult> OnPostPlanAsync(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is null) return NotFound();
        var (had, suffix, faults) = (Schedule.Plans.FirstOrDefault(p => p.Id == Plan), Plan is { } id ? SuffixOf(id, null) : "", new List<(string Field, string Message)>());
        var name = (Name ?? "").Trim();
        if (name.Length is 0 or > LongestName) faults.Add(("name" + suffix, name.Length == 0 ? "Give it the name of the floor or the building." : $"A name has {LongestName} characters at the most."));
        var picture = await pictures.Read(Picture, had?.Picture, Event.OrganizationId, suffix, faults, ct);
        if (picture is null && !faults.Exists(f => f.Field == "file" + suffix)) faults.Add(("file" + suffix, texts.Of("pictures.no-file")));
        if (faults.Count > 0) return Invalid(faults);
        await bus.InvokeAsync(new KeepPlan(EventId, Plan, name, picture!), ct, By);
        return Back($"{name} is kept.", Action);
    }

    public async Task<IActionResult> OnPostRemovePlanAsync(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is null || Plan is not { } id) return NotFound();
        await bus.InvokeAsync(new RemovePlan(EventId, id), ct, By);
        return Back("The plan is removed.", Action);
    }

    public async Task<IActionResult> OnPostSpotAsync(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is null || Plan is not { } plan) return NotFound();
        var (suffix, faults, label) = (SuffixOf(plan, Spot), new List<(string Field, string Message)>(), (Label ?? "").Trim());
        var (room, kind) = (Guid.TryParse(What, out var id) ? id : (Guid?)null, Kinds.Cast<SpotKind?>().FirstOrDefault(k => k.ToString() == What));
        if (room is null && kind is null) faults.Add(("what" + suffix, "Choose what stands there."));
        if (label.Length > LongestName) faults.Add(("label" + suffix, $"{LongestName} characters at the most."));
        var (x, y) = (Thousandths(X, "x" + suffix, faults), Thousandths(Y, "y" + suffix, faults));
        if (faults.Count > 0) return Invalid(faults);
        await bus.InvokeAsync(new KeepSpot(EventId, room ?? Spot, plan, kind ?? SpotKind.Room, label, x, y), ct, By);
        return Back($"{Schedule.Rooms.FirstOrDefault(r => r.Id == room)?.Name ?? (label.Length > 0 ? label : Say(kind ?? SpotKind.Room))} stands on the plan.", Action + "#plan" + SuffixOf(plan, null));
    }

    public async Task<IActionResult> OnPostRemoveSpotAsync(CancellationToken ct)
    {
        if (!await Load(ct) || Schedule is null || Spot is not { } id) return NotFound();
        await bus.InvokeAsync(new RemoveSpot(EventId, id), ct, By);
        return Back("It is taken off the plan.", Action);
    }

    static int Thousandths(string? typed, string field, List<(string, string)> faults)
    {
        if (decimal.TryParse(typed?.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100) return (int)Math.Round(percent * 10);
        faults.Add((field, "Click on the plan, or type percents from 0 to 100."));
        return 0;
    }

    PageResult Invalid(List<(string Field, string Message)> faults)
    {
        ModelState.Clear();
        foreach (var (field, message) in faults) ModelState.AddModelError(field, message);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
