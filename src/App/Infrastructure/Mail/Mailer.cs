using App.Infrastructure.Vendors.SendGrid;

namespace App.Infrastructure.Mail;

/// <summary>Hands a mail to the provider. At least once: whoever calls records the answer, and the mail's key makes a second copy recognisable.</summary>
public sealed class Mailer(Func<Mail, CancellationToken, Task<MailAnswer>> send)
{
    public Task<MailAnswer> Send(Mail mail, CancellationToken ct) => send(mail, ct);

    /// <summary>Refused is what the same mail would be again: an address or a content that SendGrid doesn't take. A key it doesn't know, or no answer, is ours to mend: an exception, and the message is tried again.</summary>
    public static Mailer Through(SendGridClient sendGrid) => new(async (mail, ct) =>
    {
        if (!sendGrid.Options.IsConfigured) return new("not-configured");
        try
        {
            await sendGrid.Send(ToSendGrid(mail, sendGrid.From), ct);
            return MailAnswer.Accepted;
        }
        catch (SendGridException e) when (e.Status is 400 or 413 or 422)
        {
            return new($"{e.Status} {string.Join(' ', e.Faults.Select(f => f.Field))}".Trim());
        }
    });

    static Vendors.SendGrid.Mail ToSendGrid(Mail mail, MailAddress sender)
    {
        var sent = Vendors.SendGrid.Mail.To(mail.To, mail.ToName, mail.Key, sender with { Name = mail.FromName }, mail.Subject, mail.Text, mail.Html ?? "");
        return sent with
        {
            Content = mail.Html is null ? sent.Content[..1] : sent.Content,
            // A promoter's contact may be a telephone number: then answers come to the platform.
            ReplyTo = System.Net.Mail.MailAddress.TryCreate(mail.ReplyTo, out _) ? new(mail.ReplyTo!, mail.FromName) : null,
            Attachments = mail.Files.Count == 0 ? null : [.. mail.Files.Select(f => new MailAttachment(f.Content, f.ContentType, f.Name, f.ContentId is null ? "attachment" : "inline", f.ContentId))],
            Categories = [mail.Key[..mail.Key.IndexOf('.', StringComparison.Ordinal)]],
        };
    }
}
