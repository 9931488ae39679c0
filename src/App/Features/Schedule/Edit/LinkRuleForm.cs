using System.Globalization;
using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Edit;

/// <summary>Conference: as for all sessions. Places: people with a place where places are counted, with a ticket where not.</summary>
public enum OpenFor { Conference, Everybody, Attendees, Places }

/// <summary>For whom links open, and when, as it is typed.</summary>
public sealed class LinkRuleForm
{
    const int MostMinutes = 60 * 24 * 14;

    public OpenFor OpenFor { get; set; }

    /// <summary>Of tickets; none: any.</summary>
    public List<Guid> OpenKinds { get; set; } = [];
    public string? OpenMinutes { get; set; }

    /// <param name="rule">Null: the conference's.</param>
    public static LinkRuleForm Of(LinkRule? rule) => rule is null ? new() : new()
    {
        OpenFor = rule.NeedsPlace ? OpenFor.Places : rule.Access == LinkAccess.Attendees ? OpenFor.Attendees : OpenFor.Everybody,
        OpenKinds = [.. rule.TicketTypes], OpenMinutes = rule.MinutesBefore?.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Null: the conference's. What is wrong is added to <paramref name="faults"/>.</summary>
    public LinkRule? Read(CatalogueEvent e, List<(string Field, string Message)> faults)
    {
        if (OpenFor == OpenFor.Conference) return null;
        var minutes = string.IsNullOrWhiteSpace(OpenMinutes) ? (int?)null : int.TryParse(OpenMinutes, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostMinutes ? number : -1;
        if (minutes < 0) faults.Add(("openMinutes", "A number of minutes, two weeks at the most; or nothing: then they are open at any time."));
        return new(OpenFor == OpenFor.Everybody ? LinkAccess.Everybody : LinkAccess.Attendees, minutes, OpenFor == OpenFor.Everybody ? [] : [.. OpenKinds.Distinct().Where(k => e.Type(k) is not null)], OpenFor == OpenFor.Places);
    }

    /// <summary>In a few words.</summary>
    public static string Say(LinkRule rule, CatalogueEvent e)
    {
        var kinds = string.Join(" or ", rule.TicketTypes.Select(t => e.Type(t)?.Name).OfType<string>());
        var who = rule.NeedsPlace ? "people with a place" : rule.Access == LinkAccess.Everybody ? "everybody" : kinds.Length > 0 ? $"people with a ticket ({kinds})" : "people with a ticket";
        return rule.MinutesBefore switch { null => $"{who}, at any time", 0 => $"{who}, from the start", 1 => $"{who}, 1 minute before the start", { } n => $"{who}, {n.ToString(CultureInfo.InvariantCulture)} minutes before the start" };
    }
}

/// <summary>The form's part about links.</summary>
/// <param name="OfAll">The conference's rule. Null: this is where it is made.</param>
/// <param name="Fault">What is wrong with a field, by its id.</param>
public sealed record LinkRuleFields(LinkRuleForm Form, CatalogueEvent Event, LinkRule? OfAll, Func<string, string> Fault)
{
    public IEnumerable<(OpenFor For, string Words)> Choices =>
    [
        .. OfAll is { } all ? [(OpenFor.Conference, $"As for all sessions: {LinkRuleForm.Say(all, Event)}")] : Array.Empty<(OpenFor, string)>(),
        (OpenFor.Everybody, "Everybody"), (OpenFor.Attendees, "People with a ticket, signed in"), (OpenFor.Places, "People with a place, where places are counted; with a ticket, where they are not"),
    ];
}
