using System.Net;
using System.Text.Json;
using App.Tests.Faults;
using App.Tests.Support;

namespace App.Tests.Features.Organizations;

/// <summary>The first organization of an installation, and the way back in.</summary>
public sealed class OrganizationCommandTests : IAsyncLifetime
{
    AppHost app = null!;

    public async Task InitializeAsync() => app = await AppHost.Start();
    public async Task DisposeAsync() => await app.DisposeAsync();

    string[] Words(params string[] words) => ["organization", .. words, $"--ConnectionStrings:Foyer={app.Connection}", "--Logging:LogLevel:Default=Warning"];

    async Task<(int Exit, string Said)> InAProcess(params string[] words)
    {
        await using var command = ChildApp.Run(Words(words));
        return (await command.Ended(), command.Log);
    }

    static string Password((int Exit, string Said) answer)
    {
        answer.Exit.ShouldBe(0, answer.Said);
        return JsonDocument.Parse(answer.Said).RootElement.GetProperty("password").GetString()!;
    }

    [Fact]
    public async Task An_empty_installation_gets_its_first_owner_and_who_forgot_their_password_another()
    {
        var refused = await Typed.Foyer(Words("found", "No Good", "No Good", "--owner", "ada@house.example"));
        (refused.Exit, refused.Said.Contains("short name", StringComparison.Ordinal)).ShouldBe((1, true), refused.Said);
        var first = Password(await InAProcess("found", "harbour", "Harbour House", "--owner", "ada@house.example", "--person", "Ada", "--json"));
        using var browser = app.Browser();
        (await browser.SignIn("ada@house.example", first)).Address.AbsolutePath.ShouldBe("/account", "a password that was printed is changed first");
        var second = Password(await Typed.Foyer(Words("password", "ada@house.example", "--json")));
        (await browser.Get("/account")).Status.ShouldBe(HttpStatusCode.Redirect, "what was open is closed");
        using var later = app.Browser();
        (await later.SignIn("ada@house.example", first)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await later.SignIn("ada@house.example", second)).Address.AbsolutePath.ShouldBe("/account");
    }
}
