using App.Features.Refunds.Contracts;
using App.Features.Schedule.Contracts;
using App.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>The back office as a promoter works in it: an event changed while its page stands beside it, many orders ticked.</summary>
[Collection(HouseCollection.Name)]
public sealed class OfficeTests(House house)
{
    [Fact]
    public async Task What_is_typed_stands_in_the_phone_beside_it_and_in_the_list_of_changes()
    {
        await using var promoter = await house.Staff("promoter", Device.Desk);
        await promoter.Open($"/office/events/{house.Conference.Id}/edit");
        var phone = promoter.Page.FrameLocator("#preview");
        await Expect(phone.Locator("h1")).ToHaveTextAsync(house.Conference.Title);
        await Expect(promoter.Button("Preview")).ToBeHiddenAsync();

        await promoter.Page.Locator("#title").FillAsync("A name that is typed");
        await Expect(phone.Locator("h1")).ToHaveTextAsync("A name that is typed");
        await Expect(promoter.Page.Locator("#changes ins")).ToHaveTextAsync("A name that is typed");
        await Expect(promoter.Button("Publish 1 change")).ToBeVisibleAsync();
        await promoter.Page.Locator("#hue").FillAsync("20");
        // At once, before the server has answered.
        (await phone.Locator("html").EvaluateAsync<string>("e => getComputedStyle(e).getPropertyValue('--hue').trim()")).ShouldBe("20");
        await Expect(promoter.Button("Publish 2 changes")).ToBeVisibleAsync();
        await promoter.Keep("office-edit-typed");
        await Expect(phone.Locator("script:not([type='application/ld+json'])")).ToHaveCountAsync(0);
        promoter.HasNoComplaints();
    }

