using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Lectern.Platform.Data;
using Npgsql;

namespace Lectern.Tests.Server.Fakes;

/// <summary>
/// The line between a node and its PostgreSQL: it can be cut, fall silent, or become slow, and be whole again. What was said on it goes through unread.
/// </summary>
public sealed class DatabaseProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Socket, byte> _lines = new();
    private readonly EndPoint _server;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _flows = Done();
    private volatile bool _isCut;
    private long _delay;

    private DatabaseProxy(EndPoint server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>How much later each answer of the server comes.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _delay));
        set => Interlocked.Exchange(ref _delay, value.Ticks);
    }

    public static DatabaseProxy Start(DatabaseConnections connections)
    {
        var server = new NpgsqlConnectionStringBuilder(connections.App);
        return new DatabaseProxy(server.Host!.StartsWith('/') // a connection string of the tests names its host
            ? new UnixDomainSocketEndPoint($"{server.Host}/.s.PGSQL.{server.Port}")
            : new IPEndPoint(IPAddress.Loopback, server.Port));
    }

    /// <summary>The same database, reached through here.</summary>
    public DatabaseConnections Through(DatabaseConnections connections)
    {
        string Here(string given) => new NpgsqlConnectionStringBuilder(given)
        {
            Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;
        return new DatabaseConnections(Here(connections.Owner), Here(connections.App));
    }

    /// <summary>Breaks every connection and takes no new one: the server's process is gone.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var line in _lines.Keys)
            line.Dispose();
    }

    /// <summary>Nothing comes through any more, and nobody is told: the machine is gone, or the network.</summary>
    public void FallSilent() => _flows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>As if nothing had been; what was held back arrives.</summary>
    public void Mend()
    {
        _isCut = false;
        _flows.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        foreach (var line in _lines.Keys)
            line.Dispose();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptSocketAsync(_stopping.Token));
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(Socket client)
    {
        var server = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            (_lines[client], _lines[server]) = (0, 0);
            client.NoDelay = true;
            if (_isCut)
                return;
            await server.ConnectAsync(_server, _stopping.Token);
            await Task.WhenAny(PumpAsync(client, server, isAnswer: false), PumpAsync(server, client, isAnswer: true));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut.
        }
        finally
        {
            foreach (var line in (Socket[])[client, server])
            {
                _lines.TryRemove(line, out _);
                line.Dispose();
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isAnswer)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _stopping.Token) is var length and > 0)
            {
                await _flows.Task.WaitAsync(_stopping.Token);
                if (isAnswer && Delay > TimeSpan.Zero)
                    await Task.Delay(Delay, _stopping.Token);
                for (var sent = 0; sent < length;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, length - sent), _stopping.Token);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either end is gone.
        }
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
