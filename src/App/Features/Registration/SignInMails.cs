using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;
using App.Features.Registration.Contracts;
using App.Features.Shared;
using App.Infrastructure.Mail;
using App.Infrastructure.Web;

namespace App.Features.Registration;

/// <summary>The mail with a link and a code, in the organization's colour and in the language of the page where it was asked for, unless its reader chose another; or sent to somebody who has just been let in.</summary>
public sealed class SignInMails(OrganizerMails mails, OrganizationDirectory organizations, SignIns signIns, SiteOptions site, Texts texts, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <param name="attendee">Null: they have just been let in by asking.</param>
    public async Task<Mail> Of(SignIn signIn, Attendee? attendee, CatalogueEvent e, CancellationToken ct)
    {
        var organizer = await organizations.Find(e.OrganizationId, ct) ?? throw new InvalidOperationException($"Event {e.Id} has no organization.");
        var asked = signIn.Kind == "asked" ? Language.Find(signIn.Language) : null;
        using var spoken = (attendee?.ReadsIn(e.Language, asked) ?? asked ?? e.Language).Speak();
        var page = $"/e/{organizer.Slug}/{e.Slug}/sign-in";
        return mails.Write("sign-in", $"sign-in.{signIn.Id:N}.1", signIn.Email, "", organizer, Model(signIn, e, organizer, site.Link($"{page}/{signIns.Token(signIn.Id)}"), site.Link(page)));
    }

    Dictionary<string, object?> Model(SignIn signIn, CatalogueEvent e, OrganizationCard organizer, string link, string page)
    {
        var code = signIns.Code(signIn.Id);
        return new()
        {
            ["title"] = signIn.Kind == "asked" ? texts.Of("mail.link-title") : texts.Of("mail.in-title"),
            ["subject"] = texts.Of("mail.code-subject", $"{code[..3]} {code[3..]}", e.Title),
            ["preview"] = texts.Of("mail.link-preview", e.Title),
            ["lead"] = signIn.Kind switch
            {
                "asked" => texts.Of("mail.link-lead"),
                "invited" => texts.Of("mail.invited-lead", organizer.Name, e.Title),
                _ => texts.Of("mail.welcome-lead", e.Title),
            },
            ["once"] = texts.Of("mail.link-once"),
            ["notAsked"] = texts.Of("mail.not-asked"),
            ["tellNobody"] = texts.Of("mail.tell-nobody"),
            ["codeIs"] = texts.Of("mail.code-is"),
            ["asked"] = signIn.Kind == "asked",
            ["code"] = $"{code[..3]} {code[3..]}",
            ["deed"] = texts.Of("sign-in.title"),
            ["link"] = link,
            ["page"] = page,
            ["facts"] = Facts(signIn, e).ToArray(),
        };
    }

    IEnumerable<Dictionary<string, object?>> Facts(SignIn signIn, CatalogueEvent e)
    {
        yield return mails.Fact("mail.event", e.Title);
        if (signIn.Kind != "asked") yield break;
        var at = EventTime.Of(signIn.AskedAt, e.TimeZone);
        yield return mails.Fact("mail.asked-at", $"{at.Full}{Language.Current.Comma}{at.ZoneName}");
        yield return mails.Fact("mail.asked-with", BrowserName.Say(signIn.Browser, texts));
    }
}
