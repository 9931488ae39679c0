using System.Collections.Frozen;
using App.Features.Schedule.Contracts;
using Microsoft.AspNetCore.Http.Features;

namespace App.Features.Live.Metrics;

/// <summary>
/// What people do that the server sees anyway: forms of an event's pages that were taken. Read from the request and its answer alone, by a list of pages and handlers: no fact is looked at, nothing of who it was is kept, and who asks not to
/// be tracked is not counted.
/// </summary>
static class CountPosts
{
    /// <summary>By page and handler (and kind of link), whichever letters an address writes them with; with the answer that means yes.</summary>
    static readonly FrozenDictionary<string, (string Deed, int Status)> Known = new Dictionary<string, (string, int)>
    {
        ["Event/"] = ("checkout", StatusCodes.Status303SeeOther),
        ["MySchedule/Save"] = ("save", StatusCodes.Status303SeeOther),
        ["MySchedule/Unsave"] = ("unsave", StatusCodes.Status303SeeOther),
        ["MySchedule/Take"] = ("place", StatusCodes.Status303SeeOther),
        ["MySchedule/Release"] = ("place-back", StatusCodes.Status303SeeOther),
        ["MySchedule/Open/Feed"] = ("calendar-feed", StatusCodes.Status303SeeOther),
        ["MySchedule/Open/Share"] = ("share-schedule", StatusCodes.Status303SeeOther),
        ["Questions/"] = ("question", StatusCodes.Status303SeeOther),
        ["Questions/Vote"] = ("vote", StatusCodes.Status303SeeOther),
        ["Feedback/"] = ("feedback", StatusCodes.Status303SeeOther),
        ["Reminders/"] = ("reminders", StatusCodes.Status303SeeOther),
        ["AttendeeSignIn/"] = ("sign-in-asked", StatusCodes.Status302Found),
        ["AttendeeSignIn/Code"] = ("signed-in", StatusCodes.Status302Found),
        ["AttendeeSignIn/Approved"] = ("signed-in", StatusCodes.Status302Found),
        ["AttendeeSignIn/Passkey"] = ("signed-in", StatusCodes.Status302Found),
        ["ConfirmSignIn/"] = ("signed-in", StatusCodes.Status302Found),
        ["Profile/SignOut"] = ("signed-out", StatusCodes.Status302Found),
        ["Profile/Delete"] = ("deleted", StatusCodes.Status302Found),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null: nothing that is counted.</summary>
    public static (string Deed, string Subject)? Of(HttpContext context, string page, ConferenceSchedule? schedule)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || context.Response.StatusCode is not (204 or 302 or 303)) return null;
        // As the page has read it; one that nobody read isn't read for this.
        var form = context.Features.Get<IFormFeature>()?.Form ?? FormCollection.Empty;
        var key = $"{page}/{request.Query["handler"]}{(form["kind"] is [{ Length: > 0 } kind] ? "/" + kind : "")}";
        if (!Known.TryGetValue(key, out var known) || (context.Response.StatusCode != known.Status && context.Response.StatusCode != StatusCodes.Status204NoContent)) return null;
        return (known.Deed, request.RouteValues["session"] as string ?? (Guid.TryParse(form["star"], out var star) ? schedule?.Session(star)?.Slug : null) ?? "");
    }
}
