using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Schedule.Import;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;

namespace App.Features.Schedule.Edit;

/// <summary>Where the schedule comes from by itself, and what is made of the answers that an organizer collects there. Which source it is, whoever runs the installation says: its token reads more than one organizer's.</summary>
public sealed class SourcePage(MessageBus bus, ScheduleImports imports, ScheduleReader reader, EventCatalogue events, ScheduleCatalogue schedules, QuerySession db) : OfficeSchedulePage(events, schedules), IShowsRefusals
{
    /// <summary>Null: it is fetched from nowhere.</summary>
    public ScheduleSource? Source { get; private set; }

    /// <summary>Null: nothing was fetched yet.</summary>
    public ImportRun? Last { get; private set; }

    /// <summary>Pictures that the source names and that could not be had, with why.</summary>
    public IReadOnlyList<(string Of, string Why)> Missing { get; private set; } = [];

    public string Action => $"{Path}/source";

    public static string Say(AnswerUse use) => use switch
    {
        AnswerUse.Links => "Links of the session",
        AnswerUse.Recommended => "Sessions it recommends",
        AnswerUse.Feedback => "Where to give feedback",
        _ => "What stands under the name",
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();
        Source = await db.Load<ScheduleSource>(EventId, ct);
        Last = await ImportRun.Latest(EventId, 1, db, ct) is [var last] ? last : null;
        if (Source?.BringsPictures == true) Missing = [.. (await BroughtPicture.All(EventId, db, ct)).Where(b => b.Fault is not null).Select(b => (NameOf(b), b.Fault!)).OrderBy(m => m.Item1, StringComparer.OrdinalIgnoreCase)];
        return Page();
    }

    string NameOf(BroughtPicture picture) => (picture.IsPortrait ? Schedule?.Speakers.FirstOrDefault(s => s.Id == picture.Id)?.Name : Schedule?.Session(picture.Id)?.Title) ?? "Somebody who speaks no more";

    /// <summary>Asks Pretalx what it asks.</summary>
    public async Task<IActionResult> OnPostLookAsync(CancellationToken ct)
    {
        if (await OnGetAsync(ct) is NotFoundResult none) return none;
        if (Source?.PretalxEvent is not { } slug) return NotFound();
        var found = await reader.Questions(slug, ct);
        await bus.InvokeAsync(new KeepQuestions(EventId, found), ct);
        return Back(found.Count == 0 ? "Pretalx asks nothing about sessions or speakers that its token may read." : $"Pretalx asks {found.Count} {(found.Count == 1 ? "question" : "questions")} about sessions and speakers.", Action);
    }

    public async Task<IActionResult> OnPostKeepAsync(CancellationToken ct)
    {
        if (await OnGetAsync(ct) is NotFoundResult none) return none;
        if (Source?.PretalxEvent is null) return NotFound();
        var uses = new Dictionary<int, AnswerUse>();
        foreach (var question in Source.Questions)
            if (Enum.TryParse<AnswerUse>(Request.Form[$"use-{question.Id}"], out var use) && Enum.IsDefined(use)) uses[question.Id] = use;
        await bus.InvokeAsync(new TakeFromSource(EventId, uses, Request.Form["pictures"] == "true"), ct);
        return Back("Kept. It shows with the next import.", Action);
    }

    public async Task<IActionResult> OnPostFetchAsync(CancellationToken ct)
    {
        if (await OnGetAsync(ct) is NotFoundResult none) return none;
        if (Source is null) return NotFound();
        var report = await imports.Fetch(EventId, Source.Address, Staff.Of(User).MemberId.ToString(), false, false, ct);
        return Back($"{ImportWords.Of(report)}{(report.Warnings.Count > 0 ? " Something was odd about it: see below." : "")}", Action);
    }
}
