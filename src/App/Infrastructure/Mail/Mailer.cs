namespace App.Infrastructure.Mail;

/// <summary>Where mails come from and where their links lead.</summary>
/// <param name="Site">Without a slash at the end.</param>
public sealed record MailSettings(string From, string Site)
{
    public string Host => new Uri(Site).Host;

    public static MailSettings Read(IConfiguration configuration)
    {
        var site = (configuration["Site:Url"] ?? "http://localhost:5000").TrimEnd('/');
        return new(configuration["Mail:From"] ?? "tickets@" + new Uri(site).Host, site);
    }
}

/// <summary>Hands a mail to the provider. At least once: whoever calls records the answer, and the mail's key makes a second copy recognisable.</summary>
public sealed class Mailer(Func<Mail, CancellationToken, Task<MailAnswer>> send)
{
    public Task<MailAnswer> Send(Mail mail, CancellationToken ct) => send(mail, ct);
}
