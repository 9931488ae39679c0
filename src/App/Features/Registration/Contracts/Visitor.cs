using App.Infrastructure.Web;

namespace App.Features.Registration.Contracts;

/// <summary>Somebody who has access to a conference, as a page may know them. Personal: never copied into a fact or a cache.</summary>
/// <param name="Tickets">Names of their ticket types, each once.</param>
/// <param name="TicketTypes">Ids of those that were sold here.</param>
/// <param name="Roles">See <see cref="AttendeeRole"/>.</param>
public sealed record Attendee(Guid Id, Guid EventId, string Email, string Name, IReadOnlyList<string> Tickets, IReadOnlyList<Guid> TicketTypes, IReadOnlyList<string> Roles)
{
    /// <summary>What they read, as far as we know: what they chose, or of the page where they came in. Null: not known.</summary>
    public Language? Language { get; init; }

    /// <summary>They said so themselves.</summary>
    public bool ChoseLanguage { get; init; }

    /// <summary>What they are written to in.</summary>
    /// <param name="usual">The event's own.</param>
    /// <param name="asked">Of the page where they asked for it.</param>
    public Language ReadsIn(Language usual, Language? asked = null) => (ChoseLanguage ? Language : asked ?? Language) ?? usual;

    public bool Is(string role) => Roles.Contains(role);
}

public static class AttendeeRole
{
    /// <summary>Of a confirmed session.</summary>
    public const string Speaker = "speaker";

    /// <summary>Works for the conference's organization.</summary>
    public const string Admin = "admin";
}

/// <summary>Who looks at a conference's page.</summary>
/// <param name="Attendee">Null: not signed in, or without access any more.</param>
/// <param name="Device">The browser's own number, once it has saved something; null before.</param>
public sealed record Visitor(Guid EventId, Attendee? Attendee, Guid? Device)
{
    /// <summary>Whose list, wishes and answers they are: the attendee's, else the browser's; null when it has kept nothing yet.</summary>
    public Guid? Person => Attendee?.Id ?? Device;
}

public interface IVisitors
{
    /// <summary>Read from the database, once a request: a sign-in that was ended or a ticket that was voided counts at once.</summary>
    ValueTask<Visitor> Current(HttpContext context, Guid eventId, CancellationToken ct);

    /// <summary>Carries neither a sign-in nor a browser's number, so that it sees what everybody sees. Reads nothing but the request.</summary>
    bool IsNobody(HttpContext context, Guid eventId);

    /// <summary>The browser's number; a browser without one gets it with this answer. Only for somebody who saves something: reading leaves no cookie.</summary>
    Guid GiveDevice(HttpContext context);
}
