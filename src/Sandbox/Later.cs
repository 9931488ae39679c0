namespace Sandbox;

/// <summary>Work for later, in memory: gone when the process ends.</summary>
sealed class Later(TimeProvider clock, IHostApplicationLifetime lifetime)
{
    public void Run(TimeSpan after, Action work) => _ = Wait(after, work);

    async Task Wait(TimeSpan after, Action work)
    {
        try
        {
            await Task.Delay(after, clock, lifetime.ApplicationStopping);
            work();
        }
        catch (OperationCanceledException) { }
    }
}
