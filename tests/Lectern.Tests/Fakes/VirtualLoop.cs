using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Lectern.Tests.Fakes;

/// <summary>
/// Runs an asynchronous test and everything it starts on the test's own thread, one continuation after the other, so that the
/// same test always takes the same steps. A test that waits for something that can no longer happen fails instead of hanging.
/// </summary>
/// <remarks>Code under test must not leave the context (<c>ConfigureAwait(false)</c>, <c>Task.Run</c>) nor do real input or output.</remarks>
public sealed class VirtualLoop : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _work = new();

    public bool IsQuiet => _work.IsEmpty;

    public static void Run(Func<Task> test)
    {
        var before = Current;
        var loop = new VirtualLoop();
        SetSynchronizationContext(loop);
        try
        {
            var task = test();
            loop.Drain();
            if (!task.IsCompleted)
                throw new InvalidOperationException("The test waits for something that will never happen: no work is left and time stands still.");
            if (task.IsFaulted)
                ExceptionDispatchInfo.Throw(task.Exception.InnerException ?? task.Exception);
            if (task.IsCanceled)
                throw new OperationCanceledException("The test was cancelled.");
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => _work.Enqueue((d, state));

    public override SynchronizationContext CreateCopy() => this;

    private void Drain()
    {
        while (_work.TryDequeue(out var next))
            next.Callback(next.State);
    }
}
