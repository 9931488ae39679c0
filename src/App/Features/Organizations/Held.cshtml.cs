using App.Features.Shared;
using App.Infrastructure.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Organizations;

/// <summary>What somebody had sent, after they signed in again: a press sends it on to where it was going.</summary>
public sealed class HeldPage(HeldForms held) : PageModel
{
    public const string Path = "/account/held";

    [BindProperty(SupportsGet = true)] public Guid Number { get; set; }

    /// <summary>Null: its quarter of an hour is over, or it is somebody else's.</summary>
    public HeldForm? Form { get; private set; }

    /// <summary>The page on which it was typed.</summary>
    public string Typed => Form!.Path.Split('?', 2)[0];

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context) => HttpContext.Allow().IsPrivate = true;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Form = await held.Find(Number, Staff.Of(User).MemberId, ct);
        if (Form is null) Response.StatusCode = StatusCodes.Status410Gone;
    }
}
