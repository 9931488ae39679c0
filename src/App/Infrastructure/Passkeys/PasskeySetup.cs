using App.Infrastructure.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace App.Infrastructure.Passkeys;

public static class PasskeySetup
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(configuration.GetSection("Passkeys").Get<PasskeyOptions>() ?? new PasskeyOptions())
        .AddSingleton<PasskeyStore>()
        .AddSingleton<PasskeyCeremonies>()
        // Of Identity's manager only the questions about passkeys are ever asked.
        .AddSingleton(s => new UserManager<PasskeyHolder>(s.GetRequiredService<PasskeyStore>(), Options.Create(new IdentityOptions()), new PasswordHasher<PasskeyHolder>(), [], [], new UpperInvariantLookupNormalizer(), new(), s, s.GetRequiredService<ILogger<UserManager<PasskeyHolder>>>()))
        .AddSingleton<IPasskeyHandler<PasskeyHolder>>(s => new PasskeyHandler<PasskeyHolder>(s.GetRequiredService<UserManager<PasskeyHolder>>(), Options.Create(For(s.GetRequiredService<SiteOptions>().PublicUrl))));

    static IdentityPasskeyOptions For(Uri address)
    {
        // As browsers write it: the host in ASCII, the port where it isn't the scheme's.
        var origin = $"{address.Scheme}://{address.IdnHost}{(address.IsDefaultPort ? "" : $":{address.Port}")}";
        return new()
        {
            ServerDomain = address.IdnHost,
            AuthenticatorTimeout = PasskeyCeremonies.Lives,
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required",
            AttestationConveyancePreference = "none",
            ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && context.Origin == origin),
        };
    }
}
