using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Shared;
using App.Infrastructure.Mail;
using App.Infrastructure.Web;

namespace App.Features.Registration;

/// <summary>The mail with a link and a code, in the organization's colour: asked for, or sent to somebody who has just been let in.</summary>
public sealed class SignInMails(MailTemplates templates, OrganizationDirectory organizations, SignIns signIns, SiteOptions site, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<Mail> Of(SignIn signIn, CatalogueEvent e, CancellationToken ct)
    {
        var organizer = await organizations.Find(e.OrganizationId, ct) ?? throw new InvalidOperationException($"Event {e.Id} has no organization.");
        var page = $"/e/{organizer.Slug}/{e.Slug}/sign-in";
        var words = templates.Render("sign-in", Model(signIn, e, organizer, site.Link($"{page}/{signIns.Token(signIn.Id)}"), site.Link(page)));
        return new($"sign-in.{signIn.Id:N}.1", signIn.Email, "", organizer.Name, organizer.Contact, words.Subject, words.Html, words.Text, []);
    }

    Dictionary<string, object?> Model(SignIn signIn, CatalogueEvent e, OrganizationCard organizer, string link, string page)
    {
        var code = signIns.Code(signIn.Id);
        return new()
        {
            ["title"] = signIn.Kind == "asked" ? "Your sign-in link" : "You’re in",
            ["preview"] = $"{e.Title}: link and code, for ten minutes",
            ["lead"] = signIn.Kind switch
            {
                "asked" => "Press the button in the browser where you asked, or type the code there.",
                "invited" => $"{organizer.Name} invites you to {e.Title}. Open the link and type the code to come in.",
                _ => $"You have a place at {e.Title}. Open the link and type the code to come in.",
            },
            ["asked"] = signIn.Kind == "asked",
            ["code"] = $"{code[..3]} {code[3..]}",
            ["deed"] = "Sign in",
            ["link"] = link,
            ["page"] = page,
            ["event"] = e.Title,
            ["facts"] = Facts(signIn, e).Select(f => new Dictionary<string, object?> { ["label"] = f.Label, ["value"] = f.Value }).ToArray(),
            ["organizer"] = organizer.Name,
            ["address"] = organizer.Address,
            ["contact"] = organizer.Contact,
            ["mailto"] = System.Net.Mail.MailAddress.TryCreate(organizer.Contact, out _),
            ["house"] = Oklch.House(organizer.Hue, organizer.Chroma).ToHex(),
            ["brand"] = Oklch.Brand(organizer.Hue, organizer.Chroma).ToHex(),
        };
    }

    static IEnumerable<(string Label, string Value)> Facts(SignIn signIn, CatalogueEvent e)
    {
        yield return ("Event", e.Title);
        if (signIn.Kind != "asked") yield break;
        var at = EventTime.Of(signIn.AskedAt, e.TimeZone);
        yield return ("Asked", $"{at.Full}, {at.ZoneName}");
        yield return ("With", signIn.Browser);
    }
}
