using System.Net.Http.Json;
using Lectern.Accounts.Contracts;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Lectern.Server.Hosting;
using Lectern.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lectern.Tests.Server.Fakes;

/// <summary>The whole program on a real PostgreSQL and a real port, with the demo school and a second school, both reached by host name.</summary>
public sealed class LecternProgram : IAsyncLifetime
{
    public const string Password = "demo-lectern-1";

    private readonly SharedPostgres _postgres = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("lectern-program-").FullName;
    private WebApplication? _app;

    /// <summary>What this program is configured with, besides the defaults.</summary>
    public Dictionary<string, string?> Settings { get; } = new() { ["Languages:Pseudo"] = "true" };

    public IServiceProvider Services => _app!.Services; // set by InitializeAsync

    public LecternDbFactory Factory => Services.GetRequiredService<LecternDbFactory>();

    public DatabaseConnections Connections { get; private set; } = null!; // set by InitializeAsync

    public Uri Address { get; private set; } = null!; // set by InitializeAsync

    public School Demo { get; private set; } = null!; // set by InitializeAsync

    public School Other { get; private set; } = null!; // set by InitializeAsync

    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        Connections = await _postgres.CreateDatabaseAsync("18");
        _app = await StartNodeAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()); // a started server has addresses
        Demo = (await Services.GetRequiredService<SchoolDirectory>().FindBySlugAsync("demo", default))!; // made by the first start
        await AddOtherSchool();
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A client that sends requests to one school and follows no redirects.</summary>
    public HttpClient Client(string host = "demo.localhost")
    {
        // Chromium resolves *.localhost itself; .NET does not, so the connection is made to loopback.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = true,
            ConnectCallback = async (_, ct) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(System.Net.IPAddress.Loopback, Address.Port, ct);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri($"http://{host}:{Address.Port}") };
    }

    /// <summary>A client with an access token.</summary>
    public async Task<HttpClient> SignedInAsync(string email, string host = "demo.localhost")
    {
        var client = Client(host);
        var answer = await client.PostAsJsonAsync("/api/v1/auth/token", new { email, password = Password });
        answer.EnsureSuccessStatusCode();
        var token = await answer.Content.ReadFromJsonAsync<Token>();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token!.AccessToken); // a successful answer has a body
        return client;
    }

    private async Task<WebApplication> StartNodeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(LecternHost).Assembly.GetName().Name });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(Settings);
        var options = new ServerOptions { Data = _folder, Port = 0, Demo = true };
        builder.AddLectern(options, new DataFolder(_folder), Connections);
        builder.Logging.ClearProviders();
        builder.WebHost.UseStaticWebAssets();
        KestrelAddresses.Listen(builder, options);
        var app = builder.Build();
        app.UseLectern(options);
        await FirstStart.PrepareAsync(app.Services, options, default);
        await app.StartAsync();
        return app;
    }

    private async Task AddOtherSchool()
    {
        await using (var scope = Services.CreateAsyncScope())
            Other = await scope.ServiceProvider.GetRequiredService<SchoolAdministration>().EnsureAsync(new NewSchool("other", "The Other School", "Asia/Tokyo", "de", "JPY", []), default);
        await using var inside = Services.GetRequiredService<SchoolScopes>().Enter(Other);
        await inside.ServiceProvider.GetRequiredService<IPeople>().CreateAsync(new NewPerson("student@demo.test", "Olga Other", Password, [PersonRoles.Student]), default);
    }

    internal sealed record Token(string AccessToken, int ExpiresIn, string RefreshToken);
}

[CollectionDefinition(Name)]
public sealed class ProgramCollection : ICollectionFixture<LecternProgram>
{
    public const string Name = "program";
}
