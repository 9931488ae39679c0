using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using App.Bench.House;
using App.Bench.Load;
using App.Features.Demo;
using App.Features.Registration;
using App.Features.Registration.Contracts;
using App.Features.Schedule.Import;
using App.Infrastructure.Messaging;

namespace App.Bench.Benches;

/// <summary>
/// Whether the time of an answer tells who has access (security.md S18): a sign-in link is asked for by 500 addresses that are known and 500 that are not, in turn, with the mails going out meanwhile. The medians must not be further apart than 20 ms.
/// That both do the same work is held by a test (WaysInTests); this is what a stranger could measure.
/// </summary>
static partial class SignInBench
{
    const int Each = 500, Warm = 100;
    const double MostApart = 20;

    public static async Task<Result> Run(BenchOptions options, Machine machine)
    {
        await using var office = await BoxOffice.Open("signin", options, machine);
        var path = await office.Sell("days", new Kind("Standard", 4_900, 10_000));
        await office.With(async services =>
        {
            var (bus, id) = (services.GetRequiredService<MessageBus>(), BoxOffice.EventId("days"));
            await bus.InvokeAsync(new ImportSchedule(id, DemoProgramme.Read(0)), default);
            for (var i = 0; i < Each + Warm; i++) await bus.InvokeAsync(new AdmitPerson(id, Known(i), "Ada Attendee", [new(GroundKind.Invitation, $"invitation:{i}")]), default);
        });
        await office.StartSandbox();
        await office.StartApp("work,mail,jobs", ("Registration__SignInsPerOrigin", "1000000"));
        await office.OnSale(path);

        var (known, unknown, differ) = (new Histogram(), new Histogram(), 0L);
        var asks = new Asker(office.AppPort, path + "/sign-in");
        await asks.Begin();
        for (var i = 0; i < Each + Warm; i++)
        {
            // In turn, and each first as often as the other: whatever else the machine does meets both.
            string[] pair = i % 2 == 0 ? [Known(i), Unknown(i)] : [Unknown(i), Known(i)];
            var answers = new List<string>();
            foreach (var email in pair)
            {
                var (took, answer) = await asks.Ask(email);
                answers.Add(answer);
                if (i >= Warm) (email == Known(i) ? known : unknown).Add(took);
            }
            if (answers[0] != answers[1]) differ++;
        }
        await office.StopApp();
        var apart = Math.Abs(known.Milliseconds(.5) - unknown.Milliseconds(.5));
        Console.WriteLine($"known p50 {known.Milliseconds(.5):F2} ms, p99 {known.Milliseconds(.99):F1} ms; unknown p50 {unknown.Milliseconds(.5):F2} ms, p99 {unknown.Milliseconds(.99):F1} ms; {apart:F2} ms apart (at most {MostApart:F0}), {differ} answers differ");
        return new("signin", apart, "ms between medians", machine)
        {
            Floor = MostApart, LessIsBetter = true, P50 = known.Milliseconds(.5), P99 = known.Milliseconds(.99), Errors = differ, Verify = await office.Verify(),
            More = new() { ["known.p50"] = known.Milliseconds(.5), ["unknown.p50"] = unknown.Milliseconds(.5), ["known.p99"] = known.Milliseconds(.99), ["unknown.p99"] = unknown.Milliseconds(.99), ["knownByUnknown"] = known.Milliseconds(.5) / unknown.Milliseconds(.5) },
        };
    }

    static string Known(int i) => $"known-{i}@attendees.example";
    static string Unknown(int i) => $"other-{i}@attendees.example";

    /// <summary>A browser with its cookies on the page that asks.</summary>
    sealed partial class Asker(int port, string path)
    {
        readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, CookieContainer = new CookieContainer() }) { BaseAddress = new($"http://127.0.0.1:{port}") };
        string token = "";

        public async Task Begin() => token = Token().Match(await http.GetStringAsync(path)).Groups[1].Value;

        /// <summary>How long it took, and all that came back but its hour and its secrets.</summary>
        public async Task<(TimeSpan Took, string Answer)> Ask(string email)
        {
            using var form = new FormUrlEncodedContent([new("email", email), new("__RequestVerificationToken", token)]);
            var began = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsync(path, form);
            var body = await answer.Content.ReadAsStringAsync();
            var took = Stopwatch.GetElapsedTime(began);
            return answer.StatusCode == HttpStatusCode.Redirect ? (took, $"{answer.Headers.Location}\n{string.Join('\n', answer.Headers.Where(h => h.Key is not ("Date" or "Set-Cookie")).Select(h => $"{h.Key}: {string.Join(", ", h.Value)}"))}\n{body}")
                : throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}, not a redirect:\n{body}");
        }

        [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
        private static partial Regex Token();
    }
}
