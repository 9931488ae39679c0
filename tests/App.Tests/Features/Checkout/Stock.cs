using App.Features.Checkout;
using App.Features.Checkout.Contracts;
using App.Features.Shared;
using App.Infrastructure;
using App.Infrastructure.Store;

namespace App.Tests.Features.Checkout;

/// <summary>Words for rule tests: given facts, when a command, then facts or a refusal.</summary>
static class Stock
{
    public static readonly DateTimeOffset Noon = new(2027, 1, 4, 12, 0, 0, TimeSpan.Zero), Later = Noon.AddMinutes(15);
    public static readonly Guid Floor = Id(1), Balcony = Id(2), Both = Id(3), Ada = Id(11), Bob = Id(12), Eve = Id(13);

    static Guid Id(int n) => Ids.From(new Guid("01890000-0000-7000-8000-000000000000"), n);

    public static Inventory Given(params object[] facts) => facts.Aggregate(Inventory.Empty, Inventory.Evolve);
    public static Places On(Guid quota, int count) => new([quota], count, null);
    public static Places Seats(Guid quota, params string[] seats) => new([quota], seats.Length, seats);
    public static CapacitySet Room(Guid quota, int capacity) => new(quota, capacity);
    public static PlacesHeld Held(Guid order, params Places[] places) => new(order, places, Later);

    public static void ShouldRefuse(this Decision decision, string key, params object[] arguments)
    {
        decision.Refusal.ShouldBe(key);
        decision.Arguments.ShouldBe(arguments);
    }

    public static void ShouldBeFacts(this Decision decision, params object[] facts)
    {
        decision.Refusal.ShouldBeNull();
        decision.Facts!.Select(f => f.ToString()).ShouldBe(facts.Select(f => f.ToString()));
    }

    public static OrderStarted Started(params OrderLine[] lines) => new(Ada, Id(20), Id(21), lines, "EUR", Later, Noon);
    public static OrderLine Line(int count, long each = 1_000) => new(Id(30), "Floor", count, new Price(each, 0, 0), [Floor], null);
    public static Order Order(params object[] facts) => facts.Aggregate(App.Features.Checkout.Order.Empty, App.Features.Checkout.Order.Evolve);
    public static OrderPlaced Placed { get; } = new(Ada, Id(20), Id(21), 2, 2_000, "EUR", Noon);
    public static OrderPaid PaidWith(string? payment, string? account = null) => new(Ada, Id(20), Id(21), [Line(2)], 2_000, "EUR", payment, account, Noon);
    public static PaymentCameTooLate Late(string payment) => new(Ada, Id(20), Id(21), payment, null, 2_000, "EUR", "sold-out", Noon);
}
