using System.Runtime.CompilerServices;
using Lectern.Voice;

namespace Lectern.Tests.Voice;

/// <summary>Answers each question by the next script; without one by "This is the answer.".</summary>
public sealed class ScriptedResponder(TimeProvider time) : IResponder
{
    private readonly Queue<Script> _scripts = new();

    public List<ResponseRequest> Requests { get; } = [];

    public int Running { get; private set; }

    public int Cancelled { get; private set; }

    /// <summary>How many parts were asked for and given.</summary>
    public int Given { get; private set; }

    public ScriptedResponder Answers(params object[] steps) => Add(new Script(steps));

    /// <summary>Goes on as if nobody had cancelled.</summary>
    public ScriptedResponder AnswersDeaf(params object[] steps) => Add(new Script(steps, IsDeaf: true));

    public async IAsyncEnumerable<ResponsePart> RespondAsync(ResponseRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        Requests.Add(request);
        var script = _scripts.TryDequeue(out var next) ? next : new Script(["This is the answer."]);
        Running++;
        using var cancelled = ct.Register(() => Cancelled++);
        try
        {
            foreach (var step in script.Steps)
            {
                if (step is TimeSpan delay)
                    await Task.Delay(delay, time, script.IsDeaf ? CancellationToken.None : ct);
                else if (step is Exception error)
                    throw error;
                else
                {
                    Given++;
                    yield return step as ResponsePart ?? new TextDelta((string)step);
                }
            }
        }
        finally
        {
            Running--;
        }
    }

    private ScriptedResponder Add(Script script)
    {
        _scripts.Enqueue(script);
        return this;
    }

    /// <param name="Steps">A string or <see cref="ResponsePart"/> to give, a <see cref="TimeSpan"/> to wait, an exception to throw.</param>
    private sealed record Script(object[] Steps, bool IsDeaf = false);
}
