using App.Features.Refunds.Contracts;
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
