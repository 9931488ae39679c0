using App.Features.Refunds;
using App.Features.Refunds.Contracts;
using App.Features.Scanning;
using App.Features.Tickets;
using App.Features.Tickets.Contracts;
using App.Infrastructure;
using App.Tests.Features.Shared;
using App.Tests.Support;

namespace App.Tests.Features.Scanning;

public sealed class ScanTicketTests : IAsyncLifetime
{
    BoxOffice office = null!;
    StoreHost Host => office.Host;

    public async Task InitializeAsync() => office = await BoxOffice.Open();
    public async Task DisposeAsync() => await office.DisposeAsync();

    Door At(string gate = "North", Guid? scan = null, Guid? e = null) => new(scan ?? Ids.New(office.Clock.Now), e ?? BoxOffice.Event, gate, "phone", "staff", null);
    Task<ScanResult> Scan(string code, Door door, StoreHost? host = null) => (host ?? Host).Bus.InvokeAsync<ScanResult>(new ScanTicket(door, code), default);
    async Task<string> CodeOf(Guid order, int number) => (await Host.Db.Fold<Ticket>(TicketId.Of(order, number), default)).State.Code;

    [Fact]
    public async Task The_first_scan_opens_the_next_says_when_and_where()
    {
        var order = await office.Buy(BoxOffice.Talks, 1);
        var (code, first) = (await CodeOf(order, 1), At());
        (await Scan(code, first)).Scan.Verdict.ShouldBe(Verdict.Valid);
        office.Clock.Now += TimeSpan.FromMinutes(5);
        var again = await Scan(code + "\r\n", At("South"));
        again.Scan.Verdict.ShouldBe(Verdict.AlreadyIn);
        again.Scan.FirstGate.ShouldBe("North");
        again.Scan.FirstAt.ShouldBe(office.Clock.Now.AddMinutes(-5));
        again.Ticket!.Kind.ShouldBe("Talks");
        (await Scan(code, first)).Scan.Verdict.ShouldBe(Verdict.Valid, "the same upload again is the same scan");
        await office.Verified();
    }

    [Fact]
    public async Task Two_doors_at_once_let_one_in_every_time()
    {
        await using var rival = await office.Rival();
        var order = await office.Buy(BoxOffice.Talks, 10);
        for (var number = 1; number <= 10; number++)
        {
            var code = await CodeOf(order, number);
            var verdicts = await Task.WhenAll(Scan(code, At("North")), Scan(code, At("South"), rival), Scan(code, At("East")));
            verdicts.Count(v => v.Scan.Verdict == Verdict.Valid).ShouldBe(1);
            verdicts.Count(v => v.Scan.Verdict == Verdict.AlreadyIn).ShouldBe(2);
        }
        await office.Verified();
    }

