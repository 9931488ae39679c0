using System.Text.Json.Serialization;
using App.Features.Checkout.Contracts;
using App.Features.Checkout.Guests;
using App.Features.Checkout.Links;
using App.Features.Checkout.Waitlist;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Stripe;
using App.Infrastructure.Verification;
using App.Infrastructure.Web;

namespace App.Features.Checkout;

public static class CheckoutModule
{
    public static IServiceCollection AddCheckout(this IServiceCollection services) => services
        .AddFact("order-started", CheckoutJson.Default.OrderStarted)
        .AddFact("order-prolonged", CheckoutJson.Default.OrderProlonged)
        .AddFact("order-placed", CheckoutJson.Default.OrderPlaced)
        .AddFact("buyer-changed", CheckoutJson.Default.BuyerChanged)
        .AddFact("payment-prepared", CheckoutJson.Default.PaymentPrepared)
        .AddFact("pay-page-prepared", CheckoutJson.Default.PayPagePrepared)
        .AddFact("payment-declined", CheckoutJson.Default.PaymentDeclined)
        .AddFact("order-paid", CheckoutJson.Default.OrderPaid)
        .AddFact("payment-came-too-late", CheckoutJson.Default.PaymentCameTooLate)
        .AddFact("details-kept", CheckoutJson.Default.DetailsKept)
        .AddFact("payment-mismatched", CheckoutJson.Default.PaymentMismatched)
        .AddFact("order-abandoned", CheckoutJson.Default.OrderAbandoned)
        .AddFact("buyer-corrected", CheckoutJson.Default.BuyerCorrected)
        .AddFact("ticket-given", CheckoutJson.Default.TicketGiven)
        .AddFact("order-link-renewed", CheckoutJson.Default.OrderLinkRenewed)
        .AddFact("link-generation-set", CheckoutJson.Default.LinkGenerationSet)
        .AddFact("order-refund-noted", CheckoutJson.Default.OrderRefundNoted)
        .AddFact("capacity-set", CheckoutJson.Default.CapacitySet)
        .AddFact("seats-opened", CheckoutJson.Default.SeatsOpened)
        .AddFact("seats-closed", CheckoutJson.Default.SeatsClosed)
        .AddFact("places-held", CheckoutJson.Default.PlacesHeld)
        .AddFact("hold-extended", CheckoutJson.Default.HoldExtended)
        .AddFact("holds-ended", CheckoutJson.Default.HoldsEnded)
        .AddFact("places-sold", CheckoutJson.Default.PlacesSold)
        .AddFact("places-returned", CheckoutJson.Default.PlacesReturned)
        .AddMessage("reconcile-payments", CheckoutJson.Default.ReconcilePayments)
        .AddMessage("reconcile-order", CheckoutJson.Default.ReconcileOrder)
        .AddMessage("tell-waitlist", CheckoutJson.Default.TellWaitlist)
        .AddMessage("mail-waitlist", CheckoutJson.Default.MailWaitlist)
        .AddRecurringJob("tell-waitlist", TimeSpan.FromMinutes(1), new TellWaitlist())
        .AddSingleton<WaitlistMails>()
        .AddMessage("send-order-proof", CheckoutJson.Default.SendProof)
        .AddSingleton<LinkProofs>()
        .AddSingleton<ProofMails>()
        .AddMessage("forget-details", CheckoutJson.Default.ForgetDetails)
        .AddRecurringJob("forget-details", TimeSpan.FromDays(1), new ForgetDetails())
        .AddRecurringJob("reconcile-payments", TimeSpan.FromMinutes(1), new ReconcilePayments())
        .AddSnapshot("inventory", CheckoutJson.Default.Inventory)
        .AddDocument("order_contact", CheckoutJson.Default.OrderContact, c => c.Id)
        .AddDocument("ticket_guest", CheckoutJson.Default.TicketGuest, g => g.Id)
        .AddHotStream<Inventory>(EndHolds.Due)
        .AddHotStream<RenewedLinks>((_, _) => [])
        .AddProjection<OrderList>()
        .AddMessage("wake-inventories", CheckoutJson.Default.WakeInventories)
        .AddRecurringJob("wake-inventories", TimeSpan.FromMinutes(1), new WakeInventories())
        .AddInvariant<NeverOversoldInvariant>()
        .AddInvariant<OneHolderInvariant>()
        .AddInvariant<AcknowledgedInvariant>()
        .AddInvariant<HoldsEndInvariant>()
        .AddInvariant<SoldOnceInvariant>()
        .AddOrderLinks()
        .AddSingleton<PlacesLeft>()
        .AddSingleton<EventPreview>()
        .AddSingleton<Payments>()
        .AddSingleton<SettlePayment>()
        .AddSingleton<PaymentInquiry>()
        .AddSingleton<RecentBuyers>()
        .AddSingleton<EventPageKey>()
        .AddSingleton<OrderSheets>()
        .AddSingleton<IFilledPage, FreshCheckout>()
        .AddSingleton<IFilledPage, NewOrder>()
        .AddSingleton<IStripeEvents, HearPayments>();

    // Started before the workers are: a mail must not say an address that was taken back.
    static IServiceCollection AddOrderLinks(this IServiceCollection services)
    {
        services.AddSingleton<OrderAccess>().AddSingleton<OrderLinks>().Insert(0, ServiceDescriptor.Singleton<IHostedService>(s => s.GetRequiredService<OrderLinks>()));
        return services;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(OrderStarted))]
[JsonSerializable(typeof(OrderProlonged))]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(BuyerChanged))]
[JsonSerializable(typeof(PaymentPrepared))]
[JsonSerializable(typeof(PayPagePrepared))]
[JsonSerializable(typeof(PaymentDeclined))]
[JsonSerializable(typeof(OrderPaid))]
[JsonSerializable(typeof(PaymentCameTooLate))]
[JsonSerializable(typeof(DetailsKept))]
[JsonSerializable(typeof(PaymentMismatched))]
[JsonSerializable(typeof(OrderAbandoned))]
[JsonSerializable(typeof(BuyerCorrected))]
[JsonSerializable(typeof(TicketGiven))]
[JsonSerializable(typeof(TicketGuest))]
[JsonSerializable(typeof(OrderLinkRenewed))]
[JsonSerializable(typeof(LinkGenerationSet))]
[JsonSerializable(typeof(OrderRefundNoted))]
[JsonSerializable(typeof(ReconcilePayments))]
[JsonSerializable(typeof(ReconcileOrder))]
[JsonSerializable(typeof(ForgetDetails))]
[JsonSerializable(typeof(TellWaitlist))]
[JsonSerializable(typeof(MailWaitlist))]
[JsonSerializable(typeof(SendProof))]
[JsonSerializable(typeof(CapacitySet))]
[JsonSerializable(typeof(SeatsOpened))]
[JsonSerializable(typeof(SeatsClosed))]
[JsonSerializable(typeof(PlacesHeld))]
[JsonSerializable(typeof(HoldExtended))]
[JsonSerializable(typeof(HoldsEnded))]
[JsonSerializable(typeof(PlacesSold))]
[JsonSerializable(typeof(PlacesReturned))]
[JsonSerializable(typeof(Inventory))]
[JsonSerializable(typeof(OrderContact))]
[JsonSerializable(typeof(WakeInventories))]
public sealed partial class CheckoutJson : JsonSerializerContext;
