using System.Text.Json.Nodes;

namespace App.Features.Registration.Contracts;

/// <summary>A feature's part of all that is kept about somebody, for the file that they take along. Whoever keeps something under an attendee's id has one; it says all that goes, or loses its name, with them.</summary>
public interface IAttendeeData
{
    /// <summary>Parts by their names, in no language: a person and a program read it. A list is there also when it is empty.</summary>
    Task<JsonObject> Of(Attendee attendee, CancellationToken ct);
}
