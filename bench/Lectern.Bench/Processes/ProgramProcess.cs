using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Lectern.Bench.Processes;

/// <summary>How a server is started.</summary>
/// <param name="File">Lectern.Server.dll.</param>
/// <param name="Data">Its data folder.</param>
/// <param name="Settings">Such as <c>Tutoring:NodeSessions</c>.</param>
internal sealed record ProgramStart(string File, string Data, IReadOnlyDictionary<string, string> Settings);

/// <summary>The program as people run it: a process of its own, which can be killed.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ProgramStart _start;
    private readonly ConcurrentQueue<string> _said = new();
    private Process? _process;

    public ProgramProcess(ProgramStart start)
    {
        (_start, Port) = (start, FreePort());
        // Whoever is ended while it measures leaves nothing behind.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => _process?.Kill();
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public int Id => _process!.Id; // of a started one

    /// <summary>Starts it and waits for its first page.</summary>
    /// <returns>How long that took, from the start of the process.</returns>
    /// <exception cref="InvalidOperationException">It ended, or took a minute; with what it said.</exception>
    public async Task<TimeSpan> StartAsync(CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet", [_start.File, "serve", "--port", $"{Port}", "--data", _start.Data, "--demo"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (name, value) in _start.Settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        var watch = Stopwatch.StartNew();
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilFirstPageAsync(watch, ct);
        return watch.Elapsed;
    }

    /// <summary>SIGKILL: no time for a last word.</summary>
    public void Kill() => _process!.Kill(); // of a started one

    /// <summary>Kills it, if it still runs, and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Asks it to stop, and waits until it and its PostgreSQL have.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{Id}"]))
            await kill.WaitForExitAsync();
        await _process!.WaitForExitAsync().WaitAsync(Patience); // of a started one
        await DisposeAsync();
    }

    private async Task UntilFirstPageAsync(Stopwatch watch, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = Patience };
        http.DefaultRequestHeaders.Host = "demo.localhost";
        while (watch.Elapsed < Patience && !_process!.HasExited) // started by the caller
        {
            try
            {
                using var page = await http.GetAsync("/", ct);
                if (page.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            await Task.Delay(5, ct);
        }
        throw new InvalidOperationException($"Lectern did not start:\n{string.Join('\n', _said)}");
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _said.Enqueue(line);
        if (_said.Count > 40)
            _said.TryDequeue(out _);
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port; // bound above
    }
}
