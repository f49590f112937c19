using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lectern.Bench.Chaos;

/// <summary>
/// The loudspeaker and the ears of a student: plays an answer in real time, over any number of connections, and notices a word that is heard twice or
/// not at all, and a phrase that comes twice or differs from what was given before.
/// </summary>
/// <param name="tell">Told of each problem.</param>
internal sealed partial class Listener(Action<string> tell)
{
    private const double SamplesPerMillisecond = 24;

    // Sound that the server takes for heard may be this far from its end: reports come twice a second, and the clocks are two.
    private const double ClockDifference = 800;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, Spoken> _spoken = [];
    private long _utterance;
    private long _expected;
    private double _sentMs;
    private double _startMs;
    private long _startedAt;
    private int _phrases;

    /// <summary>The phrases so far, joined.</summary>
    public string Given { get; private set; } = "";

    /// <summary>The place of the first character that was not heard.</summary>
    public int Heard { get; private set; }

    /// <summary>Something is being heard that goes on for a while yet.</summary>
    public bool IsInTheMiddle
    {
        get
        {
            lock (_gate)
                return _utterance > 0 && Position > 300 && Given.Length - Heard > 20;
        }
    }

    private double Position => Math.Min(_sentMs, _startMs + Stopwatch.GetElapsedTime(_startedAt).TotalMilliseconds);

    public void BeginAnswer()
    {
        // In this order: what still sounds is a part of the answer before.
        HangUp();
        lock (_gate)
            (Given, Heard, _phrases) = ("", 0, 0);
    }

    /// <summary>The line is lost: what was sent and not yet heard is thrown away.</summary>
    public void HangUp()
    {
        lock (_gate)
        {
            Listen();
            (_utterance, _expected, _sentMs, _startMs) = (0, 0, 0, 0);
            _spoken.Clear();
        }
    }

    /// <summary>The answer as another node knows it, which may be more than had come here.</summary>
    public void TakeUp(JsonElement answer)
    {
        lock (_gate)
        {
            var text = answer.GetProperty("text").GetString()!; // as the protocol has it
            if (!text.StartsWith(Given, StringComparison.Ordinal))
                tell("phrases lost");
            (Given, _phrases) = (text, answer.GetProperty("phrases").GetInt32());
        }
    }

    public void Take(JsonElement phrase)
    {
        lock (_gate)
        {
            if (phrase.GetProperty("index").GetInt32() != _phrases)
                tell("a phrase twice, or not at all");
            Given += phrase.GetProperty("text").GetString();
            _phrases++;
        }
    }

    /// <summary>When which word sounds.</summary>
    public void Time(JsonElement speech)
    {
        lock (_gate)
        {
            var (place, text) = (speech.GetProperty("place").GetInt32(), speech.GetProperty("text").GetString()!); // as the protocol has it
            if (place + text.Length > Given.Length || !Given.AsSpan(place).StartsWith(text, StringComparison.Ordinal))
                tell("speech at a place where it is not");
            var index = speech.GetProperty("index").GetInt32();
            var next = _spoken.TryGetValue(index, out var before) ? before.Next : 0;
            var words = speech.GetProperty("words").EnumerateArray().Select(word => new Word(word[0].GetInt32(), place + word[1].GetInt32(), word[2].GetInt32())).ToList();
            _spoken[index] = new Spoken(words, speech.GetProperty("ms").ValueKind == JsonValueKind.Number ? speech.GetProperty("fromMs").GetInt32() + speech.GetProperty("ms").GetInt32() : int.MaxValue) { Next = next };
        }
    }

    public void Play(ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            var (utterance, at) = (BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]), BinaryPrimitives.ReadUInt32LittleEndian(frame[8..]));
            Listen();
            if (utterance != _utterance)
                (_utterance, _expected, _sentMs, _startedAt, _startMs) = (utterance, 0, 0, Stopwatch.GetTimestamp(), 0);
            if (at != _expected)
                tell("sound with a gap, or twice");
            if (Position >= _sentMs)
                (_startedAt, _startMs) = (Stopwatch.GetTimestamp(), at / SamplesPerMillisecond);
            _expected = at + (frame.Length - 12) / 2;
            _sentMs = _expected / SamplesPerMillisecond;
        }
    }

    /// <summary>What a player reports; null while there is nothing.</summary>
    public object? Report()
    {
        lock (_gate)
            return _utterance == 0 ? null : new { type = "played", utterance = _utterance, ms = Position };
    }

    /// <summary>The answer is over: all of it has been heard, or is about to be.</summary>
    public void EndAnswer()
    {
        lock (_gate)
        {
            if (_sentMs - Position > ClockDifference)
                tell("an answer ended before it was heard");
            (_startMs, _startedAt) = (_sentMs, Stopwatch.GetTimestamp());
            Listen();
            if (HasWords(Given[Heard..]))
                tell("words not heard");
        }
        HangUp();
    }

    // A word was heard when it was played to its end, which is where the next one begins.
    private void Listen()
    {
        foreach (var phrase in _spoken.Values)
        {
            for (; phrase.Next < phrase.Words.Count; phrase.Next++)
            {
                var end = phrase.Next + 1 < phrase.Words.Count ? phrase.Words[phrase.Next + 1].Ms : phrase.EndMs;
                if (end > Position)
                    return;
                Count(phrase.Words[phrase.Next]);
            }
            if (phrase.EndMs > Position)
                return;
        }
    }

    private void Count(Word word)
    {
        if (word.Place < Heard)
            tell("a word heard twice");
        else if (HasWords(Given[Heard..word.Place]))
            tell("a word not heard");
        Heard = Math.Max(Heard, word.Place + word.Length);
    }

    // Marks of sources are not spoken.
    private static bool HasWords(string text) => Mark().Replace(text, "").Any(char.IsLetterOrDigit);

    [GeneratedRegex(@"\[\d+\]", RegexOptions.None, 1000)]
    private static partial Regex Mark();

    /// <param name="Ms">When it begins.</param>
    /// <param name="Place">In the answer's text.</param>
    private sealed record Word(int Ms, int Place, int Length);

    private sealed class Spoken(List<Word> words, int endMs)
    {
        public List<Word> Words => words;

        public int EndMs => endMs;

        /// <summary>The first word that was not heard.</summary>
        public int Next { get; set; }
    }
}
