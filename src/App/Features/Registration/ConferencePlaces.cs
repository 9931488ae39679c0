using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Registration;

/// <summary>A published conference with its organizer and the addresses of what belongs to an attendee.</summary>
public sealed record ConferencePlace(CatalogueEvent Event, OrganizationCard Organizer)
{
    public string Page => $"/e/{Organizer.Slug}/{Event.Slug}";
    public string SignIn => $"{Page}/sign-in";
    public string Profile => $"{Page}/profile";

    /// <summary>Only below the conference's own address: a link in a mail leads nowhere else.</summary>
    public string Back(string? wanted) => wanted is { Length: < 500 } && wanted.StartsWith(Page + "/", StringComparison.Ordinal) && !wanted.StartsWith(SignIn, StringComparison.Ordinal) && !wanted.Any(char.IsControl) && !wanted.Contains('\\', StringComparison.Ordinal) && !wanted.Contains("..", StringComparison.Ordinal) ? wanted : Profile;
}

public sealed class ConferencePlaces(EventCatalogue events, OrganizationDirectory organizations, SiteOptions site)
{
    const int SecretLength = 43;

    public async ValueTask<ConferencePlace?> Find(string organization, string slug, CancellationToken ct) =>
        await events.Find(organization, slug, ct) is { Published: true, Kind: EventKind.Conference } e && await organizations.Find(e.OrganizationId, ct) is { } organizer ? new(e, organizer) : null;

    /// <summary>What binds a link to the browser that asks for it: kept while a link may live, the same for all links of this browser.</summary>
    public byte[] Bind(HttpContext context)
    {
        var secret = BrowserOf(context) ?? System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);
        context.Response.Cookies.Append(CookieName, Infrastructure.Ids.ToText(secret), new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = site.IsSecure, Path = "/", IsEssential = true, MaxAge = SignIns.Lives + TimeSpan.FromMinutes(5) });
        return secret;
    }

    public byte[]? BrowserOf(HttpContext context)
    {
        var secret = new byte[32];
        return context.Request.Cookies[CookieName] is { Length: SecretLength } text && System.Buffers.Text.Base64Url.DecodeFromChars(text, secret, out _, out var n) == System.Buffers.OperationStatus.Done && n == 32 ? secret : null;
    }

    string CookieName => site.CookieName("asks");
}
