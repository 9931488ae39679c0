namespace App.Infrastructure.Web;

/// <summary>
/// Another moment than now that a page shows to whoever may ask for one. Only pages that are read ask for it, each by itself and of the request in hand: nothing that is written, sent or planned knows it, and no such page is
/// kept by anybody.
/// </summary>
/// <param name="Says">What the page says of it.</param>
/// <param name="Change">Where another one is chosen, or none.</param>
public sealed record ShownMoment(DateTimeOffset At, string Says, string Change)
{
    /// <summary>A browser that has it gets no page of those that are kept for everybody.</summary>
    public static string CookieName(SiteOptions site) => site.CookieName("moment");
}

public static class ShownMoments
{
    public static void Show(this HttpContext context, ShownMoment moment)
    {
        context.Items[typeof(ShownMoment)] = moment;
        context.Allow().IsPrivate = true;
    }

    /// <summary>Null: now.</summary>
    public static ShownMoment? Moment(this HttpContext context) => context.Items[typeof(ShownMoment)] as ShownMoment;

    /// <summary>What a page that is read takes for now.</summary>
    public static DateTimeOffset Now(this HttpContext context, TimeProvider clock) => context.Moment()?.At ?? clock.GetUtcNow();
}
