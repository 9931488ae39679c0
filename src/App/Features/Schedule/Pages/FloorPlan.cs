using System.Globalization;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Html;

namespace App.Features.Schedule.Pages;

/// <summary>Something on a floor plan, as it is drawn.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Words">As it is read out, and shown to who points at it.</param>
/// <param name="Href">Empty: it leads nowhere.</param>
/// <param name="IsOn">Something is on in it.</param>
public sealed record FloorMark(PlanSpot Spot, string Name, string Words, string Href = "", bool IsOn = false)
{
    /// <summary>Of the name; empty: nobody has said, or it is the page's.</summary>
    public string Language => Spot.Room is { } room ? room.NameLanguage : Spot.LabelLanguage;
}

public sealed record FloorPlan(SchedulePlan Plan, IReadOnlyList<FloorMark> Marks)
{
    const int LongestLine = 11, LineHeight = 24;

    public static string Icon(SpotKind kind) => kind switch
    {
        SpotKind.Room => "door", SpotKind.Entrance => "entrance", SpotKind.Food => "food", SpotKind.Toilets => "toilets", SpotKind.FirstAid => "aid", SpotKind.Cloakroom => "cloakroom", SpotKind.QuietRoom => "quiet", SpotKind.Lift => "lift", _ => "info",
    };

    public static string Say(SpotKind kind, Texts texts) => texts.Of(kind switch
    {
        SpotKind.Room => "map.room", SpotKind.Entrance => "map.entrance", SpotKind.Food => "map.food", SpotKind.Toilets => "map.toilets", SpotKind.FirstAid => "map.first-aid", SpotKind.Cloakroom => "map.cloakroom", SpotKind.QuietRoom => "map.quiet-room",
        SpotKind.Lift => "map.lift", _ => "map.info",
    });

    /// <summary>A name on the plan, a long one on two lines. Written here because Razor takes an element of that name for its own.</summary>
    public static IHtmlContent Text(int x, int y, string anchor, FloorMark mark)
    {
        var html = new HtmlContentBuilder().AppendHtml(string.Create(CultureInfo.InvariantCulture, $"<text y=\"{y}\" text-anchor=\"{anchor}\"")).AppendHtml(Said.Attributes(mark.Language)).AppendHtml(">");
        var lines = Lines(mark.Name);
        for (var i = 0; i < lines.Length; i++) html.AppendHtml(string.Create(CultureInfo.InvariantCulture, $"<tspan x=\"{x}\" dy=\"{i * LineHeight}\">")).Append(lines[i]).AppendHtml("</tspan>");
        return html.AppendHtml("</text>");
    }

    static string[] Lines(string name)
    {
        if (name.Length <= LongestLine) return [name];
        var middle = name.IndexOf(" (", StringComparison.Ordinal) is > 0 and var bracket ? bracket : Enumerable.Range(0, name.Length).Where(i => name[i] == ' ').OrderBy(i => Math.Abs(i - name.Length / 2)).FirstOrDefault(-1);
        return middle < 0 ? [Short(name)] : [Short(name[..middle]), Short(name[(middle + 1)..])];
    }

    static string Short(string line) => line.Length > 2 * LongestLine ? line[..(2 * LongestLine - 1)] + "…" : line;

    public static string NameOf(PlanSpot spot, Texts texts) => spot.Room is { } room ? room.Name : spot.Label.Length > 0 ? spot.Label : Say(spot.Kind, texts);
}
