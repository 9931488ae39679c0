using App.Infrastructure.Vendors.SendGrid;

namespace App.Infrastructure.Mail;

public static class MailSetup
{
    /// <summary>Templates, and the mailer through SendGrid (section <c>SendGrid</c>).</summary>
    public static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton<MailTemplates>()
        .AddSingleton(s => s.GetRequiredService<IConfiguration>().GetSection("SendGrid").Get<SendGridOptions>() ?? new SendGridOptions())
        .AddSingleton<SendGridClient>()
        .AddSingleton(s => Mailer.Through(s.GetRequiredService<SendGridClient>()));
}
