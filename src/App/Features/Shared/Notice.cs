namespace App.Features.Shared;

/// <summary>Something an organizer tells people on a conference's pages. Equal ones look the same.</summary>
/// <param name="Text">Plain; empty: the title says it all.</param>
public sealed record Notice(Guid Id, string Title, string Text, bool IsUrgent)
{
    /// <summary>Where one is put away, and the style sheet that hides what was.</summary>
    public const string Dismiss = "/notices/dismiss", Dismissed = "/notices/dismissed.css";
}
