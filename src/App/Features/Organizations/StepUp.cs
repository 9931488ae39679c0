using System.Security.Claims;
using App.Features.Shared;
using App.Infrastructure.Passkeys;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace App.Features.Organizations;

/// <summary>Section <c>StepUp</c>.</summary>
public sealed record StepUpOptions
{
    /// <summary>The password is enough where a passkey would be asked for: for a demo, whose accounts everybody shares.</summary>
    public bool PasswordIsEnough { get; init; }
}

/// <summary>What being signed in isn't enough for.</summary>
/// <param name="Name">In the address of the page that asks.</param>
/// <param name="WantsPasskey">A password shown anew isn't enough either.</param>
public sealed record GuardedDeed(string Name, bool WantsPasskey)
{
    /// <summary>Who gets a password made for them comes in: the keys of the office.</summary>
    public static GuardedDeed Keys { get; } = new("keys", false);

    /// <summary>More than <see cref="INamesPeople.Many"/> people in one file.</summary>
    public static GuardedDeed PeopleFile { get; } = new("people", true);

    public static GuardedDeed? Find(string? name) => name == Keys.Name ? Keys : name == PeopleFile.Name ? PeopleFile : null;
}

/// <summary>
/// Some deeds want it shown freshly, in the last ten minutes, that its owner sits at a sign-in (security.md S19): a passkey for files with many people in them, password or passkey for who gets into the office. All of them stand here, none in a page.
/// Who isn't let through is sent to the page that asks (<see cref="ProvePage"/>), what they typed is kept, and they come back to where they were. Where the house can't have passkeys at all (an address that is a number), the password is asked for instead.
/// What S19 names besides, payout and keys to the API, has no page: both are set by whoever runs the server.
/// </summary>
public sealed class StepUp(StepUpOptions options, PasskeyCeremonies passkeys, HeldForms held) : IAsyncPageFilter, IAsyncResultFilter
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <summary>By the pages' routes; what changes something is asked about, looking isn't.</summary>
    static readonly (string Route, GuardedDeed Deed)[] Guarded = [("office/members", GuardedDeed.Keys)];

    public bool WantsPasskey(GuardedDeed deed) => deed.WantsPasskey && passkeys.AreOffered && !options.PasswordIsEnough;

    public bool Lets(ClaimsPrincipal user, GuardedDeed deed) => user.HasClaim(StaffClaim.Fresh, "passkey") || (!WantsPasskey(deed) && user.HasClaim(StaffClaim.Fresh, "password"));

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        var deed = HttpMethods.IsPost(request.Method) ? Array.Find(Guarded, g => g.Route == context.ActionDescriptor.AttributeRouteInfo?.Template).Deed : null;
        if (deed is null || Lets(context.HttpContext.User, deed)) await next();
        else context.Result = Ask(deed, await held.Hold(context.HttpContext, context.HttpContext.User) ?? request.Path);
    }

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is INamesPeople file && !Lets(context.HttpContext.User, GuardedDeed.PeopleFile) && await file.HasMany(context.HttpContext.RequestAborted))
            context.Result = Ask(GuardedDeed.PeopleFile, context.HttpContext.Request.Path + context.HttpContext.Request.QueryString);
        await next();
    }

    static RedirectResult Ask(GuardedDeed deed, string returnUrl) => new(ProvePage.AddressOf(deed, returnUrl));
}
