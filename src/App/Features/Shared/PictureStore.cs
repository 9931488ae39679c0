using System.Security.Cryptography;
using App.Infrastructure;
using App.Infrastructure.Pictures;
using App.Infrastructure.Store;

namespace App.Features.Shared;

/// <summary>Where pictures are kept, for handlers. An address follows from the owner and the bytes: the same again is the same.</summary>
public static class PictureStore
{
    public static Task<UploadedPicture> Keep(CleanPicture picture, Guid organizationId, DocumentSession db, DateTimeOffset now, CancellationToken ct) => Keep(picture, organizationId, null, false, db, now, ct);

    /// <summary>One that came with an import.</summary>
    /// <param name="portraitOf">Whose it is: no two people share one, so that it can be forgotten with its person. Null: nobody's.</param>
    public static Task<UploadedPicture> KeepBrought(CleanPicture picture, Guid organizationId, Guid? portraitOf, DocumentSession db, DateTimeOffset now, CancellationToken ct) => Keep(picture, organizationId, portraitOf, true, db, now, ct);

    /// <summary>An upload that shows a person: no memory and no browser keeps it for long. Each has an address of its own, also where the same file is an event's artwork or was uploaded for somebody else: forgetting it takes nothing from them.</summary>
    public static Task<UploadedPicture> KeepPortrait(CleanPicture picture, Guid organizationId, DocumentSession db, DateTimeOffset now, CancellationToken ct) => Keep(picture, organizationId, Ids.New(now), false, db, now, ct);

    /// <summary>Only portraits: other pictures stay where calendars, mails and archives may point.</summary>
    public static Task ForgetPortrait(string address, DocumentSession db, CancellationToken ct) => db.Execute("delete from events_pictures where id = $1 and portrait", ct, address[UploadedPicture.Place.Length..]);

    static async Task<UploadedPicture> Keep(CleanPicture picture, Guid organizationId, Guid? portraitOf, bool brought, DocumentSession db, DateTimeOffset now, CancellationToken ct)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData([.. organizationId.ToByteArray(), .. portraitOf?.ToByteArray() ?? [], .. picture.Bytes]).AsSpan(0, 16)) + "." + picture.Extension;
        await db.Execute("insert into events_pictures (id, organization_id, content_type, width, height, bytes, added_at, brought, portrait) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing",
            ct, id, organizationId, picture.ContentType, picture.Width, picture.Height, picture.Bytes, now, brought, portraitOf is not null);
        return new(UploadedPicture.Place + id, picture.Width, picture.Height);
    }
}
