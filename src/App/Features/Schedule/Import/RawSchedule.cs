using App.Features.Schedule.Contracts;

namespace App.Features.Schedule.Import;

// What a source says, as it says it: every reader fills these, and SnapshotMaker understands them.

sealed record RawRoom(string Key, string Name, string Description = "", int? Capacity = null)
{
    // The same in other languages, as the source names them; so below.
    public Translations? Names { get; init; }
    public Translations? Descriptions { get; init; }
}

sealed record RawLabel(LabelKind Kind, string Key, string Name, string Description = "", string Color = "", string Slug = "")
{
    public Translations? Names { get; init; }
    public Translations? Descriptions { get; init; }
}

sealed record RawPerson(string Guid = "", string Code = "", string Id = "", string Name = "", string Biography = "", string Role = "", string Image = "", IReadOnlyList<RawLink>? Links = null, string Email = "")
{
    public Translations? Biographies { get; init; }
}

/// <param name="Kind">The source's word (slides, feedback …).</param>
/// <param name="Language">Of what it leads to, as the source names it.</param>
sealed record RawLink(string Url, string Title = "", string Kind = "", bool IsAttachment = false, string Language = "")
{
    public Translations? Titles { get; init; }
}

/// <summary>One slot of a session, or a session without one.</summary>
sealed record RawEvent
{
    public string Guid { get; init; } = "";
    public string Code { get; init; } = "";
    public string Id { get; init; } = "";
    public string Slug { get; init; } = "";
    public string Url { get; init; } = "";

    /// <summary>The day it is listed under.</summary>
    public DateOnly? Day { get; init; }
    public string Date { get; init; } = "";
    public string Start { get; init; } = "";
    public string Duration { get; init; } = "";
    public string End { get; init; } = "";

    /// <summary>Key or name.</summary>
    public string Room { get; init; } = "";
    public string Title { get; init; } = "";
    public string Subtitle { get; init; } = "";
    public string Track { get; init; } = "";
    public string Type { get; init; } = "";
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string Language { get; init; } = "";
    public string Abstract { get; init; } = "";
    public string Description { get; init; } = "";
    public Translations? Titles { get; init; }
    public Translations? Subtitles { get; init; }
    public Translations? Abstracts { get; init; }
    public Translations? Descriptions { get; init; }
    public string License { get; init; } = "";
    public string Image { get; init; } = "";
    public bool? DoNotRecord { get; init; }
    public bool Featured { get; init; }
    public int? Capacity { get; init; }
    public string State { get; init; } = "";
    public bool IsBreak { get; init; }
    public IReadOnlyList<RawPerson> Persons { get; init; } = [];
    public IReadOnlyList<RawLink> Links { get; init; } = [];

    /// <summary>Sessions for who likes this one: codes, guids, or addresses with one of them in it.</summary>
    public IReadOnlyList<string> Recommended { get; init; } = [];
}

sealed record RawSchedule(string Format)
{
    public string Title { get; init; } = "";
    public Translations? Titles { get; init; }
    public string Acronym { get; init; } = "";
    public string Release { get; init; } = "";
    public string TimeZone { get; init; } = "";

    /// <summary>Time of day at which the next day of the programme begins.</summary>
    public string DayChange { get; init; } = "";
    public string Url { get; init; } = "";

    /// <summary>To which relative addresses belong.</summary>
    public string BaseUrl { get; init; } = "";
    public DateOnly? First { get; init; }
    public DateOnly? Last { get; init; }
    public IReadOnlyList<RawRoom> Rooms { get; init; } = [];
    public IReadOnlyList<RawLabel> Labels { get; init; } = [];

    /// <summary>Words about persons whom events name by key only.</summary>
    public IReadOnlyList<RawPerson> Persons { get; init; } = [];
    public IReadOnlyList<RawEvent> Events { get; init; } = [];

    /// <summary>What our own exports add where a format has no place; with it texts are Markdown already.</summary>
    public ScheduleExtras? Extras { get; init; }
}
