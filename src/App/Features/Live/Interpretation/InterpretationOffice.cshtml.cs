using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;

namespace App.Features.Live.Interpretation;

/// <summary>Which sessions are interpreted into which languages, where people listen, and who interprets.</summary>
public sealed class InterpretationOfficePage(EventCatalogue events, ScheduleCatalogue schedules, Interpreters interpreters, SoundLines lines, QuerySession db, MessageBus bus) : OfficeTalkPage(events, schedules), IShowsRefusals
{
    [BindProperty] public Guid Session { get; set; }
    [BindProperty] public string? Language { get; set; }
    [BindProperty] public string? Address { get; set; }
    [BindProperty] public string? Email { get; set; }

    public string Path => Office + "/interpretation";
    public bool PlaysHere => lines.AreOffered;
    public IReadOnlyList<(ScheduleSession Session, IReadOnlyList<Channel> Channels)> Interpreted { get; private set; } = [];
    public IReadOnlyList<Interpreter> Appointed { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var rules = (await db.FoldFresh<TalkRules>(TalkRules.StreamOf(EventId), ct)).State;
        Interpreted = [.. rules.Channels.Values.GroupBy(c => c.SessionId).Select(g => (Schedule.Session(g.Key), rules.Of(g.Key).ToList())).Where(p => p.Item1 is not null).Select(p => (p.Item1!, (IReadOnlyList<Channel>)p.Item2)).OrderBy(p => p.Item1.First?.Start).ThenBy(p => p.Item1.Title, StringComparer.OrdinalIgnoreCase)];
        Appointed = await interpreters.Appointed(EventId, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostChannelAsync(CancellationToken ct)
    {
#pragma warning disable CA1308 // language codes are written in small letters
        await bus.InvokeAsync(new KeepChannel(EventId, Session, (Language ?? "").Trim().ToLowerInvariant(), (Address ?? "").Trim()), ct, By);
#pragma warning restore CA1308
        return Back("The channel is kept.", Path);
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid channel, CancellationToken ct)
    {
        await bus.InvokeAsync(new RemoveChannel(EventId, channel), ct, By);
        return Back("The channel is removed.", Path);
    }

    public async Task<IActionResult> OnPostAppointAsync(CancellationToken ct)
    {
        if (EmailAddress.Normalise(Email) is not { } email)
        {
            Wrong("email", "Enter an email address like name@example.com");
            return await OnGetAsync(ct);
        }
        await bus.InvokeAsync(new AppointInterpreter(EventId, email), ct, By);
        return Back($"{email} may enter the booths.", Path);
    }

    public async Task<IActionResult> OnPostDismissAsync(Guid interpreter, CancellationToken ct)
    {
        await bus.InvokeAsync(new DismissInterpreter(EventId, interpreter), ct, By);
        return Back("They may enter no booth any more.", Path);
    }

    Cause By => new(Staff.Of(User).MemberId.ToString());
}
