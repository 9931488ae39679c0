using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace App.Tests.Support;

/// <summary>A line to the database that is cut at the worst moment: the server has done what it was asked, and its answer is never heard.</summary>
public sealed class CutLine : IAsyncDisposable
{
    static readonly byte[] Ready = [(byte)'Z', 0, 0, 0, 5, (byte)'I']; // no transaction is open any more
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stopping = new();
    readonly EndPoint server;
    byte[]? doom;
    int cuts;

    CutLine(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        server = settings.Host!.StartsWith('/') ? new UnixDomainSocketEndPoint(Path.Combine(settings.Host, $".s.PGSQL.{settings.Port}")) : new DnsEndPoint(settings.Host, settings.Port);
        listener.Start();
        (settings.Host, settings.Port) = ("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        Connection = settings.ConnectionString;
    }

    /// <summary>By way of this line.</summary>
    public string Connection { get; }
    public int Cuts => Volatile.Read(ref cuts);

    public static CutLine Start(string connection)
    {
        var line = new CutLine(connection);
        _ = Task.Run(line.Serve);
        return line;
    }

    /// <summary>Once, when these words next go to the server.</summary>
    public void CutAfter(string words) => Volatile.Write(ref doom, Encoding.UTF8.GetBytes(words));

    async Task Serve()
    {
        try { while (true) _ = Carry(await listener.AcceptSocketAsync(stopping.Token)); }
        catch (OperationCanceledException) { }
    }

    async Task Carry(Socket client)
    {
        using (client)
        using (var there = new Socket(server is UnixDomainSocketEndPoint ? AddressFamily.Unix : AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified))
        {
            var doomed = false;
            try
            {
                await there.ConnectAsync(server, stopping.Token);
                await await Task.WhenAny(Pass(client, there, asked =>
                {
                    if (Volatile.Read(ref doom) is { } words && asked.Span.IndexOf(words) >= 0 && Interlocked.CompareExchange(ref doom, null, words) == words) doomed = true;
                    return true;
                }), Pass(there, client, answer =>
                {
                    if (!doomed) return true;
                    if (!answer.Span.EndsWith(Ready)) return false;
                    Interlocked.Increment(ref cuts);
                    throw new IOException("Cut.");
                }));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException) { }
        }
    }

    /// <param name="look">False: it is not passed on.</param>
    async Task Pass(Socket from, Socket to, Func<ReadOnlyMemory<byte>, bool> look)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, stopping.Token) is > 0 and var read)
            if (look(buffer.AsMemory(0, read))) await to.SendAsync(buffer.AsMemory(0, read), stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        stopping.Dispose();
    }
}
