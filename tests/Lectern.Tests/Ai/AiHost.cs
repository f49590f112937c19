using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Lectern.Ai;
using Lectern.Ai.Contracts;
using Lectern.Tests.Fakes;
using Lectern.Tests.Fakes.Model;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lectern.Tests.Ai;

/// <summary>The room Ai as the program sets it up, connected to a <see cref="FakeModelServer"/>, on a clock that the test moves.</summary>
internal sealed class AiHost : IAsyncDisposable
{
    public const string Key = "sk-test-0123456789abcdefSECRET";

    private readonly ServiceProvider _services;

    private AiHost(FakeModelServer server, IReadOnlyDictionary<string, string?> settings)
    {
        Server = server;
        var all = new Dictionary<string, string?> { ["Ai:Model:BaseUrl"] = server.BaseUrl, ["Ai:Model:ApiKey"] = Key, ["Ai:Model:Name"] = "wise-owl-1" };
        foreach (var (name, value) in settings)
            all[$"Ai:Model:{name}"] = value;
        _services = Services(all).AddSingleton<TimeProvider>(Time).AddSingleton<ILoggerProvider>(Log).BuildServiceProvider(validateScopes: true);
        Metrics = new MetricsSeen(_services.GetRequiredService<IMeterFactory>());
    }

    public FakeModelServer Server { get; }

    public VirtualTime Time { get; } = new();

    public LogSeen Log { get; } = new();

    public MetricsSeen Metrics { get; }

    public FakeSpending Spending => _services.GetRequiredService<FakeSpending>();

    public ILanguageModels Models => _services.GetRequiredService<ILanguageModels>();

    public IChatClient Teacher => Models.Teacher!; // a host is connected to a model

    public static async Task<AiHost> StartAsync(params (string Name, string Value)[] settings) =>
        new(await FakeModelServer.StartAsync(), settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value));

    /// <summary>The room's services over this configuration.</summary>
    public static IServiceCollection Services(IEnumerable<KeyValuePair<string, string?>> configuration)
    {
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace)).AddMetrics();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<FakeSpending>().AddSingleton<Lectern.Costs.Contracts.ISpending>(provider => provider.GetRequiredService<FakeSpending>());
        new AiModule().AddServices(services);
        return services;
    }

    public IAsyncEnumerable<ChatResponseUpdate> Ask(string question = "What is a cell?", ChatOptions? options = null, CancellationToken ct = default) =>
        Teacher.GetStreamingResponseAsync([new(ChatRole.System, "Answer from the passages."), new(ChatRole.User, question)], options, ct);

    /// <summary>The whole answer.</summary>
    public async Task<string> AnswerAsync()
    {
        var said = "";
        await foreach (var update in Ask())
            said += update.Text;
        return said;
    }

    public async Task<ModelUnavailableException> FailureAsync() => await Assert.ThrowsAsync<ModelUnavailableException>(AnswerAsync);

    public async ValueTask DisposeAsync()
    {
        Metrics.Dispose();
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>Every line that was logged, at any level.</summary>
internal sealed class LogSeen : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}

/// <summary>What one host's room measured, as <c>instrument{tag}</c> and its values.</summary>
internal sealed class MetricsSeen : IDisposable
{
    private readonly ConcurrentQueue<(string Name, double Value)> _seen = new();
    private readonly MeterListener _listener = new();

    public MetricsSeen(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Lectern.Ai" && instrument.Meter.Scope == factory)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _seen.Enqueue((Name(instrument, tags), value)));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _seen.Enqueue((Name(instrument, tags), value)));
        _listener.Start();
    }

    public double[] Of(string name) => [.. _seen.Where(seen => seen.Name == name).Select(seen => seen.Value)];

    public void Dispose() => _listener.Dispose();

    private static string Name(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        tags.IsEmpty ? instrument.Name : $"{instrument.Name}{{{tags[0].Value}}}";
}
