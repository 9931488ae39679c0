using App.Infrastructure.Web;
using Microsoft.AspNetCore.Html;

namespace App.Features.Schedule.Contracts;

/// <summary>What things of a schedule are called, as a page shows it: with its language, where that isn't the page's.</summary>
public static class SaidNames
{
    public static IHtmlContent Said(this ScheduleSession session) => Infrastructure.Web.Said.Text(session.Title, session.TitleLanguage);
    public static IHtmlContent Said(this ScheduleEntry entry) => Infrastructure.Web.Said.Text(entry.Title, entry.TitleLanguage);
    public static IHtmlContent Said(this ScheduleRoom room) => Infrastructure.Web.Said.Text(room.Name, room.NameLanguage);
    public static IHtmlContent Said(this ScheduleLabel label) => Infrastructure.Web.Said.Text(label.Name, label.NameLanguage);

    /// <summary>After something else. Null: nothing.</summary>
    public static IHtmlContent AfterComma(this ScheduleRoom? room) => room is null ? HtmlString.Empty : new HtmlContentBuilder().Append(Language.Current.Comma).AppendHtml(room.Said());
}
