using App.Features.Schedule.Contracts;

namespace App.Features.Schedule;

/// <summary>The texts of a schedule as one reader reads them, each with the language it is in.</summary>
/// <param name="Wanted">Empty: as they are stored.</param>
/// <param name="Otherwise">The conference's own language.</param>
sealed record ReadTexts(string Wanted, string Otherwise)
{
    public (string Text, string Language) Of(string text, Translations? translations) => Translations.Pick(text, translations, Wanted, Otherwise);

    /// <summary>A session's own text that says nothing else is in the one language the session is in. Signed languages are spoken, not written.</summary>
    public (string Text, string Language) Of(SessionDetails details, string text, Translations? translations) =>
        Of(text, translations) is ({ Length: > 0 } said, "") && details.Languages is [var only] && only.Split('-')[0].Length == 2 ? (said, only) : Of(text, translations);

    public SessionLink Link(SessionLink l)
    {
        var title = Of(l.Title, l.Titles);
        return l.Titles is null ? l : l with { Title = title.Text, TitleLanguage = title.Language };
    }

    public SchedulePlan Plan(Plan p, IEnumerable<PlanSpot> spots)
    {
        var name = Of(p.Name, p.Names);
        return new(p.Id, p.Slug, name.Text, p.Picture, [.. spots]) { NameLanguage = name.Language, Names = p.Names };
    }

    public PlanSpot Spot(Spot s, ScheduleRoom? room)
    {
        var label = Of(s.Label, s.Labels);
        return new(s.Id, s.Kind, label.Text, room, s.X, s.Y) { LabelLanguage = label.Language, Labels = s.Labels };
    }

    public ScheduleRoom Room(Room r, SchedulePicture? picture)
    {
        var (name, description) = (Of(r.Name, r.Names), Of(r.Description, r.Descriptions));
        return new(r.Id, r.Slug, name.Text, description.Text, r.Capacity, r.Position) { Picture = picture, NameLanguage = name.Language, DescriptionLanguage = description.Language, Names = r.Names, Descriptions = r.Descriptions };
    }

    public ScheduleLabel Label(Label l)
    {
        var (name, description) = (Of(l.Name, l.Names), Of(l.Description, l.Descriptions));
        return new(l.Id, l.Kind, l.Slug, name.Text, description.Text, l.Color, l.Position) { NameLanguage = name.Language, DescriptionLanguage = description.Language, Names = l.Names, Descriptions = l.Descriptions };
    }

    public ScheduleSpeaker Speaker(Speaker s)
    {
        var (role, biography) = (Of(s.Role, s.Roles), Of(s.Biography, s.Biographies));
        return new(s.Id, s.Slug, s.Name, biography.Text, role.Text, s.Image, [.. s.Links]) { Portrait = s.Picture ?? s.Portrait, RoleLanguage = role.Language, BiographyLanguage = biography.Language, Roles = s.Roles, Biographies = s.Biographies };
    }

    public ScheduleBreak Break(Break b, ScheduleRoom? room)
    {
        var title = Of(b.Title, b.Titles);
        return new(b.Id, title.Text, room, b.Start, b.End) { Key = b.Key, TitleLanguage = title.Language, Titles = b.Titles };
    }
}
