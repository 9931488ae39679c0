using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace App.Infrastructure.Web;

/// <summary>A page that can show itself again with what the person typed, above it why the answer was no.</summary>
public interface IShowsRefusals
{
    /// <summary>Loads what the page shows, as its GET does.</summary>
    Task<IActionResult> OnGetAsync(CancellationToken ct);
}

/// <summary>The one place where a business "no" becomes a page: 422, the sentence in the page's summary, everything typed kept.</summary>
public sealed class RefusalFilter(Texts texts) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (DidNotArrive(context))
        {
            context.Result = new BadRequestResult();
            return;
        }
        var executed = await next();
        if (executed.Exception is not Refused refused || executed.ExceptionHandled || context.HandlerInstance is not IShowsRefusals page) return;
        executed.ExceptionHandled = true;
        context.ModelState.AddModelError("", texts.Of(refused));
        context.HttpContext.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        executed.Result = await page.OnGetAsync(context.HttpContext.RequestAborted);
    }

    /// <summary>A form that can't be read (a null character, a field beyond every limit) leaves everything unbound, the address too, and one fault of no field's. The page that says so is let through.</summary>
    static bool DidNotArrive(PageHandlerExecutingContext context) =>
        context.ModelState.TryGetValue("", out var form) && form.Errors.Count > 0 && context.HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null && context.HttpContext.Features.Get<IExceptionHandlerFeature>() is null;
}