    [Fact]
    public async Task One_upload_sent_ten_times_at_once_is_one_scan()
    {
        var order = await office.Buy(BoxOffice.Talks, 1);
        var (code, door) = (await CodeOf(order, 1), At());
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Scan(code, door)));
        verdicts.ShouldAllBe(v => v.Scan.Verdict == Verdict.Valid);
        await office.Verified();
    }

    [Fact]
    public async Task A_refunded_ticket_stays_out_from_the_moment_it_is_refunded()
    {
        await using var rival = await office.Rival();
        var order = await office.Buy(BoxOffice.Talks, 2);
        await Host.Bus.InvokeAsync<Guid>(new RefundOrder(order, BoxOffice.Organization, [TicketId.Of(order, 1)], "ada", RefundReason.Mistake), default);
        (await Scan(await CodeOf(order, 1), At(), rival)).Scan.Verdict.ShouldBe(Verdict.Refunded);
        (await Scan(await CodeOf(order, 2), At(), rival)).Scan.Verdict.ShouldBe(Verdict.Valid);
        await office.Verified();
    }

    [Fact]
    public async Task What_is_none_of_ours_or_another_events_is_told_apart_and_opens_nothing()
    {
        var order = await office.Buy(BoxOffice.Talks, 1);
        var code = await CodeOf(order, 1);
        (await Scan("https://example.org/", At())).Scan.Verdict.ShouldBe(Verdict.Unknown);
        (await Scan("", At())).Scan.Verdict.ShouldBe(Verdict.Unknown);
        (await Scan((code[0] == 'A' ? 'B' : 'A') + code[1..], At())).Scan.Verdict.ShouldBe(Verdict.Unknown);
        (await Scan(code, At(e: BoxOffice.OtherEvent))).Scan.Verdict.ShouldBe(Verdict.OtherEvent);
        // Signed by us, for a ticket that doesn't exist.
        (await Scan(await Host.Get<TicketKeys>().Sign(BoxOffice.Organization, order, 1), At())).Scan.Verdict.ShouldBe(Verdict.Unknown);
        (await Should.ThrowAsync<Refused>(() => Scan(code, At("")))).Key.ShouldBe("scanning.no-such-gate");
        var door = At();
        await Scan(code, door);
        (await Should.ThrowAsync<Refused>(() => Scan("something else", door))).Key.ShouldBe("scanning.scan-id-used");
    }

    [Fact]
    public async Task An_admission_that_was_undone_opens_again_at_any_door()
    {
        await using var rival = await office.Rival();
        var order = await office.Buy(BoxOffice.Talks, 1);
        var (code, ticket) = (await CodeOf(order, 1), TicketId.Of(order, 1));
        await Scan(code, At());
        for (var i = 0; i < 2; i++) await rival.Bus.InvokeAsync(new UndoAdmission(BoxOffice.Event, ticket, "staff"), default);
        (await Scan(code, At())).Scan.Verdict.ShouldBe(Verdict.Valid, "this process remembers the ticket as used; the log knows better");
        await office.ReadOn();
        (await DoorNumbers.Of(BoxOffice.Event, Host.Db, default)).In.ShouldBe(1);
        await office.Verified();
    }

    [Fact]
    public async Task Guests_are_found_by_name_last_name_address_and_code_and_let_in_without_a_code()
    {
        var ada = await office.Buy(BoxOffice.Talks, 2, "Ada Lovelace", "ada@example.org");
        await office.Buy(BoxOffice.Talks, 1, "Grace 100%_Hopper", "grace@example.org");
        var held = await office.Hold(BoxOffice.Talks, 1);
        await office.Place(held, "Ada Unpaid");
        await office.ReadOn();
        foreach (var text in new[] { "ada", "LOVE", "ada@exam", Ids.Short(ada) })
            (await Guest.Find(BoxOffice.Event, text, Host.Db, default)).Select(g => g.Ticket.Number).ShouldBe([1, 2], text);
        (await Guest.Find(BoxOffice.Event, "100%_h", Host.Db, default)).Count.ShouldBe(1);
        (await Guest.Find(BoxOffice.Event, "10_", Host.Db, default)).ShouldBeEmpty();
        (await Guest.Find(BoxOffice.Event, "a", Host.Db, default)).ShouldBeEmpty();
        (await Guest.Find(BoxOffice.OtherEvent, "ada", Host.Db, default)).ShouldBeEmpty();

        (await Host.Bus.InvokeAsync<ScanResult>(new AdmitTicket(At("Desk"), TicketId.Of(ada, 2)), default)).Scan.Verdict.ShouldBe(Verdict.Valid);
        await office.ReadOn();
        (await Guest.Find(BoxOffice.Event, "ada", Host.Db, default)).Select(g => g.Gate).ShouldBe([null, "Desk"]);
        var door = await DoorNumbers.Of(BoxOffice.Event, Host.Db, default);
        (door.In, door.Left).ShouldBe((1, 2));
        await office.Verified();
    }

    [Fact]
    public async Task A_device_ahead_of_time_scans_now_and_one_that_uploads_late_scanned_then()
    {
        var order = await office.Buy(BoxOffice.Talks, 2);
        var now = office.Clock.Now;
        (await Scan(await CodeOf(order, 1), At() with { ScannedAt = now.AddHours(3) })).Scan.ScannedAt.ShouldBe(now);
        (await Scan(await CodeOf(order, 2), At() with { ScannedAt = now.AddHours(-2) })).Scan.ScannedAt.ShouldBe(now.AddHours(-2));
    }
}
