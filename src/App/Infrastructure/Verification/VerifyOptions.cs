namespace App.Infrastructure.Verification;

/// <summary>What a run may be compared with, beside the log.</summary>
/// <param name="Ledger">The payment provider's own book: a file of JSON lines, or the address of the sandbox's ledger. Null: the log is checked alone.</param>
/// <param name="Acknowledged">A load client's file of what it was promised: <c>held ID</c> or <c>paid ID</c>, one a line.</param>
public sealed record VerifyOptions(string? Ledger, string? Acknowledged)
{
    public static VerifyOptions Of(IConfiguration configuration) => new(configuration["Verify:Ledger"], configuration["Verify:Acknowledged"]);
}

public static class VerificationSetup
{
    /// <summary>The verifier; what it may be compared with comes from <c>Verify:Ledger</c> and <c>Verify:Acknowledged</c>.</summary>
    public static IServiceCollection AddVerification(this IServiceCollection services) =>
        services.AddSingleton<Verifier>().AddSingleton(s => VerifyOptions.Of(s.GetRequiredService<IConfiguration>()));

    public static IServiceCollection AddInvariant<T>(this IServiceCollection services) where T : class, IInvariant =>
        services.AddSingleton<Func<IInvariant>>(s => () => ActivatorUtilities.CreateInstance<T>(s));
}
