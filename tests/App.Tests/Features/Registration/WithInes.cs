using App.Tests.Support;

namespace App.Tests.Features.Registration;

/// <summary>A conference of its own for each test, and Inês, who has a ticket for it.</summary>
public abstract class WithInes : IAsyncLifetime
{
    protected const string Ines = "ines@example.org";

    protected AppHost App { get; private set; } = null!;
    protected Show Show { get; private set; } = null!;

    protected string SignIn => Show.Path + "/sign-in";
    protected string Profile => Show.Path + "/profile";
    protected string Office => $"/office/events/{Show.EventId}/attendees";

    public async Task InitializeAsync()
    {
        App = await AppHost.Start();
        Show = await App.AddConference();
        await App.Sell(Show);
    }

    public async Task DisposeAsync() => await App.DisposeAsync();
}
