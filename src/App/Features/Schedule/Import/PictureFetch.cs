using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Pictures;
using App.Infrastructure.Vendors.Pretalx;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Import;

/// <param name="Picture">Null: the same as before, or none.</param>
/// <param name="Fault">Why there is none; null: there is, or it is the same as before.</param>
/// <param name="Silent">Nobody answered: the next one needn't be tried now.</param>
public sealed record PictureAnswer(CleanPicture? Picture, FileMark Mark, string? Fault, bool Silent = false);

/// <summary>Fetches a picture of Pretalx's: from its own hosts only, small and soon, and as a picture (what its bytes say, cleaned), whatever its name and type say.</summary>
public sealed class PictureFetch(Downloads downloads, PretalxClient pretalx, Texts texts)
{
    const int LeastSide = 64;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<PictureAnswer> Get(string address, FileMark known, CancellationToken ct)
    {
        try
        {
            if (await downloads.Fetch(address, new DownloadRule(AddPicture.MostBytes, Patience, pretalx.Options.HasPicture), known, ct) is not var (bytes, mark)) return new(null, known, null);
            return new(AddPictureHandler.Decide(bytes, LeastSide, LeastSide), mark, null);
        }
        catch (Refused no) { return new(null, FileMark.None, texts.Of(no), Silent: no.Key == "downloads.no-answer"); }
    }
}
