namespace App.Features.Shared;

/// <summary>A file with people in it, as a page's answer. One with many leaves the house only for somebody who has just shown who they are.</summary>
public interface INamesPeople
{
    /// <summary>From one more on (security.md S19).</summary>
    const int Many = 1_000;

    /// <summary>More than <see cref="Many"/>.</summary>
    Task<bool> HasMany(CancellationToken ct);
}
