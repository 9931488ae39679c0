using System.Collections.Concurrent;
using System.Security.Cryptography;
using App.Features.Content.Contracts;
using App.Features.Shared;
using App.Infrastructure.Pictures;
using App.Infrastructure.Web;

namespace App.Features.Content.Package;

/// <summary>Names of pages that need no copy of their own.</summary>
public static class ContentPages
{
    public const string Home = "home", Tickets = "tickets", Schedule = "schedule", MySchedule = "my-schedule", WhatsOn = "whats-on", Search = "search", Speakers = "speakers", Collage = "collage", Map = "map", Links = "links";

    /// <summary>The copy on home of who is signed in; without it, home's own.</summary>
    public const string SignedInHome = "home-signed-in";

    public static IReadOnlyList<string> BuiltIn { get; } = [Home, Tickets, Schedule, MySchedule, WhatsOn, Search, Speakers, Collage, Map, Links];
}

/// <summary>A session that content names, and where it does.</summary>
public sealed record NamedSession(string Code, string File, int Line, int Column);

/// <param name="Id">Its address: another picture has another one.</param>
public sealed record ContentImage(string Id, CleanPicture Picture)
{
    public static ContentImage Of(CleanPicture picture) => new($"{Convert.ToHexStringLower(SHA256.HashData(picture.Bytes))[..20]}.{picture.Extension}", picture);
}

/// <summary>One place's content: the installation's, or a conference's, which stands above it.</summary>
/// <param name="Path">Empty: the installation's. Else organization/event.</param>
/// <param name="Pages">By name and language.</param>
public sealed record ContentFolder(string Path, SiteSettings Settings, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Copy>> Pages, IReadOnlyDictionary<string, ContentImage> Images, IReadOnlyList<NamedSession> Sessions);

/// <summary>All content, read and without a fault. Never changed: another one takes its place.</summary>
/// <param name="Strings">By language and key.</param>
public sealed record ContentPackage(string Version, IReadOnlyList<ContentFolder> Folders, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Sentence>> Strings)
{
    readonly ConcurrentDictionary<string, SiteAges> sites = new(StringComparer.Ordinal);

    /// <summary>By their addresses.</summary>
    public IReadOnlyDictionary<string, CleanPicture> Images { get; } = Folders.SelectMany(f => f.Images.Values).DistinctBy(i => i.Id).ToDictionary(i => i.Id, i => i.Picture);

    public ContentFolder Installation => Folders[0];

    /// <summary>The same object for as long as this package is live and no page opens or closes by itself, so that pages made of it know when they are old.</summary>
    /// <param name="address">organization/event of one that exists; empty: the installation's own.</param>
    public ContentSite Site(string address, string zone, DateTimeOffset now) => Ages(address) is var ages && ages.Change ? ages.At(EventTime.Of(now, zone).Local.DateTime) : ages.At(DateTime.MinValue);

    /// <summary>Before any page opens by itself.</summary>
    public ContentSite Site(string address) => Ages(address).At(DateTime.MinValue);

    SiteAges Ages(string address) => sites.GetOrAdd(address, static (a, package) => new(package.Installation, a.Length == 0 ? null : package.Folders.FirstOrDefault(f => f.Path == a)), this);
}

/// <summary>A place's content from one opening or closing to the next.</summary>
sealed class SiteAges
{
    readonly DateTime[] borders;
    readonly Lazy<ContentSite>[] ages;

    public SiteAges(ContentFolder installation, ContentFolder? own)
    {
        borders = [.. new[] { installation, own }.OfType<ContentFolder>().SelectMany(f => f.Settings.Pages.Values).SelectMany(f => new[] { f.From, f.Until }).OfType<DateTime>().Distinct().Order()];
        ages = [.. borders.Prepend(DateTime.MinValue).Select(at => new Lazy<ContentSite>(() => new(installation, own, at)))];
    }

    public bool Change => borders.Length > 0;

    /// <param name="now">At the venue.</param>
    public ContentSite At(DateTime now) => ages[borders.Count(b => b <= now)].Value;
}
