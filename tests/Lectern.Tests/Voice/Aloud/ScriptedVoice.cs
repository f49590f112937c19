using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lectern.Voice.Speech;

namespace Lectern.Tests.Voice.Aloud;

/// <summary>
/// A voice whose sound can be read: the size of every sample of a word, modulo <see cref="WordsAtMost"/>, is the word's number, counted over
/// all it ever says. A word lasts 60 ms and 20 ms for each letter.
/// </summary>
public sealed class ScriptedVoice(TimeProvider time) : ISpeechSynthesizer
{
    public const int WordsAtMost = 1024;

    private short _words;

    /// <summary>8 samples are one millisecond.</summary>
    public int SampleRate => 8_000;

    public List<SpeechRequest> Requests { get; } = [];

    /// <summary>Samples of each word by its number.</summary>
    public Dictionary<int, int> Lengths { get; } = [];

    public TimeSpan ToFirst { get; set; }

    public TimeSpan BetweenParts { get; set; }

    /// <summary>It tells when which word is heard; else sound is all it gives.</summary>
    public bool HasMarks { get; set; } = true;

    /// <summary>It rises and falls as speech does; else it is nearly silent.</summary>
    public bool IsLively { get; set; }

    /// <summary>What it gives instead for the request of a number: parts, time to wait, exceptions to throw.</summary>
    public Dictionary<int, object[]> Instead { get; } = [];

    /// <summary>Throws when it has given so many parts of the request of this number, counted from 0.</summary>
    public (int Request, int Parts)? Fails { get; set; }

    /// <summary>Gives nothing more, without an end.</summary>
    public bool Hangs { get; set; }

    public int Running { get; private set; }

    public static int Milliseconds(string word) => 60 + 20 * word.Length;

    public static int Length(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Sum(Milliseconds);

    public async IAsyncEnumerable<SpeechPart> SpeakAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        var number = Requests.Count;
        Requests.Add(request);
        Running++;
        try
        {
            if (Hangs)
                await Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
            await Task.Delay(ToFirst, time, ct);
            foreach (var step in Instead.GetValueOrDefault(number, []))
            {
                if (step is TimeSpan wait)
                    await Task.Delay(wait, time, ct);
                else
                    yield return step as SpeechPart ?? throw (Exception)step;
            }
            if (Instead.ContainsKey(number))
                yield break;
            var (marks, samples) = Say(request.Text);
            if (HasMarks)
                yield return new SpeechMarks(marks, [.. marks.Select((mark, i) => new VisemeMark(mark.Milliseconds, i % 15))], samples.Length / 8);
            var parts = 0;
            foreach (var part in samples.Chunk(1_000))
            {
                if (Fails is { } fails && fails.Request == number && fails.Parts == parts++)
                    throw new InvalidOperationException("The voice broke.");
                yield return new SpeechSamples(MemoryMarshal.AsBytes(part.AsSpan()).ToArray());
                await Task.Delay(BetweenParts, time, ct);
            }
        }
        finally
        {
            Running--;
        }
    }

    private (List<WordMark> Marks, short[] Samples) Say(string text)
    {
        var marks = new List<WordMark>();
        var samples = new List<short>();
        var at = 0;
        foreach (var word in text.Split(' '))
        {
            if (word.Length > 0)
            {
                marks.Add(new WordMark(samples.Count / 8, at, word.Length));
                var length = Lengths[++_words] = Milliseconds(word) * 8;
                var peak = IsLively ? new Random(_words).Next(4, 30) : 0;
                for (var i = 0; i < length; i++)
                    samples.Add(Sample(i, length, peak));
            }
            at += word.Length + 1;
        }
        return (marks, [.. samples]);
    }

    // A tone that swells and fades with each word, and ends in a short gap.
    private short Sample(int at, int length, int peak)
    {
        var swell = peak > 0 && at < length - 320 ? (int)(peak * Math.Sin(Math.PI * at / (length - 320))) : 0;
        return (short)((at % 2 == 0 ? 1 : -1) * (swell * WordsAtMost + _words));
    }
}
