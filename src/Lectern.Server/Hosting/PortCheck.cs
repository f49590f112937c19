using System.Net;
using System.Net.Sockets;
using Lectern.Server.CommandLine;

namespace Lectern.Server.Hosting;

/// <summary>Looks at the port before anything else is started, so that a taken one is one plain sentence.</summary>
internal static class PortCheck
{
    /// <exception cref="CommandFailedException">Another program listens there.</exception>
    public static void RefuseTaken(ServerOptions options)
    {
        var address = options.Demo || !IPAddress.TryParse(options.Address, out var parsed) ? IPAddress.Loopback : parsed;
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, options.Port));
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw Taken(options, failure);
        }
        catch (SocketException failure)
        {
            throw new CommandFailedException($"Lectern cannot listen on {address}:{options.Port}: {failure.Message}. Nothing was started.", failure);
        }
    }

    public static CommandFailedException Taken(ServerOptions options, Exception failure) =>
        new($"Port {options.Port} is in use. Choose another with --port N, or stop the program that holds it. Nothing was changed.", failure);
}
