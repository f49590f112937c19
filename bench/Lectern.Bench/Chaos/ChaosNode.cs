using System.Diagnostics;
using Lectern.Bench.Processes;

namespace Lectern.Bench.Chaos;

/// <summary>A node that is killed now and then, and comes back at the same address.</summary>
internal sealed class ChaosNode(ProgramStart start) : IAsyncDisposable
{
    private readonly ProgramProcess _program = new(start);

    public int Port => _program.Port;

    /// <summary>When it was killed the last time (<see cref="Stopwatch.GetTimestamp"/>); 0 for never.</summary>
    public long KilledAt { get; private set; }

    public Task<TimeSpan> StartAsync(CancellationToken ct) => _program.StartAsync(ct);

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        KilledAt = Stopwatch.GetTimestamp();
        _program.Kill();
    }

    public async Task<TimeSpan> RestartAsync(CancellationToken ct)
    {
        await _program.DisposeAsync();
        return await _program.StartAsync(ct);
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
