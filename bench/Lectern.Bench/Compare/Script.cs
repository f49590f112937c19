using Lectern.Bench.Live;

namespace Lectern.Bench.Compare;

/// <summary>When a student comes, and the pauses before the questions.</summary>
internal sealed record Part(int StartMs, IReadOnlyList<int> PausesMs)
{
    /// <summary>What the generator's student of this number does: the same numbers from the same seed, in the same order.</summary>
    public static Part Of(int number, int rampMs, int seconds)
    {
        var random = new Random(number);
        return new Part(random.Next(rampMs), [.. Enumerable.Range(0, seconds).Select(_ => random.Next(500, 2_500))]);
    }
}

/// <summary>How both sides are measured.</summary>
internal sealed record Terms(int Seconds, int WarmUpSeconds, Delays Delays);

/// <summary>Students who talk for so long.</summary>
internal sealed record Crowd(int Seconds, IReadOnlyList<Part> Parts);

/// <summary>The conversation as the other side is told it, as JSON in a file: what <see cref="FakeModel"/> and <see cref="FakeSpeech"/> do here.</summary>
internal sealed record Script(string Question, string Answer, int SampleRate, int MsPerCharacter, Delays Delays, int Seconds, Crowd WarmUp, IReadOnlyList<Part> Parts, int Processes, int ProcessSeconds)
{
    public const int WarmUpSessions = 50;

    // A process for each session is new for each session: the shorter the conversation, the more of it is the compiler's.
    private const int LongSeconds = 120;

    public static Script Of(int sessions, int processes, Terms terms) => new(
        FakeSpeech.Question, FakeModel.Answer, FakeSpeech.SoundRate, FakeSpeech.MsPerCharacter, terms.Delays, terms.Seconds,
        new Crowd(terms.WarmUpSeconds, Students(WarmUpSessions, terms.WarmUpSeconds)), Students(sessions, terms.Seconds), processes, LongSeconds);

    /// <summary>Over how many milliseconds the students come.</summary>
    public static int Ramp(int sessions) => Math.Max(1_000, sessions * 20);

    private static IReadOnlyList<Part> Students(int count, int seconds) => [.. Enumerable.Range(0, count).Select(number => Part.Of(number, Ramp(count), Math.Max(seconds, LongSeconds)))];
}
