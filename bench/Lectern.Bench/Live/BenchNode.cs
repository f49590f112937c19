using Lectern.Accounts.People;
using Lectern.Accounts.SignIns;
using Lectern.Ai.Contracts;
using Lectern.Courses.Contracts;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Server.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Lectern.Bench.Live;

/// <summary>The whole program in this process; only model and voice are fakes.</summary>
internal sealed class BenchNode : IAsyncDisposable
{
    private static readonly Dictionary<string, string?> Generous = new()
    {
        ["Tutoring:NodeSessions"] = "20000", ["Tutoring:InstallationSessions"] = "20000", ["Tutoring:SessionsPerDay"] = "1000", ["Accounts:AccessTokenLifetime"] = "12:00:00",
    };

    private readonly WebApplication _app;

    private BenchNode(WebApplication app) => _app = app;

    public int Port => new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port; // a started server has an address

    public IServiceProvider Services => _app.Services;

    /// <param name="faults">How many of a hundred answers of the model, and of a hundred phrases of the voice, fail.</param>
    public static async Task<BenchNode> StartAsync(Installation installation, Delays delays, CancellationToken ct, int faults = 0)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(LecternHost).Assembly.GetName().Name });
        builder.Configuration.AddInMemoryCollection(Generous);
        var options = new ServerOptions { Data = installation.Folder, Port = 0, Demo = true };
        builder.AddLectern(options, new DataFolder(installation.Folder), installation.Connections);
        builder.Services.AddSingleton<ILanguageModels>(new FakeModel(delays, new Faults(faults)));
        builder.Services.AddSingleton<ISpeechEngines>(new FakeSpeech(delays, new Faults(faults)));
        builder.Logging.ClearProviders().AddProvider(new FirstErrors());
        KestrelAddresses.Listen(builder, options);
        var app = builder.Build();
        app.UseLectern(options);
        await FirstStart.PrepareAsync(app.Services, options, ct);
        await app.StartAsync(ct);
        return new BenchNode(app);
    }

    /// <summary>Students who are signed in: their access tokens. Made past the password hashing, which is not what is measured.</summary>
    public async Task<IReadOnlyList<string>> StudentsAsync(int count, CancellationToken ct)
    {
        var school = (await _app.Services.GetRequiredService<SchoolDirectory>().FindBySlugAsync("demo", ct))!; // made by the first start
        await using var scope = _app.Services.GetRequiredService<SchoolScopes>().Enter(school);
        var db = scope.ServiceProvider.GetRequiredService<LecternDb>();
        var now = TimeProvider.System.GetUtcNow();
        var people = Enumerable.Range(0, count).Select(i =>
        {
            var person = Person.Create($"s{i}-{Guid.NewGuid():N}@demo.test", $"Student {i}", locale: null, now);
            (person.NormalizedEmail, person.NormalizedUserName, person.SecurityStamp) = (person.Email!.ToUpperInvariant(), person.UserName!.ToUpperInvariant(), "none"); // Create sets both
            return person;
        }).ToList();
        db.AddRange(people);
        await db.SaveChangesAsync(ct);
        var book = scope.ServiceProvider.GetRequiredService<SignInBook>();
        var tokens = new List<string>();
        foreach (var person in people)
            tokens.Add((await book.IssueApiAsync(person.Id, new Origin("bench", "127.0.0.1"), ct)).Access);
        return tokens;
    }

    public async Task<Guid> CourseAsync(CancellationToken ct)
    {
        var school = (await _app.Services.GetRequiredService<SchoolDirectory>().FindBySlugAsync("demo", ct))!; // made by the first start
        await using var scope = _app.Services.GetRequiredService<SchoolScopes>().Enter(school);
        return (await scope.ServiceProvider.GetRequiredService<CourseReading>().FindCourseAsync("cell-biology", ct))!.Id; // a demo course
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>Prints the first error of each kind: a bench that fails should say why.</summary>
internal sealed class FirstErrors : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> _seen = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && exception is not null && _seen.TryAdd(exception.GetType().Name + exception.GetBaseException().Message, true))
            Console.Error.WriteLine($"{logLevel}: {formatter(state, exception)}\n{exception}");
    }

    public void Dispose()
    {
    }
}
