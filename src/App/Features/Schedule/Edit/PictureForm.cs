using System.ComponentModel.DataAnnotations;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Messaging;
using App.Infrastructure.Web;

namespace App.Features.Schedule.Edit;

/// <summary>A picture as an organizer gives it: one chosen now, or the one that is there.</summary>
public sealed class PictureForm
{
    /// <summary>Its address, once it is up. Null: the form doesn't ask; empty: none.</summary>
    [DisplayFormat(ConvertEmptyStringToNull = false)] public string? Picture { get; set; }
    public IFormFile? File { get; set; }

    /// <summary>What it shows.</summary>
    public string? PictureText { get; set; }
    public bool NoPicture { get; set; }

    public static PictureForm Of(SchedulePicture? picture) => new() { Picture = picture?.Address, PictureText = picture?.Alt };
}

/// <summary>The form's part about a picture. <paramref name="Suffix"/> sets the fields of several such forms on one page apart.</summary>
/// <param name="Fault">What is wrong with a field, by its id.</param>
public sealed record PictureFields(PictureForm Form, Func<string, string> Fault, string Suffix = "")
{
    public bool Required { get; init; }
    public string Hint { get; init; } = "JPEG, PNG, WebP or AVIF, up to 5 MB; 1600 × 1000 looks best. Where and with what it was taken is left out.";

    /// <summary>In pixels: as wide as any page shows it. A plan is looked at more closely.</summary>
    public int Widest { get; init; } = 1600;

    public string FileId => "file" + Suffix;
    public string TextId => "pictureText" + Suffix;
}

/// <summary>Understands the part about a picture.</summary>
public sealed class PictureReader(MessageBus bus, Pictures pictures, Texts texts)
{
    const int LongestText = 500;

    /// <summary>What was chosen is kept at once, so that it needn't be chosen again when something else isn't in order. What is wrong is added to <paramref name="faults"/> by the fields' ids.</summary>
    /// <param name="had">The picture there is; null: none.</param>
    /// <param name="isPortrait">It shows a person, and can be forgotten with them.</param>
    public async Task<SchedulePicture?> Read(PictureForm form, SchedulePicture? had, Guid organizationId, string suffix, List<(string Field, string Message)> faults, CancellationToken ct, bool isPortrait = false)
    {
        if (form.File is { Length: > 0 } file)
        {
            try { form.Picture = (await bus.InvokeAsync<UploadedPicture>(await AddPicture.Of(organizationId, file, ct, isPortrait), ct)).Address; }
            catch (Refused no) { faults.Add(("file" + suffix, texts.Of(no))); }
        }
        else if (form.NoPicture) form.Picture = "";
        if (form.Picture is null) return had;
        if (form.Picture.Length == 0) return null;
        // An address in a form may be anybody's: what is no picture of ours is no change.
        var found = form.Picture == had?.Address ? new(had.Address, had.Width, had.Height) : await pictures.Find(form.Picture, organizationId, ct, isPortrait);
        if (found is null) { form.Picture = had?.Address; return had; }
        var words = (form.PictureText ?? "").Trim();
        // What came with an import stays as it came until somebody says what it shows: then it is theirs.
        if (found.Address == had?.Address && words == had.Alt) return had;
        if (words.Length == 0) faults.Add(("pictureText" + suffix, texts.Of("schedule.picture-without-words")));
        if (words.Length > LongestText) faults.Add(("pictureText" + suffix, $"That is {words.Length:N0} characters; {LongestText} are the most."));
        return new(found.Address, words, found.Width, found.Height);
    }
}
