using App.Infrastructure;

namespace App.Features.Demo;

/// <summary>That this database holds the demo. Everything in it follows from the moment it began, so a seeding that was cut off goes on where it stopped and makes nothing twice.</summary>
public sealed record DemoSeed(Guid Id, DateTimeOffset Began, bool Complete)
{
    public static readonly Guid TheOnly = new("0190de30-0000-8000-8000-000000000001");

    /// <summary>The same id for the same name, however often it is asked for.</summary>
    public Guid IdOf(string name)
    {
        Span<byte> moment = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(moment, Began.ToUnixTimeMilliseconds() << 16);
        return Ids.From(new Guid(moment, bigEndian: true), name);
    }
}
