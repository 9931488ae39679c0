using App.Features.Events.Contracts;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Schedule.Pages;

/// <summary>A type of sessions that hang there, and whether it was chosen.</summary>
/// <param name="Value">Its address part; of sessions without a type a hyphen, which no address part is.</param>
/// <param name="Name">Null: they have no type.</param>
public sealed record CollageType(string Value, string? Name, int Count, bool Chosen, string Language = "");

/// <summary>Which sessions hang there. All of it stands in the address.</summary>
/// <param name="Types">Those to choose from, as long as there is a choice.</param>
/// <param name="ShowsAll">Also sessions without a picture.</param>
public sealed record Collage(IReadOnlyList<ScheduleSession> Sessions, IReadOnlyList<CollageType> Types, bool ShowsAll, bool IsChosen)
{
    const string Untyped = "-";

    /// <param name="chosen">None: all types.</param>
    public static Collage Of(ConferenceSchedule schedule, IReadOnlySet<string> chosen, bool all)
    {
        static string Value(ScheduleSession s) => s.Type?.Slug ?? Untyped;
        var hung = schedule.Sessions.Where(s => all || s.Picture is not null).ToArray();
        var counts = hung.CountBy(Value).ToDictionary(StringComparer.Ordinal);
        var types = schedule.Types.Select(t => (Value: t.Slug, Name: (string?)t.Name, Language: t.NameLanguage)).Append((Value: Untyped, Name: null, Language: "")).Where(t => counts.ContainsKey(t.Value))
            .Select(t => new CollageType(t.Value, t.Name, counts[t.Value], chosen.Count == 0 || chosen.Contains(t.Value), t.Language)).ToArray();
        return new([.. hung.Where(s => chosen.Count == 0 || chosen.Contains(Value(s)))], types.Length > 1 ? types : [], all, chosen.Count > 0);
    }
}

/// <summary>Sessions as pictures: installations, stands, exhibitions. A form with GET; htmx asks for the tiles only.</summary>
[PublicPage<TimelessPageKey>, InArchive(Archived.Stays)]
public sealed class CollagePage(ConferencePages pages) : PageModel
{
    public ConferenceView View { get; private set; } = null!;
    public Collage Collage { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string organization, string slug, CancellationToken ct)
    {
        if (await pages.Find(organization, slug, ct, HttpContext.Moment()?.At) is not { } view) return NotFound();
        var chosen = Request.Query["type"].Where(t => t is { Length: > 0 and < 100 }).Take(100).Select(t => t!).ToHashSet(StringComparer.Ordinal);
        (View, Collage) = (view, Collage.Of(view.Schedule, chosen, Request.Query["all"] == "true"));
        var isPart = Request.Headers.ContainsKey("HX-Request");
        if (isPart || Request.QueryString.HasValue) (Response.Headers.Vary, Response.Headers.CacheControl) = ("HX-Request", "no-cache");
        return isPart ? Partial("_Collage", this) : Page();
    }
}
