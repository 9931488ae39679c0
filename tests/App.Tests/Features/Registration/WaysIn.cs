using App.Features.Registration;
using App.Features.Registration.Contracts;
using App.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace App.Tests.Features.Registration;

/// <summary>One application with two conferences, for all tests of how people come in: each with people of its own.</summary>
public sealed class WaysIn : IAsyncLifetime
{
    public const string Name = "ways in";
    int number;

    public AppHost App { get; private set; } = null!;
    public Show Show { get; private set; } = null!;
    public Show Other { get; private set; } = null!;

    public string SignIn => Show.Path + "/sign-in";
    public string Profile => Show.Path + "/profile";

    public async Task InitializeAsync()
    {
        App = await AppHost.Start(settings: ["--Registration:SignInsPerOrigin=1000000"]);
        (Show, Other) = (await App.AddShow(isConference: true), await App.AddShow(slug: "other-days", isConference: true));
    }

    public async Task DisposeAsync() => await App.DisposeAsync();

    public string Address() => $"somebody-{Interlocked.Increment(ref number)}@example.org";

    /// <summary>Somebody who may come.</summary>
    public async Task<AttendeeCard> Admit(string? email = null, Show? at = null)
    {
        (email, at) = (email ?? Address(), at ?? Show);
        await App.Bus.InvokeAsync(new AdmitPerson(at.EventId, email, "Ada Attendee", [new(GroundKind.Invitation, $"invitation:{at.EventId:N}:{email}")]), default);
        return (await App.Attendee(at, email))!;
    }

    /// <summary>Their browser, as a link would leave it.</summary>
    public async Task<Browser> SignedIn(AttendeeCard card)
    {
        var (answer, browser) = (new DefaultHttpContext(), App.Browser());
        await App.Get<AttendeeSessions>().Start(answer, card.EventId, card.Id, "link", null, default);
        var cookie = answer.Response.Headers.SetCookie[0]!.Split(';')[0].Split('=', 2);
        browser.Cookies[cookie[0]] = cookie[1];
        return browser;
    }

    public async Task<IReadOnlyList<AttendeeSession>> Sessions(AttendeeCard card) => await App.Get<AttendeeSessions>().Of(card.Id, default);
}

[CollectionDefinition(WaysIn.Name)]
public sealed class WaysInCollection : ICollectionFixture<WaysIn>;
