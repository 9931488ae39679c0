using System.Globalization;
using System.Text;
using App.Features.Events;
using App.Features.Events.Contracts;
using App.Features.Organizations.Contracts;

namespace App.Features.Demo;

/// <summary>A conference for five thousand with FOSDEM's name, place, rooms and sessions; its tickets and prices are invented. All-in prices come out whole: €120.00 is 95.80 + 3.37 fee + 20.83 VAT.</summary>
static class DemoConference
{
    const int Sold = 860, DaysOnSale = 56, EarlyBirdEnds = 21, WorkshopLeft = 8;

    public static DemoShow Show(DemoSeed seed, DemoNames names)
    {
        var (random, schedule) = (new Random(2024), DemoSchedule.Read());
        var organization = new OrganizationCard(seed.IdOf("open-hall"), "open-hall", "Open Hall", 160, 0.1, "desk@open-hall.example", "Avenue Paul Héger 20, Brussels", "acct_openhall");
        var opened = seed.Began.AddDays(-DaysOnSale);
        var orders = Orders(seed, names, random, opened);
        var first = NextSaturday(DateOnly.FromDateTime(seed.Began.AddDays(60).Date));
        return new(organization, Event(seed, organization, schedule, first, opened, orders), opened, orders) { Programme = DemoProgramme.Read(first.DayNumber - schedule.Days[0].Date.DayNumber) };
    }

    static SaveEvent Event(DemoSeed seed, OrganizationCard organization, DemoSchedule schedule, DateOnly first, DateTimeOffset opened, IReadOnlyList<DemoOrder> orders)
    {
        var (id, at, shift) = (seed.IdOf("fosdem"), opened.AddDays(-7), first.DayNumber - schedule.Days[0].Date.DayNumber);
        var starts = At(first, schedule.Days[0].FirstStart, schedule.TimeZone);
        var ends = At(schedule.Days[^1].Date.AddDays(shift), new(18, 0), schedule.TimeZone);
        return new(id, organization.Id, "fosdem-2024", schedule.Title, "EUR", schedule.TimeZone)
        {
            Description = new(schedule.Title, "Demo data after FOSDEM 2024", $"Two days, {schedule.Days.SelectMany(d => d.Rooms).Distinct().Count()} rooms: the schedule of a real conference, with tickets that are made up.", About(schedule),
                "/art/groundwork.svg", "Circles, arcs and stripes in green, orange and yellow, laid like tiles.", "Full refund until two weeks before the first day.", at),
            Place = new(schedule.Venue, "Avenue Paul Héger 20, campus du Solbosch", schedule.City, at),
            Dates = new(id, starts.AddHours(-1), starts, ends, schedule.TimeZone, at),
            Prices = new(FeeRate: 300, FeeFlat: 50, FeeOnTop: true, TaxRate: 2100, "VAT 21 %", at),
            Quotas =
            [
                new(id, seed.IdOf("on-site"), "On site, all kinds", 5000, at),
                new(id, seed.IdOf("early"), "Early bird", Count(orders, seed.IdOf("early")), at),
                new(id, seed.IdOf("student"), "Students", 600, at),
                new(id, seed.IdOf("community"), "Community", 1500, at),
                new(id, seed.IdOf("workshop"), "Workshop seats", Count(orders, seed.IdOf("workshop")) + WorkshopLeft, at),
            ],
            Types =
            [
                Type(seed, "regular", "Regular", "Both days, all rooms", 9580, ["on-site"], 10, 1, at),
                Type(seed, "student", "Student", "Both days; bring your card", 3161, ["on-site", "student"], 2, 2, at),
                Type(seed, "community", "Community", "For contributors and volunteers", 0, ["on-site", "community"], 4, 3, at),
                Type(seed, "supporter", "Supporter", "Both days, and a student's ticket is paid for", 24022, ["on-site"], 10, 4, at),
                Type(seed, "workshop", "Workshop: debugging the kernel", "Saturday afternoon, three hours, at a machine; on top of a ticket.", 4766, ["workshop"], 4, 5, at),
                Type(seed, "early", "Early bird", "Both days, all rooms", 6772, ["on-site", "early"], 10, 6, at),
            ],
            Window = new(opened, null, 15, at),
            Delivery = new(id, DeliveryKind.AtOnce, null, null, at),
            Published = true,
        };
    }

