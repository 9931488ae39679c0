using App.Features.Tickets;
using App.Features.Tickets.Contracts;
using App.Infrastructure.Web;
using App.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace App.Browser;

/// <summary>The door's camera, with a film of a real ticket's code before it.</summary>
[Collection(HouseCollection.Name)]
public sealed class CameraTests(House house)
{
    const string FakeCamera = "--use-fake-device-for-media-stream", Allowed = "--use-fake-ui-for-media-stream";

    [Fact]
    public async Task A_ticket_held_before_the_camera_opens_once()
    {
        var orderId = await house.Sell("Community");
        var code = (await OrderTickets.Of(orderId, house.Host.Db, default))[0].Code;
        var film = Path.Combine(Path.GetTempPath(), $"foyer-{orderId:N}.y4m");
        await File.WriteAllBytesAsync(film, Film(code));
        try
        {
            await using var door = await house.StaffWith("door", Device.Phone, FakeCamera, Allowed, $"--use-file-for-fake-video-capture={film}");
            await door.Open($"/door/{house.Conference.Id}");
            await door.Tap(door.Button("Camera"));

            await Expect(door.Page.Locator(".verdict.go")).ToContainTextAsync("Come in");
            await door.Keep("door-camera");
            door.HasNoComplaints();
            // Green makes room by itself; the same ticket, still there after a while, is a second one.
            await Expect(door.Page.Locator(".verdict")).ToContainTextAsync("Already in", new() { Timeout = 30_000 });
            await Eventually.Is(async () => await house.Host.Db.QueryFirst<long>("select count(*) from events where type = 'ticket-admitted' and stream = $1", default, AdmissionOf(orderId)) == 1);
        }
        finally { File.Delete(film); }
    }

    [Fact]
    public async Task Where_the_camera_is_not_allowed_the_door_says_so_and_codes_are_typed()
    {
        var code = (await OrderTickets.Of(await house.Sell("Community"), house.Host.Db, default))[0].Code;
        await using var door = await house.StaffWith("door", Device.Phone, FakeCamera, "--deny-permission-prompts");
        await door.Open($"/door/{house.Conference.Id}");
        await door.Tap(door.Button("Camera"));
        await Expect(door.Page.Locator("#said")).ToContainTextAsync("The camera is not allowed here");
        await Expect(door.Button("Camera")).ToBeVisibleAsync();

        await door.Page.Locator("#code").FillAsync(code);
        await door.Tap(door.Button("Check"));
        await Expect(door.Page.Locator(".verdict.go")).ToContainTextAsync("Come in");
    }

    static Guid AdmissionOf(Guid orderId) => App.Features.Scanning.Admission.IdOf(TicketId.Of(orderId, 1));

    /// <summary>One frame of the code, black on white as on a phone held up, in the uncompressed film that Chromium takes for a camera (YUV4MPEG2, 4:2:0).</summary>
    static byte[] Film(string code)
    {
        const int width = 640, height = 480, module = 8;
        var modules = QrSymbol.Modules(code);
        var (left, top) = ((width - modules.Length * module) / 2, (height - modules.Length * module) / 2);
        var light = new byte[width * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var (column, row) = ((x - left) / module, (y - top) / module);
                var dark = x >= left && y >= top && column < modules.Length && row < modules.Length && modules[row][column];
                light[y * width + x] = dark ? (byte)16 : (byte)235;
            }
        var colour = new byte[width * height / 2];
        Array.Fill(colour, (byte)128);
        return [.. "YUV4MPEG2 W640 H480 F30:1 Ip A1:1 C420jpeg\n"u8, .. "FRAME\n"u8, .. light, .. colour];
    }
}
