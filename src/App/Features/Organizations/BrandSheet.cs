using System.Globalization;
using App.Features.Organizations.Contracts;

namespace App.Features.Organizations;

/// <summary>
/// An organization's brand reaches its pages as a style sheet of one line: the content security policy allows no inline style. The two numbers stand in the address, and what is sent follows from it alone:
/// a replica that hasn't heard of a new colour yet can't put the old one under the new address.
/// </summary>
static class BrandSheet
{
    const double MostChroma = .17;

    public static async Task<IResult> Get(string organization, string? v, HttpContext context, OrganizationDirectory organizations, CancellationToken ct)
    {
        if (await organizations.Find(organization, ct) is not { } card) return Results.NotFound();
        var asked = Numbers(v);
        context.Response.Headers.CacheControl = asked is null ? "public, max-age=60" : "public, max-age=31536000, immutable";
        var (hue, chroma) = asked ?? (card.Hue, card.Chroma);
        return Results.Text(string.Create(CultureInfo.InvariantCulture, $":root{{--hue:{hue};--chroma:{chroma}}}"), "text/css");
    }

    static (int Hue, double Chroma)? Numbers(string? v) => v?.Split('-') is [var hue, var chroma]
        && int.TryParse(hue, NumberStyles.None, CultureInfo.InvariantCulture, out var h) && h < 360
        && double.TryParse(chroma, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var c) && c <= MostChroma ? (h, c) : null;
}
