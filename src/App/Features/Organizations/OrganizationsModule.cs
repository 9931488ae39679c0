using System.Text.Json.Serialization;
using App.Features.Organizations.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Organizations;

public static class OrganizationsModule
{
    public static IServiceCollection AddOrganizations(this IServiceCollection services, IConfiguration? configuration = null) => services
        .AddDocument("organization", OrganizationsJson.Default.OrganizationCard, o => o.Id)
        .AddSingleton<OrganizationDirectory>().AddSingleton<OrganizerMails>()
        .AddSignIn()
        .AddSingleton(configuration?.GetSection("StepUp").Get<StepUpOptions>() ?? new StepUpOptions());

    public static void MapOrganizations(this IEndpointRouteBuilder app) => app.MapGet("/o/{organization}/brand.css", BrandSheet.Get);

    static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<Members>().AddSingleton<Sessions>().AddSingleton<SignInLimits>().AddSingleton<HeldForms>().AddSingleton<StepUp>();
        services.AddHttpContextAccessor();
        services.AddIdentityCore<Member>(identity =>
        {
            identity.User.AllowedUserNameCharacters = ""; // an email address may hold any
            // Length is what counts; rules about characters make passwords worse.
            (identity.Password.RequiredLength, identity.Password.RequiredUniqueChars) = (12, 5);
            (identity.Password.RequireDigit, identity.Password.RequireLowercase, identity.Password.RequireUppercase, identity.Password.RequireNonAlphanumeric) = (false, false, false, false);
            (identity.Lockout.MaxFailedAccessAttempts, identity.Lockout.DefaultLockoutTimeSpan) = (SignInLimits.ByAddress, SignInLimits.Window);
        }).AddUserManager<MemberManager>().AddSignInManager();
        services.AddScoped<MemberStore>().AddScoped<IUserStore<Member>>(s => s.GetRequiredService<MemberStore>());
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme);
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<SiteOptions, Sessions, HeldForms>(Cookie);
        services.AddAuthorization(StaffRoutes.AddPolicies);
        services.Configure<RazorPagesOptions>(pages =>
        {
            pages.Conventions.Add(new StaffRoutes());
            pages.Conventions.ConfigureFilter(new ServiceFilterAttribute<StepUp>());
        });
        return services;
    }

    static void Cookie(CookieAuthenticationOptions options, SiteOptions site, Sessions sessions, HeldForms held)
    {
        options.Cookie = new() { Name = site.CookieName("sid"), HttpOnly = true, SameSite = SameSiteMode.Lax, SecurePolicy = site.Cookies, Path = "/", IsEssential = true };
        // The row ends a sign-in; the cookie outlives it a little, to say whose form it was that came too late.
        (options.ExpireTimeSpan, options.SlidingExpiration) = (Sessions.Longest + Sessions.Idle, false);
        (options.LoginPath, options.ReturnUrlParameter) = ("/sign-in", "returnUrl");
        options.Events.OnValidatePrincipal = sessions.Validate;
        options.Events.OnRedirectToLogin = async context =>
        {
            Sessions.ThrowIfUnknown(context.HttpContext);
            // While somebody types, a page asks for parts of itself: it stays as it is, with what is typed, until they send it.
            if (HttpMethods.IsPost(context.Request.Method) && IsFragment(context.Request)) context.Response.StatusCode = StatusCodes.Status204NoContent;
            else await Send(context, StatusCodes.Status401Unauthorized, Sessions.EndedFor(context.HttpContext) is { } whose && await held.Hold(context.HttpContext, whose) is { } kept ? $"/sign-in?returnUrl={Uri.EscapeDataString(kept)}" : context.RedirectUri);
        };
        options.Events.OnRedirectToAccessDenied = context =>
            context.HttpContext.User.HasClaim(c => c.Type == Shared.StaffClaim.MustChange) ? Send(context, StatusCodes.Status403Forbidden, "/account") : Send(context, StatusCodes.Status403Forbidden, null);
    }

    /// <summary>A fragment's request can't be redirected: htmx would swap the sign-in page into the table. It is told to go there itself.</summary>
    static Task Send(RedirectContext<CookieAuthenticationOptions> context, int status, string? to)
    {
        var fragment = IsFragment(context.Request);
        if (to is not null && !fragment) context.Response.Redirect(to);
        else context.Response.StatusCode = status;
        if (to is not null && fragment) context.Response.Headers["HX-Redirect"] = to;
        return Task.CompletedTask;
    }

    static bool IsFragment(HttpRequest request) => request.Headers.ContainsKey("HX-Request");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(OrganizationCard)), JsonSerializable(typeof(HeldForm))]
public sealed partial class OrganizationsJson : JsonSerializerContext;
