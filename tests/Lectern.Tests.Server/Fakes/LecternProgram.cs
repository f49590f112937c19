using Lectern.Accounts.Contracts;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Lectern.Server.Hosting;
using Lectern.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
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
    private LecternNode? _node;

    /// <summary>What this program is configured with, besides the defaults.</summary>
    public Dictionary<string, string?> Settings { get; } = new() { ["Languages:Pseudo"] = "true" };

    /// <summary>The data folder that all nodes share.</summary>
    public string Folder => _folder;

    /// <summary>The first node, which the other properties speak of too.</summary>
    public LecternNode Node => _node!; // set by InitializeAsync

    public IServiceProvider Services => Node.Services;

    public LecternDbFactory Factory => Node.Factory;

    public DatabaseConnections Connections { get; private set; } = null!; // set by InitializeAsync

    public Uri Address => Node.Address;

    public School Demo { get; private set; } = null!; // set by InitializeAsync

    public School Other { get; private set; } = null!; // set by InitializeAsync

    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        Connections = await _postgres.CreateDatabaseAsync("18");
        _node = await StartNodeAsync();
        Demo = (await Services.GetRequiredService<SchoolDirectory>().FindBySlugAsync("demo", default))!; // made by the first start
        await AddOtherSchool();
    }

    public async Task DisposeAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A client of the first node that sends requests to one school and follows no redirects.</summary>
    public HttpClient Client(string host = LecternNode.DemoHost) => Node.Client(host);

    /// <summary>A client of the first node with an access token.</summary>
    public Task<HttpClient> SignedInAsync(string email, string host = LecternNode.DemoHost) => Node.SignedInAsync(email, host);

    /// <summary>Another node on the same database.</summary>
    /// <param name="settings">Such as <c>Tutoring:NodeSessions</c>.</param>
    /// <param name="time">The node's clock; a node with one of its own runs no scheduled work, which belongs to all nodes together.</param>
    /// <param name="connections">How the node reaches the database, if not as the others do.</param>
    /// <param name="more">What else the test wants of the node.</param>
    public async Task<LecternNode> StartNodeAsync(
        IReadOnlyDictionary<string, string>? settings = null, TimeProvider? time = null, DatabaseConnections? connections = null, Action<WebApplicationBuilder>? more = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(LecternHost).Assembly.GetName().Name });
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Configuration.AddInMemoryCollection(settings?.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)) ?? []);
        var options = new ServerOptions { Data = _folder, Port = 0, Demo = true };
        builder.AddLectern(options, new DataFolder(_folder), connections ?? Connections);
        builder.Logging.ClearProviders();
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
            builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(Lectern.Platform.Scheduling.ScheduleHost)));
        }
        more?.Invoke(builder);
        builder.WebHost.UseStaticWebAssets();
        KestrelAddresses.Listen(builder, options);
        var app = builder.Build();
        app.UseLectern(options);
        await FirstStart.PrepareAsync(app.Services, options, default);
        await app.StartAsync();
        return new LecternNode(app);
    }

    /// <summary>Creates somebody of the demo school.</summary>
    /// <returns>The e-mail address; the password is <see cref="Password"/>.</returns>
    public async Task<string> AddPersonAsync(string name, params string[] roles)
    {
        var email = $"{Guid.NewGuid():N}@demo.test";
        await using var scope = Services.GetRequiredService<SchoolScopes>().Enter(Demo);
        var result = await scope.ServiceProvider.GetRequiredService<IPeople>().CreateAsync(new NewPerson(email, name, Password, roles.Length > 0 ? roles : [PersonRoles.Student]), default);
        return result.Succeeded ? email : throw new InvalidOperationException(string.Join(' ', result.Problems));
    }

    private async Task AddOtherSchool()
    {
        await using (var scope = Services.CreateAsyncScope())
            Other = await scope.ServiceProvider.GetRequiredService<SchoolAdministration>().EnsureAsync(new NewSchool("other", "The Other School", "Asia/Tokyo", "de", "JPY", []), default);
        await using var inside = Services.GetRequiredService<SchoolScopes>().Enter(Other);
        await inside.ServiceProvider.GetRequiredService<IPeople>().CreateAsync(new NewPerson("student@demo.test", "Olga Other", Password, [PersonRoles.Student]), default);
    }
}

[CollectionDefinition(Name)]
public sealed class ProgramCollection : ICollectionFixture<LecternProgram>
{
    public const string Name = "program";
}
