using System.Collections.Concurrent;
using App.Tests.Support;
using Microsoft.Playwright;

namespace App.Browser;

/// <summary>What somebody looks at us with.</summary>
public sealed record Device(int Width, int Height, bool Dark = false, bool Script = true, bool Touch = false)
{
    public static Device Phone { get; } = new(360, 740, Touch: true);
    /// <summary>WCAG's narrowest: a desk at 400 %.</summary>
    public static Device Narrow { get; } = new(320, 640);
    public static Device Desk { get; } = new(1280, 800);
    public static Device WithoutScript { get; } = new(1280, 800, Script: false);
}

/// <summary>A person with a browser of their own: counts pages and taps, and hears what the browser complains about.</summary>
public sealed class Visitor : IAsyncDisposable
{
    // Heard before any script of the page: breaches of the content security policy, and how far things jumped.
    const string Listen = """
        window.jumps = 0;
        window.jumped = [];
        addEventListener('securitypolicyviolation', e => console.error(`CSP: ${e.violatedDirective} stopped ${e.blockedURI}`));
        new PerformanceObserver(list => {
          for (const e of list.getEntries()) {
            if (e.hadRecentInput) continue;
            window.jumps += e.value;
            window.jumped.push(`${e.value.toFixed(3)}: ` + e.sources.map(s => `${s.node?.nodeName} ${s.node?.id ?? ''} ${s.node?.className ?? ''} from ${Math.round(s.previousRect.top)} to ${Math.round(s.currentRect.top)}`).join(', '));
          }
        }).observe({ type: 'layout-shift', buffered: true });
        """;

    readonly ConcurrentQueue<string> complaints = new();
    readonly ConcurrentQueue<IRequest> requests = new();

    Visitor(IPage page) => Page = page;

    public IPage Page { get; }
    public int PageLoads { get; private set; }
    public int Taps { get; private set; }
    public IReadOnlyCollection<IRequest> Requests => requests;

    /// <summary>Errors of the console and of scripts. That a page is a 404 or a 422 is no complaint: the browser logs the status of every page.</summary>
    public IReadOnlyList<string> Complaints => [.. complaints.Where(c => !Expected.Any(e => c.StartsWith(e, StringComparison.Ordinal)))];

    // A no of ours; and a test, or axe, that looks into the editor's preview, where nothing runs, as it should be.
    static readonly string[] Expected = ["Failed to load resource: the server responded with a status of 4", "Blocked script execution in 'about:srcdoc'"];

    public static async Task<Visitor> In(IBrowserContext context)
    {
        await context.AddInitScriptAsync(Listen);
        return new Visitor(await context.NewPageAsync()).Watch();
    }

    Visitor Watch()
    {
        Page.Console += (_, message) => { if (message.Type == "error") complaints.Enqueue(message.Text); };
        Page.PageError += (_, error) => complaints.Enqueue(error);
        Page.Request += (_, request) =>
        {
            requests.Enqueue(request);
            if (request.IsNavigationRequest && request.Frame == Page.MainFrame && request.RedirectedFrom is null) PageLoads++;
        };
        return this;
    }

    public async Task<IResponse> Open(string path) => (await Page.GotoAsync(path))!;

    public async Task Tap(ILocator what)
    {
        Taps++;
        await what.TapAsync();
    }

    public ILocator Button(string name, bool exact = false) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = exact });
    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name });
    public ILocator Heading => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    /// <summary>The provider's fields, in its frame.</summary>
    public IFrameLocator Card => Page.FrameLocator("#payment iframe");

    /// <summary>The provider's row of wallets, and the sheet that one of them opens.</summary>
    public IFrameLocator Wallets => Page.FrameLocator("#wallets iframe");
    public IFrameLocator Sheet => Page.FrameLocator("dialog iframe");

    public ILocator Wallet(string name) => Wallets.GetByRole(AriaRole.Button, new() { Name = name });

    public async Task TypeCard(string number = Cards.Good)
    {
        await Card.Locator("#number").FillAsync(number);
        await Card.Locator("#expiry").FillAsync("12 / 34");
        await Card.Locator("#cvc").FillAsync("123");
    }

    public async Task TypeDetails(string email = "ines@example.org", string name = "Inês Duarte")
    {
        await Page.Locator("#email").FillAsync(email);
        await Page.Locator("#name").FillAsync(name);
    }

    /// <summary>Right after a press of a button: the page that follows shows the tickets.</summary>
    public async Task Arrives()
    {
        await Page.WaitForURLAsync("**/order/**");
        await Assertions.Expect(Heading).ToHaveTextAsync("You’re going");
    }

    /// <summary>What jumped, and from where to where.</summary>
    public async Task<string> Jumped() => string.Join('\n', await Page.EvaluateAsync<string[]>("() => window.jumped"));

    public async Task<double> Jumps() => await Page.EvaluateAsync<double>("() => window.jumps");

    public void HasNoComplaints() => Complaints.ShouldBeEmpty(string.Join('\n', Complaints));

    /// <summary>Kept for a person to look at, where FOYER_TEST_OUTPUT names a folder.</summary>
    public async Task Keep(string name)
    {
        if (Keepsakes.AreWanted) Keepsakes.Keep(name + ".png", await Page.ScreenshotAsync());
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}

/// <summary>The provider's test cards.</summary>
public static class Cards
{
    public const string Good = "4242424242424242", Declined = "4000000000000002", Asks = "4000002500003155";
}
