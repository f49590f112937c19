using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lectern.Tests.Fakes.Speech;

/// <summary>
/// A server on a port of its own that speaks OpenAI's <c>POST /v1/audio/speech</c> and <c>POST /v1/audio/transcriptions</c>. Each request takes the next
/// script that was given for its kind, or the one for otherwise; scripts wait for the test's own tasks.
/// <code>
/// await using var server = await FakeSpeechServer.StartAsync();
/// server.NextTranscription(call => call.SayAsync("Why is the sky blue?"));
/// server.NextPhrase(call => call.FailAsync(503));
/// </code>
/// </summary>
public sealed class FakeSpeechServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<FakePhraseCall> _nextPhrases = new();
    private readonly ConcurrentQueue<FakePhraseCall> _phrases = new();
    private readonly ConcurrentQueue<FakeTranscriptionCall> _nextTranscriptions = new();
    private readonly ConcurrentQueue<FakeTranscriptionCall> _transcriptions = new();

    private FakeSpeechServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.MapPost("/v1/audio/speech", context =>
        {
            var call = _nextPhrases.TryDequeue(out var next) ? next : new FakePhraseCall(OtherPhrases);
            return call.AnswerAsync(context, () => _phrases.Enqueue(call));
        });
        _app.MapPost("/v1/audio/transcriptions", context =>
        {
            var call = _nextTranscriptions.TryDequeue(out var next) ? next : new FakeTranscriptionCall(OtherTranscriptions);
            return call.AnswerAsync(context, () => _transcriptions.Enqueue(call));
        });
    }

    /// <summary>What a client is configured with, such as <c>http://127.0.0.1:40001/v1</c>.</summary>
    public string BaseUrl => $"http://127.0.0.1:{Port}/v1";

    public int Port { get; private set; }

    /// <summary>How a phrase is spoken that was not scripted: a tone of its length.</summary>
    public Func<FakePhraseCall, Task> OtherPhrases { get; set; } = call => call.ToneAsync();

    /// <summary>What is heard where nothing was scripted.</summary>
    public Func<FakeTranscriptionCall, Task> OtherTranscriptions { get; set; } = call => call.SayAsync("What is a cell?");

    /// <summary>Every phrase so far, in the order of arrival.</summary>
    public IReadOnlyList<FakePhraseCall> Phrases => [.. _phrases];

    /// <summary>Every recording so far, in the order of arrival.</summary>
    public IReadOnlyList<FakeTranscriptionCall> Transcriptions => [.. _transcriptions];

    public static async Task<FakeSpeechServer> StartAsync()
    {
        var server = new FakeSpeechServer();
        await server._app.StartAsync();
        server.Port = new Uri(server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port; // a started server has an address
        return server;
    }

    /// <summary>Scripts the phrase after those that are scripted already.</summary>
    public FakePhraseCall NextPhrase(Func<FakePhraseCall, Task> script)
    {
        var call = new FakePhraseCall(script);
        _nextPhrases.Enqueue(call);
        return call;
    }

    /// <summary>Scripts the recording after those that are scripted already.</summary>
    public FakeTranscriptionCall NextTranscription(Func<FakeTranscriptionCall, Task> script)
    {
        var call = new FakeTranscriptionCall(script);
        _nextTranscriptions.Enqueue(call);
        return call;
    }

    public async ValueTask DisposeAsync()
    {
        // Already cancelled: answers that never end are cut off instead of being waited for.
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
