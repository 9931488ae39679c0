using App.Features.Shared;
using App.Infrastructure.Mail;
using App.Infrastructure.Web;

namespace App.Features.Organizations.Contracts;

/// <summary>Mails that an organization sends: in its colour, and below them who it is and where to ask.</summary>
public sealed class OrganizerMails(MailTemplates templates, Texts texts)
{
    /// <summary>In the language that is spoken now.</summary>
    /// <param name="key">Told twice after a crash, a mail carries the same one.</param>
    /// <param name="model">What this mail says; the organization's part is added.</param>
    public Mail Write(string template, string key, string to, string name, OrganizationCard organizer, Dictionary<string, object?> model, IReadOnlyList<MailFile>? files = null)
    {
        model["questions"] = texts.Of("mail.questions");
        (model["organizer"], model["address"], model["contact"]) = (organizer.Name, organizer.Address, organizer.Contact);
        model["mailto"] = System.Net.Mail.MailAddress.TryCreate(organizer.Contact, out _);
        (model["house"], model["brand"]) = (Oklch.House(organizer.Hue, organizer.Chroma).ToHex(), Oklch.Brand(organizer.Hue, organizer.Chroma).ToHex());
        var words = templates.Render(template, model);
        return new(key, to, name, organizer.Name, organizer.Contact, words.Subject, words.Html, words.Text, files ?? []);
    }

    /// <summary>A line of what a mail is about.</summary>
    public Dictionary<string, object?> Fact(string label, string value) => new() { ["label"] = texts.Of(label), ["value"] = value };
}
