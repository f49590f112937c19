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

/// <summary>The conversation as the other side is told it, as JSON in a file: what <see cref="FakeModel"/> and <see cref="FakeSpeech"/> do here.</summary>
internal sealed record Script(string Question, string Answer, int SampleRate, int MsPerCharacter, Delays Delays, int Seconds, IReadOnlyList<Part> WarmUp, IReadOnlyList<Part> Parts, int Processes)
{
    public const int WarmUpSessions = 10;
    public const int WarmUpSeconds = 8;

    public static Script Of(int sessions, int seconds, int processes, Delays delays) =>
        new(FakeSpeech.Question, FakeModel.Answer, FakeSpeech.SoundRate, FakeSpeech.MsPerCharacter, delays, seconds, Students(WarmUpSessions, WarmUpSeconds), Students(sessions, seconds), processes);

    /// <summary>Over how many milliseconds the students come.</summary>
    public static int Ramp(int sessions) => Math.Max(1_000, sessions * 20);

    private static IReadOnlyList<Part> Students(int count, int seconds) => [.. Enumerable.Range(0, count).Select(number => Part.Of(number, Ramp(count), seconds + Ramp(count) / 1_000))];
}
