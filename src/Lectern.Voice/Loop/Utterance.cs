using System.Text;
using Lectern.Voice.Phrases;

namespace Lectern.Voice.Loop;

/// <summary>Something being said: an answer as it comes from its responder, or an answer said again.</summary>
internal sealed class Utterance(long generation, int turn, PhraseOptions phrases)
{
    private readonly PhraseSplitter _splitter = new(phrases);
    private readonly Queue<string> _ready = new();
    private readonly StringBuilder _given = new();
    private readonly List<object> _attachments = [];
    private int _phrases;

    public long Generation => generation;

    public int Turn => turn;

    public bool IsRepetition { get; init; }

    /// <summary>Null until the question is stored, and for a repetition.</summary>
    public ResponderRun? Run { get; set; }

    /// <summary>No text will come any more.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>When the responder last gave something, or was last free to.</summary>
    public TimeSpan LastHeard { get; set; }

    /// <summary>It waits for the reader or the journal, so the responder's silence is not its fault.</summary>
    public bool IsHeldUp { get; set; }

    public int Received { get; private set; }

    public string Given => _given.ToString();

    public IReadOnlyList<object> Attachments => [.. _attachments];

    public void Add(string text)
    {
        Received += text.Length;
        foreach (var phrase in _splitter.Add(text))
            _ready.Enqueue(phrase);
    }

    public void Attach(object value)
    {
        Received++;
        _attachments.Add(value);
    }

    public void Complete()
    {
        IsComplete = true;
        if (_splitter.Complete() is { } rest)
            _ready.Enqueue(rest);
    }

    public bool TryTakePhrase([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? phrase) => _ready.TryDequeue(out phrase);

    /// <summary>Counts a phrase as given out and returns its index.</summary>
    public int Give(string phrase)
    {
        _given.Append(phrase);
        return _phrases++;
    }
}
