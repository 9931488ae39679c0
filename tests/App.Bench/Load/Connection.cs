using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace App.Bench.Load;

/// <summary>
/// One keep-alive connection, HTTP/1.1 on a bare socket: on a small machine the generator must cost little, and a browser's client would cost more than the server. Knows what our servers send:
/// a length or chunks, no trailers, no compression unless asked for.
/// </summary>
sealed class Connection(int port) : IDisposable
{
    Socket? socket;
    byte[] buffer = new byte[32 * 1024];
    int have, head, bodyEnd;

    /// <summary>Of the last answer; valid until the next request.</summary>
    public ReadOnlySpan<byte> Body => buffer.AsSpan(head, bodyEnd - head);
    public string? Location { get; private set; }

    public static byte[] Get(string path, string headers = "") => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

    public static byte[] Post(string path, string form, string headers = "") => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n{headers}Content-Length: {form.Length}\r\n\r\n{form}");

    /// <summary>Sends a request and reads its answer; gives the status.</summary>
    public async ValueTask<int> Send(ReadOnlyMemory<byte> request)
    {
        try
        {
            await (socket is null ? Open(request) : SendAll(request));
            return await Receive();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    async ValueTask Open(ReadOnlyMemory<byte> request)
    {
        socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await SendAll(request);
    }

    async ValueTask SendAll(ReadOnlyMemory<byte> request)
    {
        while (request.Length > 0) request = request[await socket!.SendAsync(request)..];
    }

    async ValueTask<int> Receive()
    {
        (have, head) = (0, 0);
        int end;
        while ((end = buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8)) < 0) await More();
        head = end + 4;
        var status = (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + buffer[11] - '0';
        Location = Header("\r\nLocation: "u8) is { Length: > 0 } location ? Encoding.ASCII.GetString(location) : null;
        if (Utf8Parser.TryParse(Header("\r\nContent-Length: "u8), out int length, out _)) { bodyEnd = head + length; while (have < bodyEnd) await More(); }
        else if (Header("\r\nTransfer-Encoding: "u8).Length > 0) await ReadChunks();
        else bodyEnd = head;
        return status;
    }

    /// <summary>Moves the chunks together as they come, so that the body is one piece.</summary>
    async ValueTask ReadChunks()
    {
        bodyEnd = head;
        for (var at = head; ;)
        {
            int line;
            while ((line = buffer.AsSpan(at, have - at).IndexOf("\r\n"u8)) < 0) await More();
            if (!Utf8Parser.TryParse(buffer.AsSpan(at, line), out int size, out _, 'x')) throw new IOException("A chunk without a size.");
            at += line + 2;
            while (have < at + size + 2) await More();
            if (size == 0) return;
            buffer.AsSpan(at, size).CopyTo(buffer.AsSpan(bodyEnd));
            bodyEnd += size;
            at += size + 2;
        }
    }

    async ValueTask More()
    {
        if (have == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = await socket!.ReceiveAsync(buffer.AsMemory(have));
        if (read == 0) throw new IOException("The server closed the connection.");
        have += read;
    }

    ReadOnlySpan<byte> Header(ReadOnlySpan<byte> name)
    {
        var headers = buffer.AsSpan(0, head - 2);
        var at = headers.IndexOf(name);
        if (at < 0) return [];
        var value = headers[(at + name.Length)..];
        return value[..value.IndexOf((byte)'\r')];
    }

    public void Dispose()
    {
        socket?.Dispose();
        socket = null;
    }
}
