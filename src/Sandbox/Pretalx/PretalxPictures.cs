namespace Sandbox.Pretalx;

/// <summary>Pictures of Lantern Days, drawn here: an upright light on a dark ground, each in a colour of its own. Pretalx serves such files to everybody, with an ETag, beside its API.</summary>
static class PretalxPictures
{
    public const string Place = "/media/lantern/";

    /// <summary>As Pretalx names files: whose it is, and something that changes with each upload.</summary>
    public static string OfSpeaker(string code) => $"{Place}avatars/{code}_x7.png";

    /// <inheritdoc cref="OfSpeaker"/>
    public static string OfSession(string code) => $"{Place}submissions/{code}/image_x7.png";

    public static void Map(IEndpointRouteBuilder app, PretalxBook book, PretalxConduct conduct)
    {
        app.MapGet(Place + "avatars/{name}", context => Send(context, book, conduct, 320, 320));
        app.MapGet(Place + "submissions/{name}/{file}", context => Send(context, book, conduct, 960, 600));
    }

    static async Task Send(HttpContext context, PretalxBook book, PretalxConduct conduct, int width, int height)
    {
        switch (await conduct.Meet(context))
        {
            case Interference.Handled: return;
            case Interference.Fail: context.Response.StatusCode = conduct.Now.FailStatus; return;
        }
        if (book.PicturesAre is { } elsewhere) { context.Response.Redirect(elsewhere); return; }
        var name = (string)context.Request.RouteValues["name"]!;
        var tag = $"\"{name}-7\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag) { context.Response.StatusCode = StatusCodes.Status304NotModified; return; }
        var png = Draw(width, height, name.Aggregate(7, (hash, c) => unchecked(hash * 31 + c)));
        context.Response.ContentType = "image/png";
        context.Response.ContentLength = png.Length;
        await context.Response.BodyWriter.WriteAsync(png);
    }

    static byte[] Draw(int width, int height, int seed)
    {
        var (red, green, blue) = ((seed & 127) + 96, ((seed >> 7) & 127) + 64, ((seed >> 14) & 127) + 32);
        var lines = new byte[height * (1 + width * 3)];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (dx, dy) = ((x - width / 2) * 3.0 / width, (y - height / 2) * 2.0 / height);
                var light = Math.Clamp(1.15 - Math.Sqrt(dx * dx + dy * dy), 0.1, 1);
                var at = y * (1 + width * 3) + 1 + x * 3;
                (lines[at], lines[at + 1], lines[at + 2]) = ((byte)(red * light), (byte)(green * light), (byte)(blue * light));
            }
        }
        return PngFile.Write(width, height, PngFile.Colour, lines);
    }
}
