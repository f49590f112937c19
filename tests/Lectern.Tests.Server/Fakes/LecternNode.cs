using System.Net.Http.Json;
using System.Net.Sockets;
using Lectern.Platform.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Server.Fakes;

/// <summary>One running program.</summary>
public sealed class LecternNode(WebApplication app) : IAsyncDisposable
{
    public const string DemoHost = "demo.localhost";
    public const string OtherHost = "other.localhost";

    public IServiceProvider Services => app.Services;

    public LecternDbFactory Factory => Services.GetRequiredService<LecternDbFactory>();

    public Uri Address { get; } = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()); // a started server has addresses

    /// <summary>A client that sends requests to one school and follows no redirects.</summary>
    public HttpClient Client(string host = DemoHost) => new(Handler()) { BaseAddress = Url(host) };

    public Uri Url(string host) => new($"http://{host}:{Address.Port}");

    // Chromium resolves *.localhost itself; .NET does not, so the connection is made to loopback.
    public SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false, UseCookies = true,
        ConnectCallback = async (_, ct) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(System.Net.IPAddress.Loopback, Address.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    /// <summary>A client with an access token.</summary>
    public async Task<HttpClient> SignedInAsync(string email, string host = DemoHost)
    {
        var client = Client(host);
        var answer = await client.PostAsJsonAsync("/api/v1/auth/token", new { email, password = LecternProgram.Password });
        answer.EnsureSuccessStatusCode();
        var token = await answer.Content.ReadFromJsonAsync<Token>();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token!.AccessToken); // a successful answer has a body
        return client;
    }

    /// <summary>The same person's client of this node; an access token is good on every node.</summary>
    public HttpClient As(HttpClient signedIn, string host = DemoHost)
    {
        var client = Client(host);
        client.DefaultRequestHeaders.Authorization = signedIn.DefaultRequestHeaders.Authorization;
        return client;
    }

    public Task StopAsync() => app.StopAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    internal sealed record Token(string AccessToken, int ExpiresIn, string RefreshToken);
}
