using System.Diagnostics.CodeAnalysis;
using System.Text;
using Lectern.Voice.Phrases;
using Lectern.Voice.Speech;
using Lectern.Voice.Turns;

namespace Lectern.Voice.Loop;

/// <summary>Something being said: an answer as it comes from its responder, or an answer said again.</summary>
internal sealed class Utterance(long generation, int turn, PhraseOptions phrases)
{
    private readonly PhraseSplitter _splitter = new(phrases);
    private string _lastReady = "";
    private readonly Queue<string> _ready = new();
    private readonly StringBuilder _given = new();
    private readonly List<object> _attachments = [];
    private int _phrases;
    private int _stored;

    public long Generation => generation;

    public int Turn => turn;

    public bool IsRepetition { get; init; }

    /// <summary>What it answers, and by whose name; empty for a repetition.</summary>
    public Say Question { get; init; } = new("");

    /// <summary>How its phrases reach the listener.</summary>
    public Delivery Delivery { get; set; } = new(before: 0);

    /// <summary>Why it breaks off, if it does; the excuse is among its phrases then.</summary>
    public (FailureReason Reason, Exception? Cause)? Failure { get; private set; }

    /// <summary>Null until the question is stored, and for a repetition.</summary>
    public StreamRun<ResponsePart>? Run { get; set; }

    /// <summary>No text will come any more.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>All of it was given out, and it is what the responder meant to say.</summary>
    public bool IsWhole => IsComplete && Failure is null && _ready.Count == 0;

    /// <summary>When the responder last gave something, or was last free to.</summary>
    public TimeSpan LastHeard { get; set; }

    /// <summary>It waits for the reader or the journal, so the responder's silence is not its fault.</summary>
    public bool IsHeldUp { get; set; }

    public int Received { get; private set; }

    public string Given => _given.ToString();

    public IReadOnlyList<object> Attachments => [.. _attachments];

    /// <summary>All this was given out before, elsewhere.</summary>
    public void GoOnFrom(UnfinishedAnswer unfinished)
    {
        _given.Append(unfinished.Text);
        _lastReady = unfinished.Phrases.Count > 0 ? unfinished.Phrases[^1] : "";
        _phrases = unfinished.Phrases.Count;
        _attachments.AddRange(unfinished.Attachments);
        _stored = _attachments.Count;
    }

    /// <summary>What was attached since this was last asked.</summary>
    public IReadOnlyList<object> TakeNewAttachments()
    {
        var fresh = _attachments[_stored..];
        _stored = _attachments.Count;
        return fresh;
    }

    public void Add(string text)
    {
        Received += text.Length;
        foreach (var phrase in _splitter.Add(text))
            Enqueue(phrase);
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
            Enqueue(rest);
    }

    /// <summary>Ends with an excuse in the place of what was still to come.</summary>
    public void Fail(FailureReason reason, Exception? cause, string excuse)
    {
        IsComplete = true;
        Failure = (reason, cause);
        var needsSpace = _lastReady.Length > 0 && !char.IsWhiteSpace(_lastReady[^1]);
        Enqueue((needsSpace ? " " : "") + excuse);
    }

    public bool TryPeekPhrase([NotNullWhen(true)] out string? phrase) => _ready.TryPeek(out phrase);

    public bool TryTakePhrase([NotNullWhen(true)] out string? phrase) => _ready.TryDequeue(out phrase);

    /// <summary>Counts a phrase as given out and returns its index.</summary>
    public int Give(string phrase)
    {
        _given.Append(phrase);
        return _phrases++;
    }

    private void Enqueue(string phrase) => _ready.Enqueue(_lastReady = phrase);
}
