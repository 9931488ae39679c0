namespace App.Features.Live.Contracts;

public interface ILivePeople
{
    /// <summary>How many people look at a conference's pages now, as this process last heard: 0 while nobody here follows it.</summary>
    long Of(Guid eventId);
}
