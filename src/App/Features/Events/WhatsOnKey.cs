using App.Features.Organizations.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Events;

/// <summary>What the lists of events show to everybody, read from memory.</summary>
public sealed class WhatsOnKey(UpcomingEvents upcoming, OrganizationDirectory organizations) : IPublicPageKey
{
    sealed record Key(OrganizationCard? Organization, IReadOnlyList<UpcomingEvent> Events)
    {
        public bool Equals(Key? other) => other is not null && Organization == other.Organization && Events.SequenceEqual(other.Events);
        public override int GetHashCode() => Events.Count;
    }

    public async ValueTask<object?> Of(HttpContext context)
    {
        var slug = context.Request.RouteValues["organization"] as string;
        var organization = slug is null ? null : await organizations.Find(slug, context.RequestAborted);
        return slug is not null && organization is null ? null : new Key(organization, await upcoming.Of(slug, context.RequestAborted));
    }
}
