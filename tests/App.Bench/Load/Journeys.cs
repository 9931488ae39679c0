using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;

namespace App.Bench.Load;

/// <summary>One buyer with their connections and stop-watch.</summary>
sealed class Buyer(LoadOrder order) : IDisposable
{
    public Connection App { get; } = new(order.Port);
    public Connection Provider { get; } = new(order.SandboxPort);
    public int Turn { get; set; }

    public void Dispose()
    {
        App.Dispose();
        Provider.Dispose();
    }
}

/// <summary>What a buyer does, from the first page to the last. False: was told no.</summary>
abstract class Journey
{
    public static Journey Of(LoadOrder order, Notes notes) => order.What switch
    {
        "order" => new BuyTwoTickets(order, notes),
        "hold" => new TakeHold(order, notes),
        "get" => new GetPage(order),
        var other => throw new InvalidOperationException($"There is no journey '{other}'."),
    };

    /// <summary>Times of the steps; counted while a phase runs.</summary>
    public Dictionary<string, Histogram> Laps { get; private set; } = [];
    protected virtual string[] Steps => [];
    public void NewLaps() => Laps = Steps.ToDictionary(s => s, _ => new Histogram());

    public abstract ValueTask<bool> Go(Buyer buyer);

    protected long Lap(string step, long from)
    {
        if (Laps.TryGetValue(step, out var laps)) laps.Add(Stopwatch.GetElapsedTime(from));
        return Stopwatch.GetTimestamp();
    }

    protected static void Expect(int status, int wanted, string what, Connection from)
    {
        if (status != wanted) throw new IOException($"{what}: {status} instead of {wanted}: {System.Text.Encoding.UTF8.GetString(from.Body[..Math.Min(300, from.Body.Length)])}");
    }
}

/// <summary>What this generator was promised, one line each: <c>held ID</c>, <c>paid ID</c>.</summary>
sealed class Notes
{
    readonly System.Collections.Concurrent.ConcurrentQueue<(bool Paid, string Token)> all = [];

    public void Held(string token) => all.Enqueue((false, token));
    public void Paid(string token) => all.Enqueue((true, token));

    public Task Append(string path) => File.AppendAllLinesAsync(path, all.Select(n => $"{(n.Paid ? "paid" : "held")} {OrderOf(n.Token)}"));

    // The order's id stands in the first half of its address.
    static Guid OrderOf(string token) => new(Base64Url.DecodeFromChars(token).AsSpan(0, 16), bigEndian: true);
}

sealed class GetPage(LoadOrder order) : Journey
{
    readonly byte[][] requests = [.. order.Paths.Select((path, i) => Connection.Get(path, order.Headers + (i < order.HeadersOf.Length ? order.HeadersOf[i] : "")))];

    public override async ValueTask<bool> Go(Buyer buyer)
    {
        Expect(await buyer.App.Send(requests[buyer.Turn++ % requests.Length]), 200, "page", buyer.App);
        return true;
    }
}

sealed class TakeHold(LoadOrder order, Notes notes) : Journey
{
    readonly byte[][] requests = [.. order.Form.Split(' ').Select(form => Connection.Post(order.Paths[0], form))];

    public override async ValueTask<bool> Go(Buyer buyer)
    {
        var status = await buyer.App.Send(requests[buyer.Turn++ % requests.Length]);
        if (status == 422) return false;
        Expect(status, 303, "hold", buyer.App);
        notes.Held(buyer.App.Location![(buyer.App.Location!.LastIndexOf('/') + 1)..]);
        return true;
    }
}

/// <summary>The whole way: event, hold, checkout, details, paying at the provider, and the page that shows both tickets.</summary>
sealed class BuyTwoTickets(LoadOrder order, Notes notes) : Journey
{
    const string Details = "email=ada.lovelace%40example.org&name=Ada+Lovelace";
    readonly byte[] eventPage = Connection.Get(order.Paths[0]);
    readonly byte[] hold = Connection.Post(order.Paths[0], order.Form);

    protected override string[] Steps => ["event", "hold", "checkout", "details", "provider", "tickets"];

    public override async ValueTask<bool> Go(Buyer buyer)
    {
        var (app, at) = (buyer.App, Stopwatch.GetTimestamp());
        Expect(await app.Send(eventPage), 200, "event", app);
        at = Lap("event", at);

        var status = await app.Send(hold);
        if (status == 422) return false;
        Expect(status, 303, "hold", app);
        var (checkout, token) = (app.Location!, app.Location!["/checkout/".Length..]);
        notes.Held(token);
        at = Lap("hold", at);

        Expect(await app.Send(Connection.Get(checkout)), 200, "checkout", app);
        at = Lap("checkout", at);

        Expect(await app.Send(Connection.Post(checkout, Details, "Accept: application/json\r\n")), 200, "details", app);
        var secret = Secret(app.Body);
        at = Lap("details", at);

        Expect(await buyer.Provider.Send(Confirm(secret)), 200, "confirm", buyer.Provider);
        at = Lap("provider", at);

        await AwaitTickets(app, Connection.Get("/order/" + token));
        Lap("tickets", at);
        notes.Paid(token);
        return true;
    }

    /// <summary>The page waits for the webhook by itself; a buyer who sees "waiting" looks again.</summary>
    static async ValueTask AwaitTickets(Connection app, byte[] request)
    {
        for (var looks = 1; ; looks++)
        {
            Expect(await app.Send(request), 200, "order", app);
            if (app.Body.IndexOf("/ticket-1.svg"u8) >= 0 && app.Body.IndexOf("/ticket-2.svg"u8) >= 0) return;
            if (looks == 5) throw new IOException("The order's page shows no tickets.");
        }
    }

    static string Secret(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("clientSecret"u8) && reader.Read()) return reader.GetString()!;
        throw new IOException("The checkout gave no client secret.");
    }

    // As the provider's script does it in a browser: with the publishable key, the secret and a card.
    static byte[] Confirm(string secret) => Connection.Post($"/v1/payment_intents/{secret[..secret.IndexOf("_secret", StringComparison.Ordinal)]}/confirm", $"payment_method=pm_card_visa&client_secret={secret}", "Authorization: Bearer pk_test_bench\r\n");
}
