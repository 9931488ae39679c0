using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using App.Tests.Support;

namespace App.Tests.Infrastructure.Web;

/// <summary>A page that is in memory and still true is answered before routing and sign-in, which cost more than the page.</summary>
public sealed class PublicPagesTests : IAsyncLifetime
{
    AppHost app = null!;
    Show show = null!;

    public async Task InitializeAsync()
    {
        app = await AppHost.Start();
        show = await app.AddShow();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_known_page_is_answered_before_routing_however_often_it_is_asked_for()
    {
        using var browser = app.Browser();
        using var routed = new Routed(app.Get<DiagnosticListener>());
        await browser.Get(show.Path);
        routed.Take().ShouldContain(show.Path);

        // The server clears a request's route values when it has ended: what is remembered must not be cleared with them.
        for (var i = 0; i < 3; i++)
        {
            (await browser.Get(show.Path)).Status.ShouldBe(HttpStatusCode.OK);
            routed.Take().ShouldNotContain(show.Path);
        }
    }

    /// <summary>Paths of requests that reached an endpoint.</summary>
    sealed class Routed : IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        readonly ConcurrentQueue<string> paths = new();
        readonly IDisposable subscription;

        public Routed(DiagnosticListener listener) => subscription = listener.Subscribe(this, name => name == "Microsoft.AspNetCore.Routing.EndpointMatched");

        public IReadOnlyList<string> Take()
        {
            var taken = new List<string>();
            while (paths.TryDequeue(out var path)) taken.Add(path);
            return taken;
        }

        public void OnNext(KeyValuePair<string, object?> e)
        {
            if (e.Value is HttpContext context) paths.Enqueue(context.Request.Path);
        }

        public void OnCompleted() { }
        public void OnError(Exception error) { }
        public void Dispose() => subscription.Dispose();
    }
}
