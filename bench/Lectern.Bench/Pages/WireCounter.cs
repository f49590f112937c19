using System.Net;
using System.Net.Sockets;

namespace Lectern.Bench.Pages;

/// <summary>Bytes that came over the wire, on all connections together.</summary>
internal sealed class WireCounter
{
    private long _received;

    public long Received => Interlocked.Read(ref _received);

    /// <summary>Connects to a port of this machine, whatever host the request names.</summary>
    public async ValueTask<Stream> ConnectAsync(int port, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, ct);
        return new CountingStream(socket, this);
    }

    private sealed class CountingStream(Socket socket, WireCounter counter) : NetworkStream(socket, ownsSocket: true)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var length = await base.ReadAsync(buffer, cancellationToken);
            Interlocked.Add(ref counter._received, length);
            return length;
        }
    }
}
