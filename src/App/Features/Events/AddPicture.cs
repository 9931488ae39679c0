using System.Security.Cryptography;
using App.Features.Events.Contracts;
using App.Infrastructure;
using App.Infrastructure.Pictures;
using App.Infrastructure.Store;

namespace App.Features.Events;

/// <summary>Keeps a picture for an organization's events, without what else its file tells. Answers its address. The same one again is the same.</summary>
public sealed record AddPicture(Guid OrganizationId, byte[] File);

public static class AddPictureHandler
{
    public const int MostBytes = 5 * 1024 * 1024;
    const int MostPixels = 40_000_000, MostSide = 12_000, LeastWidth = 640, LeastHeight = 400, MostADay = 100;

    public static async Task<string> Handle(AddPicture command, DocumentSession db, TimeProvider clock, CancellationToken ct)
    {
        var picture = Decide(command.File);
        var id = Convert.ToHexStringLower(SHA256.HashData([.. command.OrganizationId.ToByteArray(), .. picture.Bytes]).AsSpan(0, 16)) + "." + picture.Extension;
        var now = clock.GetUtcNow();
        if (await db.QueryFirst<long>("select count(*) from events_pictures where organization_id = $1 and added_at > $2", ct, command.OrganizationId, now.AddDays(-1)) >= MostADay) throw new Refused("events.too-many-pictures", MostADay);
        await db.Execute("insert into events_pictures (id, organization_id, content_type, width, height, bytes, added_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing",
            ct, id, command.OrganizationId, picture.ContentType, picture.Width, picture.Height, picture.Bytes, now);
        return EventArt.Uploaded + id;
    }

    public static CleanPicture Decide(byte[] file)
    {
        if (file.Length > MostBytes) throw new Refused("events.picture-too-heavy", MostBytes / 1024 / 1024);
        CleanPicture? picture;
        try { picture = CleanPicture.Read(file); }
        catch (BrokenPictureException) { throw new Refused("events.picture-broken"); }
        if (picture is null) throw new Refused("events.no-picture");
        if (picture.Width < LeastWidth || picture.Height < LeastHeight) throw new Refused("events.picture-too-small", picture.Width, picture.Height, LeastWidth, LeastHeight);
        if (picture.Width > MostSide || picture.Height > MostSide || (long)picture.Width * picture.Height > MostPixels) throw new Refused("events.picture-too-large", picture.Width, picture.Height);
        return picture;
    }
}
