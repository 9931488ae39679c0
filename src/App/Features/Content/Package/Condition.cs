using App.Infrastructure.Web;

namespace App.Features.Content.Package;

/// <summary>Who looks, as far as conditions ask.</summary>
/// <param name="TicketTypes">Names of theirs.</param>
/// <param name="Now">The time at the venue.</param>
public sealed record Onlooker(bool SignedIn, IReadOnlyList<string> Roles, IReadOnlyList<string> TicketTypes, DateTime Now, Language Language);

/// <summary>Whether something is for who looks: all that it says has to hold. What it doesn't say is for everybody.</summary>
/// <param name="From">At the venue; included.</param>
/// <param name="Until">At the venue; not included.</param>
/// <param name="Any">At least one of these holds.</param>
/// <param name="Not">This doesn't hold.</param>
public sealed record Condition(bool? SignedIn, IReadOnlyList<string> Roles, IReadOnlyList<string> TicketTypes, DateTime? From, DateTime? Until, IReadOnlyList<string> Languages, IReadOnlyList<Condition> Any, Condition? Not)
{
    public static Condition Always { get; } = new(null, [], [], null, null, [], [], null);

    public bool Holds(Onlooker who) =>
        (SignedIn is not { } signedIn || signedIn == who.SignedIn)
        && (Roles.Count == 0 || Roles.Any(who.Roles.Contains))
        && (TicketTypes.Count == 0 || TicketTypes.Any(t => who.TicketTypes.Contains(t, StringComparer.OrdinalIgnoreCase)))
        && (From is not { } from || who.Now >= from)
        && (Until is not { } until || who.Now < until)
        && (Languages.Count == 0 || Languages.Contains(who.Language.Code))
        && (Any.Count == 0 || Any.Any(c => c.Holds(who)))
        && Not?.Holds(who) != true;
}
