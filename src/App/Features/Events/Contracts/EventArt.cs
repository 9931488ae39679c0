using App.Features.Shared;
using App.Infrastructure.Web;

namespace App.Features.Events.Contracts;

/// <summary>An event's artwork: a file of ours, or one that was uploaded.</summary>
public static class EventArt
{
    public const string Uploaded = UploadedPicture.Place;

    /// <summary>The address to put into a page, which may be kept for ever; empty for an event without artwork.</summary>
    public static string ArtLink(this CatalogueEvent e, Assets assets) => e.Art.Length == 0 || e.Art.StartsWith(Uploaded, StringComparison.Ordinal) ? e.Art : assets.Link(e.Art);
}
