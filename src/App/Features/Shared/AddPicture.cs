using App.Infrastructure;
using App.Infrastructure.Pictures;
using App.Infrastructure.Store;

namespace App.Features.Shared;

/// <summary>Keeps a picture for an organization's pages, without what else its file tells. The same one again is the same.</summary>
/// <param name="IsPortrait">It shows a person, and can be forgotten with them.</param>
public sealed record AddPicture(Guid OrganizationId, byte[] File, bool IsPortrait = false)
{
    public const int MostBytes = 5 * 1024 * 1024;

    /// <summary>What a form with a picture may send: more than a picture may weigh, so that one too heavy is told so beside its field.</summary>
    public const int MostSent = 16 * 1024 * 1024;

    /// <summary>What is too heavy isn't read to its end.</summary>
    public static async Task<AddPicture> Of(Guid organizationId, IFormFile file, CancellationToken ct, bool isPortrait = false)
    {
        var bytes = new byte[Math.Min(file.Length, MostBytes + 1)];
        await using var from = file.OpenReadStream();
        await from.ReadExactlyAsync(bytes, ct);
        return new(organizationId, bytes, isPortrait);
    }
}

public static class AddPictureHandler
{
    const int MostPixels = 40_000_000, MostSide = 12_000, LeastWidth = 640, LeastHeight = 400, LeastOfPortrait = 200, MostADay = 100;

    public static async Task<UploadedPicture> Handle(AddPicture command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var picture = command.IsPortrait ? Decide(command.File, LeastOfPortrait, LeastOfPortrait) : Decide(command.File);
        var now = clock.GetUtcNow();
        if (await db.QueryFirst<long>("select count(*) from events_pictures where organization_id = $1 and added_at > $2 and not brought", ct, command.OrganizationId, now.AddDays(-1)) >= MostADay) throw new Refused("pictures.too-many", MostADay);
        return await (command.IsPortrait ? PictureStore.KeepPortrait(picture, command.OrganizationId, db, now, ct) : PictureStore.Keep(picture, command.OrganizationId, db, now, ct));
    }

    public static CleanPicture Decide(byte[] file) => Decide(file, LeastWidth, LeastHeight);

    /// <param name="leastWidth">In pixels.</param>
    /// <param name="leastHeight">Likewise.</param>
    public static CleanPicture Decide(byte[] file, int leastWidth, int leastHeight)
    {
        if (file.Length > AddPicture.MostBytes) throw new Refused("pictures.too-heavy", AddPicture.MostBytes / 1024 / 1024);
        CleanPicture? picture;
        try { picture = CleanPicture.Read(file); }
        catch (BrokenPictureException) { throw new Refused("pictures.broken"); }
        if (picture is null) throw new Refused("pictures.none");
        if (picture.Width < leastWidth || picture.Height < leastHeight) throw new Refused("pictures.too-small", picture.Width, picture.Height, leastWidth, leastHeight);
        if (picture.Width > MostSide || picture.Height > MostSide || (long)picture.Width * picture.Height > MostPixels) throw new Refused("pictures.too-large", picture.Width, picture.Height);
        return picture;
    }
}
