using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Infrastructure.Web;

public static class Redirects
{
    /// <summary>What was posted is done; the browser goes on with a GET.</summary>
    public static StatusCodeResult SeeOther(this PageModel page, string path)
    {
        page.Response.Headers.Location = path;
        return page.StatusCode(StatusCodes.Status303SeeOther);
    }
}
