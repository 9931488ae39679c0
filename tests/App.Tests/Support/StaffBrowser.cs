using App.Features.Organizations;
using App.Features.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace App.Tests.Support;

public static class StaffBrowser
{
    public const string Password = "a long enough password";

    /// <summary>Somebody with a role in an organization; their address follows from both.</summary>
    public static async Task<string> AddMember(this AppHost app, Guid organizationId, string role, string? email = null)
    {
        email ??= $"{role}-{organizationId:N}@example.org";
        await using var scope = app.Services.CreateAsyncScope();
        await app.Get<Members>().Add(organizationId, email, $"{StaffRole.Say(role)} of {organizationId.ToString()[..8]}", role, scope.ServiceProvider.GetRequiredService<MemberManager>(), Password);
        return email;
    }

    /// <summary>A browser in which they are signed in, on the page that they are sent to.</summary>
    public static async Task<Browser> SignedIn(this AppHost app, Guid organizationId, string role)
    {
        var (browser, email) = (app.Browser(), await app.AddMember(organizationId, role));
        var page = await browser.SignIn(email, Password);
        page.Response.IsSuccessStatusCode.ShouldBeTrue(page.Text);
        return browser;
    }

    public static Task<WebPage> SignIn(this Browser browser, string email, string password, string? returnUrl = null) =>
        browser.PostForm("/sign-in", [("email", email), ("password", password), .. returnUrl is null ? [] : new[] { ("returnUrl", returnUrl) }], follow: true);
}
