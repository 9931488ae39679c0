using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Features.Organizations;

/// <summary>Ends this sign-in for good: a copy of the cookie opens nothing afterwards.</summary>
public sealed class SignOutPage(Sessions sessions) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/account");

    public async Task<IActionResult> OnPostAsync()
    {
        await sessions.End(HttpContext);
        return LocalRedirect("/sign-in");
    }
}
