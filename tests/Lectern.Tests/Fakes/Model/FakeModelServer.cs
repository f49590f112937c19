using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lectern.Tests.Fakes.Model;

/// <summary>
/// A server on a port of its own that speaks OpenAI's <c>POST /v1/chat/completions</c>, streamed and whole. Each request takes the next script
/// of <see cref="Next"/>, or <see cref="Otherwise"/>; scripts wait for the test's own tasks, never for time.
/// </summary>
public sealed class FakeModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<FakeModelCall> _next = new();
    private readonly ConcurrentQueue<FakeModelCall> _calls = new();

    private FakeModelServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.MapPost("/v1/chat/completions", AnswerAsync);
    }

    /// <summary>What a client is configured with, such as <c>http://127.0.0.1:40001/v1</c>.</summary>
    public string BaseUrl => $"http://127.0.0.1:{Port}/v1";

    public int Port { get; private set; }

    /// <summary>What is said where nothing was scripted.</summary>
    public Func<FakeModelCall, Task> Otherwise { get; set; } = ModelScripts.Say("The ", "lesson ", "says ", "so.");

    /// <summary>Every request so far, in the order of arrival.</summary>
    public IReadOnlyList<FakeModelCall> Calls => [.. _calls];

    public static async Task<FakeModelServer> StartAsync()
    {
        var server = new FakeModelServer();
        await server._app.StartAsync();
        server.Port = new Uri(server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port; // a started server has an address
        return server;
    }

    /// <summary>Scripts the request after those that are scripted already.</summary>
    public FakeModelCall Next(Func<FakeModelCall, Task> script)
    {
        var call = new FakeModelCall(script);
        _next.Enqueue(call);
        return call;
    }

    public async ValueTask DisposeAsync()
    {
        // Already cancelled: answers that never end are cut off instead of being waited for.
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var call = _next.TryDequeue(out var next) ? next : new FakeModelCall(Otherwise);
        return call.AnswerAsync(context, _calls.Enqueue);
    }
}
