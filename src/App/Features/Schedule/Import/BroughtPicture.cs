using System.Text.Json;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Import;

/// <summary>A picture that a source names, as it was last asked for. Of a person, so a document and never a fact.</summary>
/// <param name="Id">The session's or the speaker's.</param>
/// <param name="Address">At the source.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="Mark">By which the source knows what it gave.</param>
/// <param name="Kept">Null: it could not be had.</param>
/// <param name="Fault">Why not, in the sentence people read; null: it was had.</param>
public sealed record BroughtPicture(Guid Id, Guid ConferenceId, bool IsPortrait, string Address, DateTimeOffset At, FileMark Mark, SchedulePicture? Kept, string? Fault)
{
    public static async Task<IReadOnlyList<BroughtPicture>> All(Guid conferenceId, QuerySession db, CancellationToken ct) =>
        [.. (await db.Query<string>("select data::text from doc_brought_picture where conference_id = $1 order by id", ct, conferenceId)).Select(json => JsonSerializer.Deserialize(json, ScheduleJson.Default.BroughtPicture)!)];
}

/// <summary>The next picture to look after.</summary>
/// <param name="Address">Null: it is wanted no more.</param>
/// <param name="Had">Null: it was never asked for.</param>
public sealed record PictureTask(Guid Of, bool IsPortrait, string? Address, BroughtPicture? Had)
{
    /// <summary>An address that was had is looked at again after a day, one that gave nothing after a quarter of it: a file at Pretalx gets another name with every change.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromDays(1), Retry = TimeSpan.FromHours(6);

    /// <summary>Pure. What nobody wants goes first, then what was never asked for, then what was asked for longest ago.</summary>
    /// <param name="wanted">Whether the source's pictures are wanted at all.</param>
    /// <returns>Null: nothing is to be done now.</returns>
    public static PictureTask? Next(Conference conference, IEnumerable<Speaker> words, bool wanted, IReadOnlyList<BroughtPicture> had, DateTimeOffset now)
    {
        var sessions = conference.Sessions.Values.Where(s => s.Details.Image.Length > 0 && !conference.OwnPictures.Contains(s.Id)).Select(s => (s.Id, IsPortrait: false, Address: s.Details.Image));
        var people = words.Where(w => !w.Erased && w.Image.Length > 0 && conference.Speakers.ContainsKey(w.Id)).Select(w => (w.Id, IsPortrait: true, Address: w.Image));
        var all = wanted ? sessions.Concat(people).OrderBy(w => w.Id).ToArray() : [];
        var ids = all.Select(w => w.Id).ToHashSet();
        if (had.FirstOrDefault(h => !ids.Contains(h.Id)) is { } unwanted) return new(unwanted.Id, unwanted.IsPortrait, null, unwanted);
        var known = had.ToDictionary(h => h.Id);
        return all.Select(w => new PictureTask(w.Id, w.IsPortrait, w.Address, known.GetValueOrDefault(w.Id))).Where(t => t.IsDue(now)).MinBy(t => t.Had?.At ?? DateTimeOffset.MinValue);
    }

    bool IsDue(DateTimeOffset now) => Had is null || Had.Address != Address || Had.At + (Had.Fault is null ? Fresh : Retry) <= now;
}
