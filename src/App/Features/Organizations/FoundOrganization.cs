using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Organizations;

/// <summary>A new organization; answers its card. One that was founded when its owner could not be added has nobody yet, and is founded again.</summary>
/// <param name="Slug">Stands in addresses: small letters, digits, dashes.</param>
/// <param name="Owner">The first owner's email address.</param>
/// <param name="Contact">Where buyers write to; null: the owner's address.</param>
/// <param name="Hue">0 to 360 degrees.</param>
public sealed record FoundOrganization(string Slug, string Name, string Owner, string? Contact, string? Address, int Hue, string? StripeAccount);

public static class FoundOrganizationHandler
{
    const int LeastLetters = 2, MostLetters = 60, MostDegrees = 360;
    const double Chroma = 0.1;

    public static async Task<OrganizationCard> Handle(FoundOrganization command, DocumentSession db, OrganizationDirectory directory, Members members, TimeProvider clock, CancellationToken ct)
    {
        var known = await directory.Find(command.Slug, ct);
        var card = Decide(command, known, known is not null && (await members.Of(known.Id, ct)).Count > 0, Ids.New(clock.GetUtcNow()));
        db.Store(card);
        return card;
    }

    /// <param name="known">Who has the slug now.</param>
    /// <param name="hasMembers">Somebody works there.</param>
    /// <param name="id">For one that is new.</param>
    public static OrganizationCard Decide(FoundOrganization command, OrganizationCard? known, bool hasMembers, Guid id) => command switch
    {
        { Slug.Length: < LeastLetters or > MostLetters } => throw new Refused("organizations.bad-slug"),
        { Slug: var slug } when Slugs.Of(slug) != slug => throw new Refused("organizations.bad-slug"),
        { Owner: var owner } when EmailAddress.Normalise(owner) is null => throw new Refused("organizations.bad-email"),
        { Hue: < 0 or > MostDegrees } => throw new Refused("organizations.bad-hue"),
        _ when hasMembers => throw new Refused("organizations.slug-taken"),
        _ => new(known?.Id ?? id, command.Slug, command.Name.Trim(), command.Hue, Chroma, command.Contact ?? command.Owner, command.Address ?? "", command.StripeAccount),
    };
}
