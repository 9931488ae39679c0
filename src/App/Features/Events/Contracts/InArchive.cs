namespace App.Features.Events.Contracts;

/// <summary>What becomes of a page when its event is an archive.</summary>
public enum Archived
{
    /// <summary>It is read, as it was.</summary>
    Stays,

    /// <summary>It asks something of people, which nobody is asked any more: 410 for everybody.</summary>
    Ends,
}

/// <summary>Said by every page and endpoint at or below a conference's address (a test asks): whether it is part of the archive (<see cref="CatalogueEvent.IsArchived"/>).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InArchiveAttribute(Archived becomes) : Attribute
{
    public Archived Becomes => becomes;
}
