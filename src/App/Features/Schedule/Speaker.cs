using App.Features.Schedule.Contracts;

namespace App.Features.Schedule;

/// <summary>
/// The words about a speaker: personal data, so a document and never a fact. An erased one keeps nothing but its id and that it was erased, so that the next import doesn't bring the person back.
/// </summary>
/// <param name="Keys">By which sources find the speaker again.</param>
/// <param name="Revision">Goes up with each change; the fact that says so carries it.</param>
/// <param name="ByHand">Somebody has edited it here: imports leave it alone.</param>
public sealed record Speaker(Guid Id, Guid ConferenceId, string[] Keys, string Slug, string Name, string Biography, string Role, string Image, SessionLink[] Links, int Revision, bool ByHand = false, bool Erased = false)
{
    /// <summary>By which they sign in; never shown. Empty: the source doesn't tell.</summary>
    public string Email { get; init; } = "";

    /// <summary>As the source's was brought here; shown where there is no <see cref="Picture"/>. Null: none.</summary>
    public SchedulePicture? Portrait { get; init; }

    /// <summary>Uploaded here. A fact would keep its words, which name a person, for good. Null: none.</summary>
    public SchedulePicture? Picture { get; init; }

    // The same in other languages.
    public Translations? Biographies { get; init; }
    public Translations? Roles { get; init; }

    public bool Says(Speaker other) => Name == other.Name && Biography == other.Biography && Role == other.Role && Biographies == other.Biographies && Roles == other.Roles && Image == other.Image && Email == other.Email && Picture == other.Picture && Links.SequenceEqual(other.Links);
}
