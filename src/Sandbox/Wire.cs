using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sandbox;

/// <summary>Bodies in and out, without model binding.</summary>
static class Wire
{
    const int MaxBody = 256 * 1024;

    public static async ValueTask<byte[]> ReadBody(HttpRequest request, int max = MaxBody)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.Buffer.Length > max) throw new BadHttpRequestException("Too long.", StatusCodes.Status413PayloadTooLarge);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Null when what came isn't that; the answer is then given.</summary>
    public static async Task<T?> Read<T>(HttpContext context, JsonTypeInfo<T> type) where T : class
    {
        try { return JsonSerializer.Deserialize(await ReadBody(context.Request), type) ?? throw new JsonException("null"); }
        catch (JsonException e)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(e.Message);
            return null;
        }
    }

    public static Task Write(HttpResponse response, byte[] json)
    {
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        return response.BodyWriter.WriteAsync(json).AsTask();
    }

    public static Task Write<T>(HttpContext context, T value, JsonTypeInfo<T> type) => Write(context.Response, JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static Task Write(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes)) write(json);
        return Write(context.Response, bytes.WrittenSpan.ToArray());
    }
}
