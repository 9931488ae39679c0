using System.Collections.Concurrent;

namespace App.Infrastructure.Web;

/// <summary>What a page may do beyond the default, put on its model: <c>[AllowOrigins(…)]</c> would freeze addresses, so a page asks in code through <see cref="SecurityHeaders.Allow"/>.</summary>
public sealed class ContentPolicy
{
    public string Script { get; set; } = "";
    public string Frame { get; set; } = "";
    public string Connect { get; set; } = "";
    public string Form { get; set; } = "";

    /// <summary>The page's address is a secret: it must not leave in a Referer, nor be kept by any cache.</summary>
    public bool IsPrivate { get; set; }
    public bool AllowsCamera { get; set; }
    public bool AllowsMicrophone { get; set; }

    /// <summary>Begins to sound again after a lost line, without another press.</summary>
    public bool PlaysSound { get; set; }

    /// <summary>Whose frames may open a wallet's sheet, besides the page itself.</summary>
    public IReadOnlyList<string> Payment { get; set; } = [];

    /// <summary>Bytes that somebody gave us: whatever they are taken for, nothing in them runs.</summary>
    public bool IsUpload { get; set; }
}

/// <summary>
/// Headers of every answer (security.md S1, S4, S10, S14). Scripts and styles come only from files of our own origin, never inline, so that no nonce is needed and cached bytes stay valid for all.
/// Nothing may frame us.
/// </summary>
public static class SecurityHeaders
{
    public static ContentPolicy Allow(this HttpContext context)
    {
        if (context.Items[typeof(ContentPolicy)] is ContentPolicy known) return known;
        var policy = new ContentPolicy();
        context.Items[typeof(ContentPolicy)] = policy;
        return policy;
    }

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, SiteOptions site) => app.Use((context, next) =>
    {
        context.Response.OnStarting(site.IsSecure ? WriteSecure : Write, context);
        return next(context);
    });

    // Whoever stands before us may speak http to us: what counts is how people reach us.
    static Task WriteSecure(object state)
    {
        ((HttpContext)state).Response.Headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        return Write(state);
    }

    static Task Write(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        var policy = context.Items[typeof(ContentPolicy)] as ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Opener-Policy"] = policy?.Payment.Count > 0 ? "same-origin-allow-popups" : "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (policy?.IsPrivate == true) headers["Referrer-Policy"] = "no-referrer";
        else headers.TryAdd("Referrer-Policy", "strict-origin-when-cross-origin"); // an answer may have said that its address is a secret
        headers["Permissions-Policy"] = policy switch
        {
            { AllowsCamera: true } => Permissions.Camera,
            { AllowsMicrophone: true } => Permissions.Microphone,
            { Payment.Count: > 0 } => Permissions.Payment(policy.Payment),
            { Frame.Length: > 0 } or { PlaysSound: true } => Permissions.Frames,
            _ => Permissions.None,
        };
        if (policy?.IsPrivate == true) headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = policy is null ? Default : policy.IsUpload ? Nothing : Policy(policy);
        return Task.CompletedTask;
    }

    const string Nothing = "default-src 'none'; sandbox";
    // As many as there are kinds of page.
    static readonly ConcurrentDictionary<(string, string, string, string), string> Policies = new();
    static readonly string Default = Policy(new());

    static string Policy(ContentPolicy p) => Policies.GetOrAdd((p.Script, p.Frame, p.Connect, p.Form), static f =>
        $"default-src 'none'; script-src 'self'{f.Item1}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'{f.Item3}; frame-src {(f.Item2.Length == 0 ? "'none'" : "'self'" + f.Item2)}; "
        + $"manifest-src 'self'; worker-src 'self'; form-action 'self'{f.Item4}; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; report-uri /reports/csp");

    static class Permissions
    {
        // Not in it: what pages of ours do themselves (share, passkeys), which no other may do here anyway.
        const string Rest = "accelerometer=(), bluetooth=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), midi=(), "
            + "screen-wake-lock=(), serial=(), sync-xhr=(), usb=(), window-management=(), xr-spatial-tracking=()";
        const string NoMicrophone = ", microphone=()", NoFilms = ", autoplay=(), encrypted-media=(), fullscreen=(), picture-in-picture=()";
        public const string None = "camera=(), payment=(), " + Rest + NoMicrophone + NoFilms;
        public const string Camera = "camera=(self), payment=(), " + Rest + NoMicrophone + NoFilms;
        public const string Microphone = "camera=(), payment=(), microphone=(self), " + Rest + NoFilms;
        public const string Frames = "camera=(), payment=(), " + Rest + NoMicrophone;
        public static string Payment(IEnumerable<string> origins) => $"camera=(), payment=(self {string.Join(' ', origins.Select(o => $"\"{o}\""))}), {Rest}{NoMicrophone}";
    }
}
