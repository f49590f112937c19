using Lectern.Voice.Hearing;

namespace Lectern.Tests.Voice.Aloud;

/// <summary>Writes down what the script says, whatever was heard; without a script "What about this?".</summary>
public sealed class ScriptedEars(TimeProvider time) : ITranscriber
{
    private readonly Queue<(string Text, TimeSpan Takes, Exception? Error)> _scripts = new();

    public List<Recording> Recordings { get; } = [];

    public int Cancelled { get; private set; }

    public ScriptedEars Hears(string text, double seconds = 0.1)
    {
        _scripts.Enqueue((text, TimeSpan.FromSeconds(seconds), null));
        return this;
    }

    public ScriptedEars Fails(Exception error)
    {
        _scripts.Enqueue(("", TimeSpan.FromSeconds(0.1), error));
        return this;
    }

    /// <summary>How many scripts are left.</summary>
    public int Left => _scripts.Count;

    public async Task<string> TranscribeAsync(Recording recording, CancellationToken ct)
    {
        Recordings.Add(recording);
        var script = _scripts.TryDequeue(out var next) ? next : ("What about this?", TimeSpan.FromSeconds(0.1), null);
        using var cancelled = ct.Register(() => Cancelled++);
        await Task.Delay(script.Item2, time, ct);
        return script.Item3 is { } error ? throw error : script.Item1;
    }
}
