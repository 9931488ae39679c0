using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;

namespace App.Features.Schedule.Edit;

/// <summary>A schedule from a file or an address: first what it would do, then doing it. And how the last imports went.</summary>
public sealed class ImportPage(ScheduleImports imports, EventCatalogue events, ScheduleCatalogue schedules, QuerySession db) : OfficeSchedulePage(events, schedules), IShowsRefusals
{
    [BindProperty(Name = "file")] public IFormFile? Upload { get; set; }
    [BindProperty] public string? Address { get; set; }

    /// <summary>preview or apply.</summary>
    [BindProperty] public string? Deed { get; set; }

    /// <summary>Also when most sessions would vanish.</summary>
    [BindProperty] public bool Force { get; set; }

    public ImportReport? Report { get; private set; }
    public IReadOnlyList<ImportRun> Runs { get; private set; } = [];
    public string Action => $"{Path}/import";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        Runs = await ImportRun.Latest(EventId, 10, db, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        ModelState.Clear();
        var (by, dry) = (Staff.Of(User).MemberId.ToString(), Deed != "apply");
        if (Upload is { Length: > 0 } file)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, ct);
            Report = await imports.Upload(EventId, System.IO.Path.GetFileName(file.FileName), bytes.ToArray(), by, dry, Force, ct);
        }
        else if (!string.IsNullOrWhiteSpace(Address))
        {
            // A path of the server's own disk is for its command line.
            if (!ScheduleReader.IsWeb(Address.Trim())) ModelState.AddModelError("address", "An address that begins with https://, or pretalx: and the event’s short name there.");
            else Report = await imports.Fetch(EventId, Address.Trim(), by, dry, Force, ct);
        }
        else ModelState.AddModelError("file", "Choose a file, or give an address.");
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        if (!dry && Report is not null) return Back(Report.ChangesNothing ? ImportWords.Of(Report) : $"The schedule is imported: {ImportWords.Of(Report)}");
        return await OnGetAsync(ct);
    }
}
