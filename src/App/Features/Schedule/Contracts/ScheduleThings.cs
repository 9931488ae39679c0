using System.Collections.Immutable;

namespace App.Features.Schedule.Contracts;

public sealed record ScheduleRoom(Guid Id, string Slug, string Name, string Description, int? Capacity, int Position)
{
    public SchedulePicture? Picture { get; init; }

    /// <summary>Of the name as it is here; empty: nobody has said. So are its like below.</summary>
    public string NameLanguage { get; init; } = "";
    public string DescriptionLanguage { get; init; } = "";
    public Translations? Names { get; init; }
    public Translations? Descriptions { get; init; }
}

public sealed record ScheduleLabel(Guid Id, LabelKind Kind, string Slug, string Name, string Description, string Color, int Position)
{
    public string NameLanguage { get; init; } = "";
    public string DescriptionLanguage { get; init; } = "";
    public Translations? Names { get; init; }
    public Translations? Descriptions { get; init; }
}

/// <param name="Role">What stands under the name: a function, an affiliation.</param>
public sealed record ScheduleSpeaker(Guid Id, string Slug, string Name, string Biography, string Role, string Image, ImmutableArray<SessionLink> Links)
{
    /// <summary>Kept here, uploaded or brought; <see cref="Image"/> is on somebody else's server. Null: none.</summary>
    public SchedulePicture? Portrait { get; init; }

    public string BiographyLanguage { get; init; } = "";
    public string RoleLanguage { get; init; } = "";
    public Translations? Biographies { get; init; }
    public Translations? Roles { get; init; }

    public override string ToString() => Slug;
}

public sealed record ScheduleBreak(Guid Id, string Title, ScheduleRoom? Room, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>By which its source finds it again.</summary>
    public string Key { get; init; } = "";

    public string TitleLanguage { get; init; } = "";
    public Translations? Titles { get; init; }
}
