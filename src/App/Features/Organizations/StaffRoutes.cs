using System.Security.Claims;
using App.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace App.Features.Organizations;

/// <summary>Who may open which pages: by the beginning of their route, in this one list. The first that fits counts; a page below none of them is the public's.</summary>
public sealed class StaffRoutes : IPageApplicationModelConvention
{
    /// <summary>Also for somebody who has yet to change their password.</summary>
    public const string Anybody = "staff";

    static readonly (string Route, string Policy)[] Guarded =
    [
        ("office/operations", StaffRole.Owner),
        ("office/members", StaffRole.Owner),
        ("office", StaffRole.Promoter),
        ("door", StaffRole.Door),
        ("account", Anybody),
        ("sign-out", Anybody),
    ];

    public static string? PolicyOf(string route) =>
        Array.Find(Guarded, g => route.Trim('/') is var r && (r == g.Route || r.StartsWith(g.Route + "/", StringComparison.OrdinalIgnoreCase))).Policy;

    public void Apply(PageApplicationModel model)
    {
        if (PolicyOf(model.RouteTemplate ?? "") is { } policy) model.EndpointMetadata.Add(new AuthorizeAttribute(policy));
    }

    public static void AddPolicies(AuthorizationOptions options)
    {
        options.AddPolicy(Anybody, policy => policy.RequireAuthenticatedUser());
        Add(StaffRole.Door, StaffRole.All);
        Add(StaffRole.Promoter, [StaffRole.Promoter, StaffRole.Owner]);
        Add(StaffRole.Owner, [StaffRole.Owner]);

        void Add(string name, IReadOnlyList<string> roles) => options.AddPolicy(name, policy => policy.RequireAuthenticatedUser()
            .RequireAssertion(context => roles.Contains(context.User.FindFirstValue(ClaimTypes.Role)) && !context.User.HasClaim(c => c.Type == StaffClaim.MustChange)));
    }
}
