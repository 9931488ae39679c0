namespace Sandbox.SendGrid;

static class SendGridModule
{
    public static IServiceCollection AddSendGrid(this IServiceCollection services) => services.AddSingleton<MailBox>().AddSingleton<SendGridConduct>();

    public static void MapSendGrid(this WebApplication app)
    {
        var (box, clock) = (app.Services.GetRequiredService<MailBox>(), app.Services.GetRequiredService<TimeProvider>());
        MailApi.Map(app, box, app.Services.GetRequiredService<SendGridConduct>(), clock);
        MailPages.Map(app, box, clock);
    }
}
