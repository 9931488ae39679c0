using System.Text.Json.Serialization;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Store;

namespace App.Features.Tickets;

public static class TicketsModule
{
    public static IServiceCollection AddTickets(this IServiceCollection services) => services
        .AddFact("ticket-issued", TicketsJson.Default.TicketIssued)
        .AddFact("ticket-revoked", TicketsJson.Default.TicketRevoked)
        .AddProjection<TicketList>()
        .AddSingleton<TicketKeys>();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TicketIssued))]
[JsonSerializable(typeof(TicketRevoked))]
public sealed partial class TicketsJson : JsonSerializerContext;
