using App.Infrastructure.Vendors.Apple;
using App.Infrastructure.Vendors.Google;

namespace App.Infrastructure.Vendors;

public static class WalletSetup
{
    /// <summary>Sections <c>Wallet:Apple</c> and <c>Wallet:Google</c>. In development passes are signed by a certificate of our own, kept in <c>.data/wallet</c>.</summary>
    public static IServiceCollection AddWallets(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment) => services
        .AddSingleton(s =>
        {
            var options = configuration.GetSection("Wallet:Apple").Get<PassOptions>() ?? new();
            var clock = s.GetRequiredService<TimeProvider>();
            if (options.Certificate is null && environment.IsDevelopment()) options = TestPassCertificate.In(Path.Combine(Hosting.DataDirectory(environment.ContentRootPath), "wallet"), clock.GetUtcNow());
            return new PassSigner(options, clock);
        })
        .AddSingleton(s => new GoogleWallet(configuration.GetSection("Wallet:Google").Get<WalletOptions>() ?? new(), s.GetRequiredService<TimeProvider>()));
}
