using App.Features.Registration.Contracts;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Features.Live.Interpretation;

/// <summary>Somebody who may enter the booths of a conference, by the address they sign in with. Personal.</summary>
/// <param name="Email">In small letters.</param>
public sealed record Interpreter(Guid Id, Guid EventId, string Email)
{
    public static Guid IdOf(Guid eventId, string email) => Ids.From(eventId, "interpreter:" + email);
}

public sealed record AppointInterpreter(Guid EventId, string Email);

public static class AppointInterpreterHandler
{
    public static Task Handle(AppointInterpreter command, DocumentSession db)
    {
        db.Store(new Interpreter(Interpreter.IdOf(command.EventId, command.Email), command.EventId, command.Email));
        return Task.CompletedTask;
    }
}

public sealed record DismissInterpreter(Guid EventId, Guid InterpreterId);

public static class DismissInterpreterHandler
{
    public static async Task Handle(DismissInterpreter command, DocumentSession db, CancellationToken ct)
    {
        if (await db.Load<Interpreter>(command.InterpreterId, ct) is { } known && known.EventId == command.EventId) db.Delete<Interpreter>(known.Id);
    }
}

/// <summary>Who may enter a booth: who runs the conference, and whom they appointed.</summary>
public sealed class Interpreters(IVisitors visitors, QuerySession db)
{
    public async ValueTask<BoothName?> Of(HttpContext context, TalkView view, CancellationToken ct)
    {
        if (Moderators.StaffOf(context, view.Event.OrganizationId) is { } staff) return new(staff.MemberId, staff.Name);
        if ((await visitors.Current(context, view.Event.Id, ct)).Attendee is not { } attendee) return null;
        var may = attendee.Is(AttendeeRole.Admin) || await db.QueryFirst<bool>("select exists (select from doc_interpreter where event_id = $1 and email = $2)", ct, view.Event.Id, attendee.Email);
        return may ? new(attendee.Id, attendee.Name) : null;
    }

    public Task<IReadOnlyList<Interpreter>> Appointed(Guid eventId, CancellationToken ct) =>
        db.Query<Interpreter>("select id, event_id, email from doc_interpreter where event_id = $1 order by email", ct, eventId);
}
