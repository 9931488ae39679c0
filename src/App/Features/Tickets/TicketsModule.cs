using System.Text.Json.Serialization;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Store;
using App.Infrastructure.Verification;

namespace App.Features.Tickets;

public static class TicketsModule
{
    public static IServiceCollection AddTickets(this IServiceCollection services) => services
        .AddFact("ticket-issued", TicketsJson.Default.TicketIssued)
        .AddFact("ticket-revoked", TicketsJson.Default.TicketRevoked)
        .AddFact("tickets-sent", TicketsJson.Default.TicketsSent)
        .AddFact("delivery-failed", TicketsJson.Default.DeliveryFailed)
        .AddFact("buyer-told", TicketsJson.Default.BuyerTold)
        .AddMessage("send-tickets", TicketsJson.Default.SendTickets)
        .AddMessage("mail-guest", TicketsJson.Default.MailGuest)
        .AddMessage("send-in-batch", TicketsJson.Default.SendInBatch)
        .AddMessage("move-deliveries", TicketsJson.Default.MoveDeliveries)
        .AddMessage("mail-schedule", TicketsJson.Default.MailSchedule)
        .AddDocument("waiting_tickets", TicketsJson.Default.WaitingTickets, w => w.Id)
        .AddProjection<TicketList>()
        .AddInvariant<TicketsIssuedInvariant>()
        .AddInvariant<TicketCodesInvariant>()
        .AddInvariant<MailedOnceInvariant>()
        .AddSingleton<TicketKeys>()
        .AddSingleton<TicketPapers>()
        .AddSingleton<TicketMails>()
        .AddSingleton<TicketWallets>();

    public static void MapTickets(this IEndpointRouteBuilder app)
    {
        TicketFiles.Map(app);
        WalletFiles.Map(app);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TicketIssued))]
[JsonSerializable(typeof(TicketRevoked))]
[JsonSerializable(typeof(TicketsSent))]
[JsonSerializable(typeof(DeliveryFailed))]
[JsonSerializable(typeof(BuyerTold))]
[JsonSerializable(typeof(SendTickets))]
[JsonSerializable(typeof(MailGuest))]
[JsonSerializable(typeof(SendInBatch))]
[JsonSerializable(typeof(MoveDeliveries))]
[JsonSerializable(typeof(MailSchedule))]
[JsonSerializable(typeof(WaitingTickets))]
[JsonSerializable(typeof(JsonWebKeys))]
public sealed partial class TicketsJson : JsonSerializerContext;
