using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Sandbox.Stripe;

/// <summary>
/// One of Stripe's objects as it was at one moment: immutable, so that an event, a stored answer and the newest state may share it, and rendering it twice gives the same bytes.
/// Fields stand in the shape of API version <see cref="Version"/>.
/// </summary>
abstract record StripeObject
{
    public const string Version = "2026-07-29.dahlia";
    [ThreadStatic] static ArrayBufferWriter<byte>? buffer;
    [ThreadStatic] static Utf8JsonWriter? writer;

    public abstract void Write(Utf8JsonWriter json);

    public byte[] Render()
    {
        var bytes = buffer ??= new(4096);
        var json = writer ??= new(bytes, new JsonWriterOptions { SkipValidation = true });
        bytes.ResetWrittenCount();
        json.Reset();
        Write(json);
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    public static string NewId(string prefix) => prefix + RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", 24);

    protected static void WriteMap(Utf8JsonWriter json, ReadOnlySpan<byte> name, KeyValuePair<string, string>[] map)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in map) json.WriteString(key, value);
        json.WriteEndObject();
    }

    protected static void WriteNulls(Utf8JsonWriter json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names) json.WriteNull(name);
    }

    protected static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } v) json.WriteNumber(name, v);
        else json.WriteNull(name);
    }
}

sealed record StripeList(string Url, IReadOnlyList<StripeObject> Data, bool HasMore) : StripeObject
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (var item in Data) item.Write(json);
        json.WriteEndArray();
        json.WriteBoolean("has_more"u8, HasMore);
        json.WriteString("url"u8, Url);
        json.WriteEndObject();
    }
}
