using App.Features.Schedule.Contracts;
using App.Infrastructure;

namespace App.Features.Schedule.Edit;

/// <summary>The part about a picture of keeping a session or a room.</summary>
static class KeepPicture
{
    /// <param name="wanted">Null: it shall have none.</param>
    public static IEnumerable<object> Decide(Guid of, SchedulePicture? wanted, Conference conference, DateTimeOffset now)
    {
        if (conference.Pictures.GetValueOrDefault(of) == wanted) return [];
        Check(wanted);
        return [new PictureSet(of, wanted, now)];
    }

    /// <summary>Who doesn't see a picture has its words only, so there is none without them.</summary>
    public static void Check(SchedulePicture? picture)
    {
        if (picture is not null && string.IsNullOrWhiteSpace(picture.Alt)) throw new Refused("schedule.picture-without-words");
    }
}
