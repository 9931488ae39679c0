using System.Text;
using App.Features.Shared;
using App.Infrastructure.Web;

namespace App.Features.Demo;

/// <summary>What somebody who has just started the demo needs to know.</summary>
static class DemoGuide
{
    public static string Of(Seeded seeded) => seeded.Outcome switch
    {
        SeedOutcome.Already => "The demo is here already.",
        SeedOutcome.NotEmpty => "This database holds something else than the demo: nothing was changed. Use an empty one (bin/run --fresh).",
        _ when !seeded.Paid => $"The demo is seeded, with {seeded.Orders} free orders only: no payment sandbox answered at Stripe:BaseUrl, so nobody could pay.",
        _ => FormattableString.Invariant($"The demo is seeded: {seeded.Orders} orders in {seeded.Seconds:F1} s."),
    };

    public static string Places(IConfiguration configuration, SiteOptions site)
    {
        var guide = new StringBuilder("\n");
        void Line(string what, string where) => guide.Append("  ").Append(what.PadRight(14)).AppendLine(where);
        Line("What's on", site.Link("/"));
        Line("Conference", site.Link("/e/open-hall/fosdem-2024"));
        Line("Concert", site.Link("/e/teatro-salitre/slow-harbour"));
        Line("Back office", $"{site.Link("/sign-in")}, password {DemoStaff.Password}:");
        foreach (var (slug, name) in DemoStaff.Organizations) Line("", $"{name}: {string.Join(", ", StaffRole.All.Select(role => DemoStaff.EmailOf(role, slug)))}");
        if (configuration["Stripe:BaseUrl"] is { } stripe) Line("Cards", $"4242 4242 4242 4242 pays, 4000 0000 0000 0002 is declined; any date and code. Sandbox: {stripe}");
        return guide.ToString();
    }
}
