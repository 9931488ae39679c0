using App.Features.Content.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Content.Pages;

/// <summary>Copy of pages that are no conference's. Foyer's own where the live content has none.</summary>
public static class HouseCopy
{
    public static CopyView Of(string page, LiveContent content, TimeProvider clock) =>
        new(null, content.Installation, content.Installation.Copy(page, Language.Current) ?? LiveContent.House.Site("").Copy(page, Language.Current)!, "", clock.GetUtcNow());
}
