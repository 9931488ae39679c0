namespace Sandbox;

/// <summary>How browsers reach the sandbox: <c>Sandbox:PublicUrl</c>, or as this request did.</summary>
sealed class PublicUrl(IConfiguration configuration)
{
    readonly string? configured = configuration["Sandbox:PublicUrl"]?.TrimEnd('/');

    public string Of(HttpContext context) => configured ?? $"{context.Request.Scheme}://{context.Request.Host}";
}
