using System.Text.Json.Serialization;
using App.Features.Organizations.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Organizations;

public static class OrganizationsModule
{
    public static IServiceCollection AddOrganizations(this IServiceCollection services) => services
        .AddDocument("organization", OrganizationsJson.Default.OrganizationCard, o => o.Id)
        .AddSingleton<OrganizationDirectory>()
        .AddSignIn();

    public static void MapOrganizations(this IEndpointRouteBuilder app) => app.MapGet("/o/{organization}/brand.css", BrandSheet.Get);

    static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<Members>().AddSingleton<Sessions>().AddSingleton<SignInLimits>();
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
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<SiteOptions, Sessions>(Cookie);
        services.AddAuthorization(StaffRoutes.AddPolicies);
        services.Configure<RazorPagesOptions>(pages => pages.Conventions.Add(new StaffRoutes()));
        return services;
    }

    static void Cookie(CookieAuthenticationOptions options, SiteOptions site, Sessions sessions)
    {
        options.Cookie = new() { Name = site.CookieName("sid"), HttpOnly = true, SameSite = SameSiteMode.Lax, SecurePolicy = site.Cookies, Path = "/", IsEssential = true };
        (options.ExpireTimeSpan, options.SlidingExpiration) = (Sessions.Longest, false);
        (options.LoginPath, options.ReturnUrlParameter) = ("/sign-in", "returnUrl");
        options.Events.OnValidatePrincipal = sessions.Validate;
        options.Events.OnRedirectToLogin = context =>
        {
            Sessions.ThrowIfUnknown(context.HttpContext);
            return Send(context, StatusCodes.Status401Unauthorized, context.RedirectUri);
        };
        options.Events.OnRedirectToAccessDenied = context =>
            context.HttpContext.User.HasClaim(c => c.Type == Shared.StaffClaim.MustChange) ? Send(context, StatusCodes.Status403Forbidden, "/account") : Send(context, StatusCodes.Status403Forbidden, null);
    }

    /// <summary>A fragment's request can't be redirected: htmx would swap the sign-in page into the table. It is told to go there itself.</summary>
    static Task Send(RedirectContext<CookieAuthenticationOptions> context, int status, string? to)
    {
        var fragment = context.Request.Headers.ContainsKey("HX-Request");
        if (to is not null && !fragment) context.Response.Redirect(to);
        else context.Response.StatusCode = status;
        if (to is not null && fragment) context.Response.Headers["HX-Redirect"] = to;
        return Task.CompletedTask;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(OrganizationCard))]
public sealed partial class OrganizationsJson : JsonSerializerContext;
