using App.Features.Content.Package;
using App.Infrastructure.Web;

namespace App.Features.Content.Pages;

/// <summary>What a language lacks and says in English.</summary>
/// <param name="Pages">As their folders name them.</param>
/// <param name="Sentences">Keys, with what is said instead.</param>
public sealed record MissingTranslations(Language Language, IReadOnlyList<string> Pages, IReadOnlyList<(string Key, string English)> Sentences)
{
    /// <summary>How the keys begin of what visitors and buyers read, which is said in every language. The office speaks English.</summary>
    public static IReadOnlyList<string> ForVisitors { get; } = ["frame.", "whats-on.", "event.", "picker.", "checkout.", "order.", "waitlist.", "sign-in.", "lost.", "home.", "programme.", "my-schedule.", "questions.", "feedback.", "booth.", "listen.", "live.", "attendee.", "passkeys.", "mail.", "collage.", "map."];

    /// <param name="within">Conferences whose path begins so, besides the installation's; null: all.</param>
    public static IReadOnlyList<MissingTranslations> Of(ContentPackage package, string? within) =>
        [.. Language.All.Skip(1).Select(l => new MissingTranslations(l,
            [.. package.Folders.Where(f => f.Path.Length == 0 || within is null || f.Path.StartsWith(within, StringComparison.Ordinal)).SelectMany(f => f.Pages.Where(p => !p.Value.ContainsKey(l.Code)).Select(p => f.Path.Length == 0 ? p.Key : $"events/{f.Path}/{p.Key}"))],
            [.. Texts.OfHouse(Language.English).Where(s => ForVisitors.Any(v => s.Key.StartsWith(v, StringComparison.Ordinal)) && !Texts.OfHouse(l).ContainsKey(s.Key) && package.Strings.GetValueOrDefault(l.Code)?.ContainsKey(s.Key) != true).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value.Other))]))];
}
