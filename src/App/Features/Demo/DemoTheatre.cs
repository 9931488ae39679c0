using System.Globalization;
using App.Features.Events;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;

namespace App.Features.Demo;

/// <summary>One concert in a small house: a floor, a balcony with numbered seats, prices that contain their fees, tickets that are mailed a day before doors.</summary>
static class DemoTheatre
{
    const int Sold = 140, DaysOnSale = 34, EarlyEnds = 12;
    const string Zone = "Europe/Lisbon";

    public static DemoShow Show(DemoSeed seed, DemoNames names)
    {
        var random = new Random(94);
        var organization = new OrganizationCard(seed.IdOf("salitre"), "teatro-salitre", "Teatro Salitre", 212, 0.085, "bilhetes@salitre.example", "Rua do Salitre 94, Lisbon", "acct_salitre");
        var opened = seed.Began.AddDays(-DaysOnSale);
        var orders = Orders(seed, names, random, opened);
        var earliest = DateOnly.FromDateTime(seed.Began.AddDays(45).Date);
        return new(organization, Event(seed, organization, earliest.AddDays((DayOfWeek.Friday - earliest.DayOfWeek + 7) % 7), opened, orders), opened, orders);
    }

    static SaveEvent Event(DemoSeed seed, OrganizationCard organization, DateOnly night, DateTimeOffset opened, IReadOnlyList<DemoOrder> orders)
    {
        var (id, at) = (seed.IdOf("slow-harbour"), opened.AddDays(-7));
        return new(id, organization.Id, "slow-harbour", "Inês Valverde: Slow Harbour", "EUR", Zone)
        {
            Description = new("Inês Valverde: Slow Harbour", "Concert, one night", "The whole album, with the Night Ferry and a string section of eleven.", About, "/art/slow-harbour.svg",
                "A ferry crosses a harbour at night in front of a large low moon.", $"Full refund until {night.AddDays(-14).ToString("d MMMM", CultureInfo.InvariantCulture)}.", at),
            Place = new("Teatro Salitre", "Rua do Salitre 94, metro Avenida", "Lisbon", at),
            Dates = new(id, DemoConference.At(night, new(19, 0), Zone), DemoConference.At(night, new(20, 0), Zone), DemoConference.At(night, new(22, 30), Zone), Zone, at),
            Prices = new(FeeRate: 500, FeeFlat: 96, FeeOnTop: false, TaxRate: 600, "VAT 6 %", at),
            Quotas =
            [
                new(id, seed.IdOf("floor"), "Floor", 320, at),
                new(id, seed.IdOf("balcony"), "Balcony", Balcony.Length, at),
                new(id, seed.IdOf("access"), "Wheelchair places", 6, at),
                new(id, seed.IdOf("early-standing"), "Early standing", DemoConference.Count(orders, seed.IdOf("early-standing")), at),
            ],
            Seats = [new(id, seed.IdOf("balcony"), Balcony, at)],
            Types =
            [
                Type(seed, "standing", "Standing", "Floor, unreserved, ages 8 and up", 3800, ["floor"], 8, 1, false, at),
                Type(seed, "balcony", "Balcony, seated", "Numbered seats, clear view", 5200, ["balcony"], 8, 2, true, at),
                Type(seed, "access", "Wheelchair place", "Level access. Your companion sits beside you, free.", 3800, ["access"], 2, 3, false, at),
                Type(seed, "young", "Under 18, standing", "With an adult, bring proof of age", 2400, ["floor"], 8, 4, false, at),
                Type(seed, "early-standing", "Early standing", "Floor, unreserved", 3100, ["floor", "early-standing"], 4, 5, false, at),
            ],
            Window = new(opened, null, 15, at),
            Delivery = new(id, DeliveryKind.BeforeDoors, null, 24, at),
            Published = true,
        };
    }

    const string About = """
        Inês Valverde wrote Slow Harbour on the last boat home to Cacilhas, one song for each crossing. She plays it once, start to finish, in the room where she first stood on a stage.

        After the interval: older songs, requests from the front row, and a guest she won’t name.

        ### Order of the night

        - 19:00 Doors and bar open
        - 20:00 Marta Quintela, solo cello
        - 20:40 Slow Harbour, complete
        - 21:30 Interval, 20 minutes
        - 21:50 Second half
        - 22:30 House lights

        ### Getting in

        Step-free from the street, lift to the balcony, assistance dogs welcome. Induction loop on the floor: ask at the desk for a receiver. Cloakroom €2.00; nothing larger than A3.

        *Demo data: the artist, the house and the buyers are made up.*
        """;

    /// <summary>Rows A to F, 24 seats each. Written with two digits, so that neighbours stand together in a list.</summary>
    static readonly string[] Balcony = [.. from row in "ABCDEF" from seat in Enumerable.Range(1, 24) select string.Create(CultureInfo.InvariantCulture, $"{row} {seat:00}")];

    static TicketTypeSet Type(DemoSeed seed, string key, string name, string what, long amount, string[] quotas, int most, int position, bool seated, DateTimeOffset at) =>
        new(seed.IdOf(key), name, what, amount, Array.ConvertAll(quotas, seed.IdOf), most, position, seated, at);

    static List<DemoOrder> Orders(DemoSeed seed, DemoNames names, Random random, DateTimeOffset opened)
    {
        var (orders, seats) = (new List<DemoOrder>(), new Queue<string>(Balcony[24..])); // the first row is still to be had
        foreach (var at in SalesCurve.Times(random, opened, seed.Began, Sold, EarlyEnds))
        {
            string[] kinds = [(at - opened).TotalDays < EarlyEnds ? "early-standing" : "standing", "balcony", "young", "access"];
            var kind = kinds[SalesCurve.Draw(random, [58, 28, 12, 1])];
            if (kind == "balcony" && seats.Count < 4) kind = "standing";
            var count = kind == "access" ? 1 : 1 + SalesCurve.Draw(random, [30, 52, 10, 8]);
            var (name, email) = names.Pick(random, 2000 + orders.Count);
            var end = kind == "standing" && at < seed.Began.AddDays(-1) && random.Next(100) < 4 ? DemoEnd.Refunded : DemoEnd.Paid;
            orders.Add(new(seed.IdOf($"theatre-order-{orders.Count}"), at, [new(seed.IdOf(kind), count, kind == "balcony" ? [.. Enumerable.Range(0, count).Select(_ => seats.Dequeue())] : null)], name, email, end));
        }
        return orders;
    }
}
