using System.Net;

namespace App.Tests.Support;

public sealed class AppHostTests
{
    [Fact]
    public async Task The_application_starts_and_sells_a_free_ticket()
    {
        await using var app = await AppHost.Start();
        var show = await app.AddShow();
        using var browser = app.Browser();

        var page = await browser.Get(show.Path);
        page.Text.ShouldContain("Slow Harbour", Case.Sensitive, page.Status.ToString());
        var held = await browser.PostForm(show.Path, (show.Field, "2"));
        held.Status.ShouldBe(HttpStatusCode.SeeOther);
        await browser.PostForm(held.Location!, ("email", "ines@example.org"), ("name", "Inês Duarte"));
        await app.HandleDueMessages();

        app.Mails.ShouldHaveSingleItem().To.ShouldBe("ines@example.org");
    }

    [Fact]
    public async Task With_a_sandbox_money_comes_by_webhook()
    {
        await using var sandbox = await SandboxHost.Start();
        await using var app = await AppHost.Start(sandbox);
        var show = await app.AddShow(amount: 4500);

        var order = await app.Sell(show, sandbox: sandbox);

        (await global::App.Features.Checkout.Contracts.PaidOrder.Of(order, app.Db, default))!.Total.ShouldBe(4500);
    }
}
