using App.Features.Registration.Contracts;
using App.Features.Schedule.Contracts;
using App.Features.Shared;
using App.Infrastructure.Store;

namespace App.Features.Live;

/// <summary>Who may show and hide what is asked in a session: who runs the conference, and who speaks in the session.</summary>
public sealed class Moderators(IVisitors visitors, QuerySession db)
{
    /// <summary>Their id; null: they may not.</summary>
    public async ValueTask<Guid?> Of(HttpContext context, TalkView view, CancellationToken ct)
    {
        if (StaffOf(context, view.Event.OrganizationId) is { } staff) return staff.MemberId;
        if ((await visitors.Current(context, view.Event.Id, ct)).Attendee is not { } attendee) return null;
        return attendee.Is(AttendeeRole.Admin) || (attendee.Is(AttendeeRole.Speaker) && await ConfirmedSpeaker.SpeaksIn(view.Session, attendee.Email, db, ct)) ? attendee.Id : null;
    }

    /// <summary>Signed in to the back office, for this organization, with a password of their own.</summary>
    internal static Staff? StaffOf(HttpContext context, Guid organizationId) =>
        Staff.Find(context.User) is { Sells: true } staff && staff.OrganizationId == organizationId && !context.User.HasClaim(c => c.Type == StaffClaim.MustChange) ? staff : null;
}
