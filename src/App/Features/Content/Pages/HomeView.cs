using App.Features.Content.Package;
using App.Features.Schedule.Contracts;
using App.Infrastructure.Web;

namespace App.Features.Content.Pages;

/// <summary>A conference's home as one person sees it. Pure.</summary>
public sealed record HomeView(CopyView Copy, IReadOnlyList<ScheduleSession> Featured, IReadOnlyList<WidgetView> Widgets)
{
    public ContentView View => Copy.View!;

    static readonly IReadOnlyList<Widget> Usual = [.. new[] { WidgetKind.Next, WidgetKind.Moved, WidgetKind.Countdown, WidgetKind.Calendar, WidgetKind.SignIn }.Select(k => new Widget(k, null, null, "", null, Condition.Always))];

    public static Onlooker Nobody(ContentView view, DateTimeOffset now) => new(false, [], [], view.Local(now), Language.Current);

    public static HomeView Of(ContentView view, Onlooker who, IReadOnlySet<Guid> saved, DateTimeOffset now)
    {
        var written = (who.SignedIn ? view.Site.Copy(ContentPages.SignedInHome, who.Language) : null) ?? view.Site.Copy(ContentPages.Home, who.Language) ?? new Copy("{event}", []);
        var copy = new CopyView(view, view.Site, written, view.Address.Page + "/home", now);
        var featured = view.PublicSchedule is { } schedule ? FeaturedSessions.Of(schedule, view.Sessions(view.Site.Settings.FeaturedSessions ?? []), now) : [];
        var widgets = (view.Site.Settings.Widgets ?? Usual).Where(w => w.When.Holds(who)).Select(w => WidgetView.Of(w, copy, who, saved)).OfType<WidgetView>();
        return new(copy, featured, [.. widgets]);
    }
}

/// <summary>A widget that has something to say. What it says of sessions and days stands in the parts; the rest is the widget's own.</summary>
/// <param name="IsTheirs">The sessions are those that the person saved.</param>
public sealed record WidgetView(Widget Widget, ContentView View, IReadOnlyList<NextSession> Next, bool IsTheirs, int? Days, string? Href)
{
    public IReadOnlyList<MovedSession> Moved { get; init; } = [];

    /// <summary>As settings.json calls it.</summary>
    public string Kind => SettingsReader.Kinds.First(k => k.Value == Widget.Kind).Key;

    /// <summary>Null: it has nothing to say, and then isn't drawn.</summary>
    public static WidgetView? Of(Widget widget, CopyView copy, Onlooker who, IReadOnlySet<Guid> saved)
    {
        var view = copy.View!;
        var drawn = new WidgetView(widget, view, [], false, null, null);
        switch (widget.Kind)
        {
            case WidgetKind.Next:
                if (!view.HasTimes) return null;
                var (theirs, next) = UpNext.Of(view.PublicSchedule!, saved, copy.Now);
                return next.Count == 0 ? null : drawn with { Next = next, IsTheirs = theirs };
            case WidgetKind.Moved:
                if (!view.HasTimes) return null;
                var (own, moved) = MovedSessions.Of(view.PublicSchedule!, saved, copy.Now);
                return moved.Count == 0 ? null : drawn with { Moved = moved, IsTheirs = own };
            case WidgetKind.Countdown: return copy.DaysToGo is { } days ? drawn with { Days = days } : null;
            case WidgetKind.Calendar: return view.HasTimes && view.Site.IsOpen(ContentPages.MySchedule, view.Schedule) ? drawn with { Href = view.Address.Mine } : null;
            case WidgetKind.SignIn: return who.SignedIn || view.Shown.IsArchived ? null : drawn with { Href = $"{view.Address.Page}/sign-in?returnUrl={Uri.EscapeDataString(view.Address.Page + "/home")}" };
            case WidgetKind.Tickets: return view.Event.IsOnSale(copy.Now) ? drawn with { Href = view.Address.Page } : null;
            default: return drawn with { Href = widget.Href.Length > 0 ? copy.Address(widget.Href) : null };
        }
    }
}