    static TicketTypeSet Type(DemoSeed seed, string key, string name, string what, long amount, string[] quotas, int most, int position, DateTimeOffset at) =>
        new(seed.IdOf(key), name, what, amount, Array.ConvertAll(quotas, seed.IdOf), most, position, Seated: false, at);

    static string About(DemoSchedule schedule)
    {
        var about = new StringBuilder($"""
            This page shows what Foyer does with a conference of this size. Name, place, rooms and session titles are from the published schedule of {schedule.Title}, moved to a weekend ahead of us;
            ticket kinds, prices and buyers are made up. **The real FOSDEM is free, needs no ticket, and has nothing to do with Foyer.** No card is charged here: payments go to a sandbox on this machine.

            """);
        foreach (var day in schedule.Days)
        {
            about.Append(CultureInfo.InvariantCulture, $"\n### {day.Date.DayOfWeek}\n\n");
            foreach (var session in day.Sessions.DistinctBy(s => s.Room).Take(8)) about.Append(CultureInfo.InvariantCulture, $"- {session.Start:HH\\:mm} {session.Title.Replace('*', ' ')} ({session.Room})\n");
            about.Append(CultureInfo.InvariantCulture, $"\nRooms: {string.Join(", ", day.Rooms)}.\n");
        }
        return about.ToString();
    }

    static List<DemoOrder> Orders(DemoSeed seed, DemoNames names, Random random, DateTimeOffset opened)
    {
        var orders = new List<DemoOrder>();
        foreach (var at in SalesCurve.Times(random, opened, seed.Began, Sold, EarlyBirdEnds))
        {
            var early = (at - opened).TotalDays < EarlyBirdEnds;
            string[] kinds = [early ? "early" : "regular", "regular", "student", "community", "supporter"];
            var kind = kinds[SalesCurve.Draw(random, [52, 8, 16, 19, 5])];
            var count = 1 + SalesCurve.Draw(random, kind == "student" ? [88, 12] : [64, 24, 8, 4]);
            var lines = new List<DemoLine> { new(seed.IdOf(kind), count) };
            if (random.Next(100) < 4) lines.Add(new(seed.IdOf("workshop"), 1));
            // Only plain orders are given back, so that what is sold out stays sold out.
            var end = kind != "regular" || lines.Count > 1 || at > seed.Began.AddDays(-1) ? DemoEnd.Paid : random.Next(100) switch { < 3 => DemoEnd.Refunded, < 5 when count > 1 => DemoEnd.PartlyRefunded, _ => DemoEnd.Paid };
            orders.Add(Order(seed, names, random, orders.Count, at, lines, end));
        }
        for (var i = 0; i < 18; i++) orders.Add(Order(seed, names, random, orders.Count, seed.Began.AddHours(-random.Next(30, 24 * DaysOnSale)), [new(seed.IdOf("regular"), 1 + random.Next(2))], DemoEnd.Abandoned));
        for (var i = 0; i < 5; i++) orders.Add(Order(seed, names, random, orders.Count, seed.Began.AddSeconds(-random.Next(20, 400)), [new(seed.IdOf("regular"), 1)], DemoEnd.Waiting));
        return orders;
    }

    static DemoOrder Order(DemoSeed seed, DemoNames names, Random random, int number, DateTimeOffset at, IReadOnlyList<DemoLine> lines, DemoEnd end)
    {
        var (name, email) = names.Pick(random, number);
        return new(seed.IdOf($"conference-order-{number}"), at, lines, name, email, end);
    }

    public static int Count(IReadOnlyList<DemoOrder> orders, Guid type) => orders.Where(o => o.End is not DemoEnd.Abandoned).SelectMany(o => o.Lines).Where(l => l.TicketTypeId == type).Sum(l => l.Count);

    public static DateTimeOffset At(DateOnly day, TimeOnly time, string zoneId)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById(zoneId).GetUtcOffset(local)).ToUniversalTime();
    }

    static DateOnly NextSaturday(DateOnly day) => day.AddDays((DayOfWeek.Saturday - day.DayOfWeek + 7) % 7);
}
