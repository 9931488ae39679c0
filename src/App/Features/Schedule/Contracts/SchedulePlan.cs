using System.Collections.Immutable;
using System.Globalization;

namespace App.Features.Schedule.Contracts;

/// <summary>A floor plan and what stands on it: rooms in the house's order, then the rest by kind.</summary>
/// <param name="Name">Of the floor or the building.</param>
public sealed record SchedulePlan(Guid Id, string Slug, string Name, SchedulePicture Picture, ImmutableArray<PlanSpot> Spots)
{
    /// <summary>Of the name as it is here; empty: nobody has said.</summary>
    public string NameLanguage { get; init; } = "";
    public Translations? Names { get; init; }

    /// <summary>The height of a plan that is a thousand wide.</summary>
    public int Height => (int)Math.Round(1000.0 * Picture.Height / Picture.Width);
}

/// <param name="Label">Empty: its kind says enough.</param>
/// <param name="Room">Null: it is no room.</param>
/// <param name="X">Thousandths of the plan's width.</param>
/// <param name="Y">Thousandths of the plan's height.</param>
public sealed record PlanSpot(Guid Id, SpotKind Kind, string Label, ScheduleRoom? Room, int X, int Y)
{
    public string LabelLanguage { get; init; } = "";
    public Translations? Labels { get; init; }

    /// <summary>By which the page of the map is led to it.</summary>
    public string Anchor => Room is { } room ? "room-" + room.Slug : string.Create(CultureInfo.InvariantCulture, $"spot-{Id:N}");

    /// <summary>Its middle on a plan that is a thousand wide.</summary>
    public int Down(SchedulePlan plan) => (int)Math.Round(Y * plan.Height / 1000.0);
}