    [Fact]
    public async Task A_photograph_is_made_lighter_goes_up_and_stands_in_the_phone()
    {
        await using var promoter = await house.Staff("promoter", Device.Desk);
        await promoter.Open($"/office/events/{house.Conference.Id}/edit");
        // A camera's picture, by this browser: noise, so that it weighs something.
        var photograph = Convert.FromBase64String(await promoter.Page.EvaluateAsync<string>("""
            async () => {
              const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1500 }), draw = canvas.getContext('2d');
              const noise = draw.createImageData(2400, 1500);
              for (let i = 0; i < noise.data.length; i++) noise.data[i] = i % 4 === 3 ? 255 : (i * 2654435761 >>> 13) & 255;
              draw.putImageData(noise, 0, 0);
              return canvas.toDataURL('image/jpeg', .6).split(',')[1];
            }
            """));
        photograph.Length.ShouldBeGreaterThan(600_000);
        await promoter.Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "IMG_0001.JPG", MimeType = "image/jpeg", Buffer = photograph });
        await Expect(promoter.Page.Locator(".art-now img")).ToHaveAttributeAsync("src", new System.Text.RegularExpressions.Regex("^/pictures/[0-9a-f]{32}\\.webp$"));
        await Expect(promoter.Page.FrameLocator("#preview").Locator(".poster img")).ToHaveJSPropertyAsync("naturalWidth", 1600);
        (await house.Host.Db.QueryFirst<int>("select length(bytes) from events_pictures order by added_at desc limit 1", default)).ShouldBeLessThan(photograph.Length);
        await promoter.Keep("office-edit-art");

        await promoter.Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "art.png", MimeType = "image/png", Buffer = "<svg/>"u8.ToArray() });
        await Expect(promoter.Page.Locator("#file-e")).ToContainTextAsync("neither JPEG, PNG, WebP nor AVIF");
        promoter.HasNoComplaints();
    }

    /// <summary>By hand and by form: whoever can't drag opens the session and types its time.</summary>
    [Fact]
    public async Task A_session_is_dragged_to_another_room_and_hour()
    {
        var schedule = (await house.Host.Get<ScheduleCatalogue>().FindFresh(house.Conference.Id, default))!;
        await using var promoter = await house.Staff("promoter", Device.Desk);
        await promoter.Open($"/office/events/{house.Conference.Id}/schedule");
        var cards = await promoter.Page.Locator("#plan .session[draggable=true]").EvaluateAllAsync<string[]>("all => all.map(e => e.dataset.slot)");
        (ScheduleSession Session, ScheduleSlot Slot) Of(string id) => schedule.Sessions.SelectMany(s => s.Slots.Select(t => (s, t))).First(s => s.t.Id == Guid.Parse(id));
        var from = Of(cards[0]);
        var to = cards.Select(Of).First(c => c.Slot.Room is not null && c.Slot.Room.Id != from.Slot.Room?.Id && c.Slot.Start > from.Slot.Start);
        ILocator Card(ScheduleSlot slot) => promoter.Page.Locator($"#plan [data-slot='{slot.Id}']");
        // All of it in view: a page that scrolls between the press and the first move would have another card under the pointer.
        await promoter.Page.SetViewportSizeAsync(1280, 3000);
        await Card(from.Slot).DragToAsync(Card(to.Slot), new() { SourcePosition = new() { X = 12, Y = 6 }, TargetPosition = new() { X = 12, Y = 6 } });
        await Expect(promoter.Page.Locator("#plan [role=status]")).ToHaveTextAsync($"{from.Session.Title} is moved.");
        var moved = (await house.Host.Get<ScheduleCatalogue>().FindFresh(house.Conference.Id, default))!.Session(from.Session.Id)!.Slots.Single(s => s.Id == from.Slot.Id);
        (moved.Room!.Id, moved.Start).ShouldBe((to.Slot.Room!.Id, to.Slot.Start));
        await promoter.Keep("office-plan-dragged");

        // The way back is the form's.
        await Card(from.Slot).Locator("h4 a").FocusAsync();
        await promoter.Page.Keyboard.PressAsync("Enter");
        var zone = schedule.Zone;
        await promoter.Page.Locator("[name='slots[0].start']").FillAsync(TimeZoneInfo.ConvertTime(from.Slot.Start, zone).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await promoter.Page.Locator("[name='slots[0].room']").SelectOptionAsync(from.Slot.Room!.Id.ToString());
        await promoter.Button("Keep").PressAsync("Enter");
        await Expect(promoter.Page.Locator(".notice.ok")).ToHaveTextAsync($"{from.Session.Title} is kept.");
        var back = (await house.Host.Get<ScheduleCatalogue>().FindFresh(house.Conference.Id, default))!.Session(from.Session.Id)!.Slots[0];
        (back.Room!.Id, back.Start).ShouldBe((from.Slot.Room.Id, from.Slot.Start));
        promoter.HasNoComplaints();
    }

    [Fact]
    public async Task Large_amounts_stay_in_their_cell()
    {
        await using var promoter = await house.Staff("promoter", Device.Desk);
        await promoter.Open($"/office/events/{house.Conference.Id}");
        await promoter.Page.EvaluateAsync("() => document.fonts.ready.then(() => 0)");
        foreach (var (amount, isLong) in new[] { ("€108,050", false), ("€1,080,500", true), ("€10,080,500", true) })
            foreach (var width in new[] { 360, 400, 640, 900, 940, 1280, 1600 })
            {
                await promoter.Page.SetViewportSizeAsync(width, 800);
                var over = await promoter.Page.EvaluateAsync<int>("""
                    ([amount, isLong]) => {
                      document.querySelector('.board').classList.toggle('long', isLong);
                      return Math.max(...[...document.querySelectorAll('.board .figure')].map(f => { f.textContent = amount; return f.scrollWidth - f.clientWidth; }));
                    }
                    """, new object[] { amount, isLong });
                over.ShouldBeLessThanOrEqualTo(0, $"{amount} at {width} px");
            }
        await promoter.Keep("office-sales-large");
    }

    [Fact]
    public async Task Ticked_orders_are_counted_summed_refunded_and_followed()
    {
        var (one, two) = (await house.Sell("Regular", email: "one@example.org"), await house.Sell("Regular", 2, email: "two@example.org"));
        await using var promoter = await house.Staff("promoter", Device.Phone);
        await promoter.Open($"/office/events/{house.Conference.Id}/orders");
        await Expect(promoter.Page.Locator(".bulk")).ToBeHiddenAsync();
        foreach (var order in new[] { one, two }) await promoter.Page.Locator($"#o-{order:N}").CheckAsync();
        await Expect(promoter.Page.Locator(".bulk strong")).ToHaveTextAsync("2 ticked, €360.00");
        await promoter.Keep("office-orders-ticked");
        await promoter.Tap(promoter.Button("Refund…"));
        await Expect(promoter.Button("Refund 2 orders, €360.00")).ToBeVisibleAsync();
        await promoter.Keep("office-orders-refund");
        await promoter.Tap(promoter.Button("Refund 2 orders, €360.00"));
        await Expect(promoter.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("All done");
        await promoter.Keep("office-orders-deed");
        (await RefundsOf.Order(two, house.Host.Db, default)).ShouldHaveSingleItem().Amount.ShouldBe(24_000);
        promoter.HasNoComplaints();
    }
}
