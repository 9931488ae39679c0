using System.Globalization;
using App.Features.Organizations.Contracts;

namespace App.Features.Organizations;

/// <summary>An organization's brand reaches its pages as a style sheet of one line: the content security policy allows no inline style.</summary>
static class BrandSheet
{
    public static async Task<IResult> Get(string organization, string? v, HttpContext context, OrganizationDirectory organizations, CancellationToken ct)
    {
        if (await organizations.Find(organization, ct) is not { } card) return Results.NotFound();
        context.Response.Headers.CacheControl = v is null ? "public, max-age=60" : "public, max-age=31536000, immutable";
        return Results.Text(string.Create(CultureInfo.InvariantCulture, $":root{{--hue:{card.Hue};--chroma:{card.Chroma}}}"), "text/css");
    }
}
