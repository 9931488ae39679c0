namespace App.Features.Events;

/// <summary>What finds an event: by its address, on lists. Written with each change of the stream.</summary>
public sealed record EventCard(Guid Id, Guid OrganizationId, string OrganizationSlug, string Slug, string Title, string City, string Venue, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone, string Art, bool Published);
