namespace App.Infrastructure.Web;

/// <summary>Over: it was there, and won't be again.</summary>
public enum Closing { No, Closed, Over }

/// <summary>Which pages are closed although they are there. Asked of every page, so it answers from memory.</summary>
public interface IClosedPages
{
    /// <param name="endpoint">Its route as it was declared, and what it says of itself: not the address, which can be written in many ways.</param>
    ValueTask<Closing> Closes(RouteEndpoint endpoint, RouteValueDictionary route, CancellationToken ct);

    /// <summary>Whether this person may look nevertheless. Asked only of what is closed, once it is known who they are.</summary>
    ValueTask<bool> Admits(HttpContext context);
}

public static class ClosedPages
{
    /// <summary>This page is closed, and shown to somebody who may look.</summary>
    public static bool IsClosed(this HttpContext context) => IsNow(context, Closing.Closed) || IsNow(context, Closing.Over);

    static bool IsNow(HttpContext context, Closing closing) => context.Items[typeof(ClosedPages)] is (PathString path, Closing noted) && path == context.Request.Path && noted == closing;

    /// <summary>Before pages for everybody are answered: what is closed is none of them.</summary>
    public static async Task Note(this IClosedPages closed, HttpContext context)
    {
        if (context.GetEndpoint() is RouteEndpoint endpoint && await closed.Closes(endpoint, context.Request.RouteValues, context.RequestAborted) is var closing and not Closing.No) context.Items[typeof(ClosedPages)] = (context.Request.Path, closing);
    }

    /// <summary>Once it is known who asks: a closed page isn't there, whatever is asked of it.</summary>
    public static async Task Keep(this IClosedPages closed, HttpContext context, RequestDelegate next)
    {
        if (IsNow(context, Closing.Over)) { context.Response.StatusCode = StatusCodes.Status410Gone; return; } // for everybody
        if (context.IsClosed())
        {
            if (!await closed.Admits(context)) { context.Response.StatusCode = StatusCodes.Status404NotFound; return; }
            context.Allow().IsPrivate = true;
        }
        await next(context);
    }
}
