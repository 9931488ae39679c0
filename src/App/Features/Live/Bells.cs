using System.Text.Json;
using App.Features.Live.Metrics;
using App.Infrastructure.Push;

namespace App.Features.Live;

/// <summary>Rings browsers. A service that is busy or away is asked again later, by the bus; a mailbox that is gone is forgotten.</summary>
public sealed class Bells(Browsers browsers, WebPush push, Counters counters)
{
    /// <param name="lives">How long it may be late.</param>
    /// <param name="rung">What is counted when it was taken.</param>
    /// <param name="unheard">And when it wasn't.</param>
    /// <returns>False: the browser is gone, so somebody may not have heard.</returns>
    public async Task<bool> Ring(RingingBrowser browser, Ring said, TimeSpan lives, string rung, string unheard, CancellationToken ct)
    {
        var answer = await push.Send(browser.Target, JsonSerializer.SerializeToUtf8Bytes(said, LiveJson.Default.Ring), lives, urgent: true, ct);
        counters.Count(browser.EventId, answer == PushAnswer.Taken ? rung : unheard);
        if (answer != PushAnswer.Gone) return true;
        await browsers.Forget(browser.Id, ct);
        return false;
    }
}
