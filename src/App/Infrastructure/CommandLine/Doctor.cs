using System.Diagnostics;
using System.Text.Json;
using App.Infrastructure.Messaging;
using App.Infrastructure.Pdf;
using App.Infrastructure.Postgres;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Apple;
using App.Infrastructure.Vendors.Google;
using App.Infrastructure.Vendors.Stripe;
using App.Infrastructure.Web;

namespace App.Infrastructure.CommandLine;

/// <summary><c>foyer doctor</c>: one line for each thing this installation stands on.</summary>
static class Doctor
{
    sealed record Finding(string What, bool Good, string Says);

    public static async Task<int> Run(IServiceProvider services, bool json, CancellationToken ct)
    {
        var findings = new List<Finding>();
        var db = services.GetRequiredService<QuerySession>();
        findings.Add(new("Database", true, $"{(services.GetRequiredService<Database>().IsEmbedded ? "embedded " : "")}PostgreSQL {await db.QueryFirst<string>("select current_setting('server_version')", ct)}, tables up to date"));
        findings.Add(await Latency(db, ct));
        var skew = services.GetRequiredService<DatabaseClock>().GetUtcNow() - TimeProvider.System.GetUtcNow();
        findings.Add(new("Clock", skew.Duration() < TimeSpan.FromSeconds(2), $"this machine is {-skew.TotalMilliseconds:F0} ms off the database's clock, which counts"));
        var stripe = services.GetRequiredService<StripeClient>().Options;
        findings.Add(new("Card payments", stripe.IsConfigured && stripe.WebhookSecrets.Length > 0,
            !stripe.IsConfigured ? "switched off: Stripe:SecretKey is not set" : stripe.WebhookSecrets.Length == 0 ? "no Stripe:WebhookSecrets: payments are learned by asking, minutes late" : $"at {stripe.BaseUrl.Host}"));
        findings.Add(Wallet(services.GetRequiredService<PassSigner>(), services.GetRequiredService<TimeProvider>().GetUtcNow()));
        var google = services.GetRequiredService<GoogleWallet>();
        findings.Add(new("Google Wallet", google.IsReady || !google.IsConfigured, google.Fault is { } no ? $"not offered: {no}" : "offered"));
        var site = services.GetRequiredService<SiteOptions>();
        findings.Add(new("Public address", site.IsSecure || site.PublicUrl.IsLoopback, $"{site.PublicUrl}{(site.IsSecure ? "" : ": no https, good for this machine only")}"));
        findings.Add(new("PDF letters", EastAsianFonts.Installed.Unusable.Count == 0, EastAsianFonts.Installed.Says));
        var dead = await services.GetRequiredService<DeadLetters>().List(1000, ct);
        findings.Add(new("Messages", dead.Count == 0, dead.Count == 0 ? "none was given up" : $"{dead.Count} gave up: look at them in the back office"));

        if (json) Console.WriteLine(JsonSerializer.Serialize(findings, JsonSerializerOptions.Web));
        else foreach (var f in findings) Console.WriteLine($"{(f.Good ? "ok   " : "LOOK ")} {f.What,-15} {f.Says}");
        return findings.TrueForAll(f => f.Good) ? 0 : 1;
    }

    // Without one an installation is whole; with one that is broken, or soon will be, it is not.
    static Finding Wallet(PassSigner apple, DateTimeOffset now) => new("Apple Wallet", !apple.IsConfigured || (apple.IsReady && apple.Expires > now.AddDays(30)),
        apple.Fault is { } no ? $"not offered: {no}" : $"offered; the certificate ends on {apple.Expires:yyyy-MM-dd}");

    static async Task<Finding> Latency(QuerySession db, CancellationToken ct)
    {
        var trips = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await db.QueryFirst<int>("select 1", ct);
            trips.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        var median = trips.Order().ElementAt(10);
        return new("Round trip", median < 5, $"{median:F2} ms to the database");
    }
}
