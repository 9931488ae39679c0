using App.Features.Checkout;
using App.Features.Events.Contracts;
using App.Features.Events;
using App.Features.Organizations;
using App.Features.Refunds;
using App.Features.Scanning;
using App.Features.Tickets;
using App.Infrastructure.Mail;
using App.Infrastructure.Messaging;
using App.Infrastructure.Store;
using App.Infrastructure.Vendors.Stripe;
using App.Infrastructure.Verification;
using App.Infrastructure;
using App.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace App.Tests.Features.Shared;

/// <summary>One event on sale on a real database, sold through the real commands: Talks (104.00 €, 20 places), Free (0 €, 5 places), Stalls (40.00 €, six seats).</summary>
public sealed class BoxOffice : IAsyncDisposable
{
    public static readonly Guid Organization = Id(1), Event = Id(2), OtherEvent = Id(3), Talks = Id(10), Free = Id(11), Stalls = Id(12), TalksQuota = Id(20), FreeQuota = Id(21), SeatQuota = Id(22), Elsewhere = Id(30), ElsewhereQuota = Id(31);

    static Guid Id(int n) => Ids.From(new Guid("01890000-0000-7000-8000-000000000000"), n);

    public required StoreHost Host { get; init; }
    public required FakeStripe Stripe { get; init; }
    public required TestClock Clock { get; init; }
    string connection = "";

    public static async Task<BoxOffice> Open()
    {
        var (connection, stripe, clock) = (await Databases.New(CounterModule.Sql), await FakeStripe.Start(), new TestClock(new(2027, 5, 1, 12, 0, 0, TimeSpan.Zero)));
        var office = new BoxOffice { Host = await Start(connection, stripe, clock), Stripe = stripe, Clock = clock, connection = connection };
        await using (var organization = office.Host.Db.Command("insert into doc_organization (id, version, data) values ($1, 1, $2::jsonb)", Organization,
            $$"""{"id":"{{Organization}}","slug":"foss","name":"FOSS","hue":200,"chroma":0.1,"contact":"a@example.org","address":"Brussels"}""")) await organization.ExecuteNonQueryAsync();
        await office.Put(Event, "talks", [new(Event, TalksQuota, "Talks", 20, clock.Now), new(Event, FreeQuota, "Free", 5, clock.Now), new(Event, SeatQuota, "Seats", 6, clock.Now)],
            [Type(Talks, "Talks", 10_000, TalksQuota), Type(Free, "Free", 0, FreeQuota), Type(Stalls, "Stalls", 3_846, SeatQuota, seated: true)], [new(Event, SeatQuota, ["A-1", "A-2", "A-3", "A-4", "A-5", "A-6"], clock.Now)]);
        await office.Put(OtherEvent, "other", [new(OtherEvent, ElsewhereQuota, "Else", 5, clock.Now)], [Type(Elsewhere, "Else", 0, ElsewhereQuota)], []);
        await office.Host.HandleDueMessages();
        return office;
    }

    static TicketTypeSet Type(Guid id, string name, long amount, Guid quota, bool seated = false) => new(id, name, "", amount, [quota], 10, 0, seated, DateTimeOffset.UnixEpoch);

    Task Put(Guid id, string slug, QuotaSet[] quotas, TicketTypeSet[] types, SeatsSet[] seats) => Host.Bus.InvokeAsync(new SaveEvent(id, Organization, slug, slug, "EUR", "Europe/Brussels")
    {
        Dates = new(id, Clock.Now.AddDays(30), Clock.Now.AddDays(30), Clock.Now.AddDays(31), "Europe/Brussels", Clock.Now),
        Prices = new(400, 0, true, 0, "", Clock.Now), Quotas = quotas, Types = types, Seats = seats, Published = true,
    }, default);

    /// <summary>Another process on the same database.</summary>
    public Task<StoreHost> Rival() => Start(connection, Stripe, Clock);

    static Task<StoreHost> Start(string connection, FakeStripe stripe, TestClock clock) => StoreHost.Start(connection, clock, more: s => s
        .AddSingleton(new HandlerRegistry(typeof(StoreHost).Assembly, typeof(App.Program).Assembly))
        .AddOrganizations(new ConfigurationManager()).AddEvents().AddCheckout().AddTickets().AddRefunds().AddScanning().AddVerification()
        .AddSingleton<Secrets>().AddSingleton<IDataProtectionProvider>(Protection)
        .AddSingleton(new App.Infrastructure.Web.SiteOptions(new Uri("https://foyer.example")))
        .AddSingleton(new App.Infrastructure.Web.Texts(System.Text.Encodings.Web.HtmlEncoder.Default)).AddMail().AddSingleton(new Mailer((_, _) => Task.FromResult(MailAnswer.Accepted)))
        .AddSingleton(new StripeClient(new() { SecretKey = "sk_test", BaseUrl = stripe.Url }, clock)));

    static readonly EphemeralDataProtectionProvider Protection = new();

    public Task<Guid> Hold(Guid type, int count) => Host.Bus.InvokeAsync<Guid>(new HoldPlaces(Event, [new(type, count)]), default);

    /// <summary>Details given, and an intent begun when there is something to pay.</summary>
    public Task Place(Guid order, string name = "Ada Lovelace", string email = "ada@example.org") =>
        Host.Bus.InvokeAsync<PaymentBegun>(new PlaceOrder(order, new(order, name, email), false, "", ""), default);

    public async Task<ConfirmPayment> Payment(Guid order, string? delivery = null)
    {
        var (state, _) = await Host.Db.FoldFresh<Order>(order, default);
        return new(order, state.PaymentId!, null, state.Total, "eur", delivery);
    }

    public async Task<Guid> Buy(Guid type, int count, string name = "Ada Lovelace", string email = "ada@example.org")
    {
        var order = await Hold(type, count);
        await Place(order, name, email);
        if (type != Free) (await Host.Bus.InvokeAsync<Confirmed>(await Payment(order), default)).ShouldBe(Confirmed.Paid);
        return order;
    }

    /// <summary>Lets one hearer hear something once more, as a message that comes twice does.</summary>
    public async Task Hear(Func<DocumentSession, Task> handler)
    {
        var db = new DocumentSession(Host.Store, Host.Get<HandlerRegistry>(), Cause.System, fresh: true);
        await handler(db);
        await db.SaveChangesAsync(Host.Get<IServiceProvider>(), default);
    }

    public async Task<Inventory> Inventory() => (await Host.Db.FoldFresh<Inventory>(InventoryId.Of(Event), default)).State;

    /// <summary>Until every read model has read all there is, whichever process reads.</summary>
    public Task ReadOn() => Eventually.Is(async () =>
    {
        await Host.Get<Projections>().CatchUp(default);
        foreach (var p in Host.Get<Projections>().All)
            if (await Unread(p) > 0) return false;
        return true;
    });

    Task<long> Unread(IProjection p) => Host.Db.QueryFirst<long>("""
        select count(*) from events where type = any($2)
            and (xid, seq) > (coalesce((select xid from projections where name = $1), '0'::xid8), coalesce((select seq from projections where name = $1), 0))
        """, default, p.Name, p.Hears.Select(t => Host.Store.Types.Of(StoredKind.Fact, t).Name).ToArray());

    public async Task<VerifyReport> Verify() => await Host.Get<Verifier>().Run(default);

    public async Task Verified()
    {
        await Host.HandleDueMessages();
        var (report, text) = (await Verify(), new StringWriter());
        report.WriteTo(text);
        report.Ok.ShouldBeTrue(text.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Stripe.DisposeAsync();
    }
}
