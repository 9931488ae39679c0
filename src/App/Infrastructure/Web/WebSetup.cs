using System.Text.Unicode;
using App.Infrastructure.Postgres;
using App.Infrastructure.Store;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using Npgsql;

namespace App.Infrastructure.Web;

public static class WebSetup
{
    public static IServiceCollection AddWeb(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<Assets>().AddSingleton<Texts>().AddSingleton<PublicPages>().AddSingleton<FilledPages>().AddSingleton<ViewText>().AddSingleton<Readiness>();
        Verification.VerificationSetup.AddVerification(services);
        services.AddSingleton(new SiteOptions(new Uri(configuration["PublicUrl"] ?? "http://localhost:5080")));
        services.AddSingleton(s => new Languages(s.GetRequiredService<SiteOptions>(), ["/office", "/door", "/account", "/api", "/webhooks"]));
        services.AddRazorPages(pages =>
        {
            pages.RootDirectory = "/Features";
            pages.Conventions.ConfigureFilter(new ServiceFilterAttribute<RefusalFilter>());
        });
        services.AddScoped<RefusalFilter>();
        // Names and prices are written as they are read; only what means something to HTML is escaped.
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new(UnicodeRanges.All));
        services.Configure<FormOptions>(form => { form.ValueCountLimit = 500; form.KeyLengthLimit = 200; form.ValueLengthLimit = 64 * 1024; });
        services.Configure<RouteOptions>(routes => { routes.LowercaseUrls = true; routes.AppendTrailingSlash = false; });
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<SiteOptions>((antiforgery, site) =>
        {
            antiforgery.Cookie.Name = site.CookieName("af");
            antiforgery.Cookie.SecurePolicy = site.Cookies;
            antiforgery.HeaderName = "RequestVerificationToken";
            antiforgery.SuppressXFrameOptionsHeader = true; // frame-ancestors says it
        });
        // What the next page says of the last deed.
        services.AddOptions<CookieTempDataProviderOptions>().Configure<SiteOptions>((said, site) =>
        {
            said.Cookie.Name = site.CookieName("said");
            said.Cookie.SecurePolicy = site.Cookies;
            said.Cookie.IsEssential = true;
        });
        services.AddDataProtection().SetApplicationName("foyer");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((keys, s) => keys.XmlRepository = new DataProtectionKeys(s.GetRequiredKeyedService<NpgsqlDataSource>("reads")));
        services.Configure<ForwardedHeadersOptions>(headers =>
        {
            headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var network in configuration.GetSection("Proxy:Networks").Get<string[]>() ?? []) headers.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        });
        return services;
    }

    public static void UseWeb(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseSecurityHeaders(app.Services.GetRequiredService<SiteOptions>());
        var languages = app.Services.GetRequiredService<Languages>();
        app.Use((context, next) => languages.Choose(context, _ => next(context)));
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error", StatusCodeSelector = StatusOf, SuppressDiagnosticsCallback = e => StatusOf(e.Exception) != 500 });
        var pages = app.Services.GetRequiredService<PublicPages>();
        var filled = app.Services.GetRequiredService<FilledPages>();
        app.Use((context, next) => pages.ServeKnown(context, _ => next(context)));
        app.Use((context, next) => filled.Serve(context, _ => next(context)));
        app.UseStatusCodePagesWithReExecute("/error");
        app.UseRouting();
        app.UseCrossSiteGuard();
        app.UseBodyLimit();
        var closed = app.Services.GetRequiredService<IClosedPages>();
        app.Use(async (context, next) => { await closed.Note(context); await next(context); });
        // Pages for everybody are answered before anybody is asked who they are.
        app.Use((context, next) => pages.Serve(context, _ => next(context)));
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use((context, next) => closed.Keep(context, _ => next(context)));
    }

    public static void MapAssets(this WebApplication app)
    {
        app.Services.GetRequiredService<Assets>().Map(app);
        // Browsers report what the policy stopped; one line each, without the address (it may be a secret).
        app.MapPost("/reports/csp", (ILogger<ContentPolicy> log) => { log.LogWarning("A browser reports a breach of the content security policy."); return Results.NoContent(); })
            .WithMetadata(new CalledByOthersAttribute());
    }

    static int StatusOf(Exception e) => e switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        // 57P…: the server is being stopped or started; 55000: this database takes nobody at the moment.
        StoreUnavailableException or NpgsqlException { IsTransient: true } or PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "55000" } or TimeoutException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}

/// <summary>Where people find us; links in mails begin with it.</summary>
public sealed record SiteOptions(Uri PublicUrl)
{
    public bool IsSecure => PublicUrl.Scheme == Uri.UriSchemeHttps;
    public CookieSecurePolicy Cookies => IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    /// <summary>With the prefix that binds a cookie to this host, which browsers allow on https only.</summary>
    public string CookieName(string name) => (IsSecure ? "__Host-" : "foyer-") + name;

    public string Link(string path) => PublicUrl.GetLeftPart(UriPartial.Authority) + path;
}
