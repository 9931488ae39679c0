namespace App.Infrastructure.Mail;

public static class MailSetup
{
    /// <summary>Templates, settings and the mailer. Needs <c>Mail:From</c> and <c>Site:Url</c> in production.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton(s => MailSettings.Read(s.GetRequiredService<IConfiguration>()))
        .AddSingleton<MailTemplates>();
}
