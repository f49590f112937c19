using System.Runtime.CompilerServices;
using Lectern.Voice.Speech;

namespace Lectern.Ai.Speech.Espeak;

/// <summary>Speaks with espeak-ng on this machine, by way of the helper, and tells when each word and each shape of the mouth is heard.</summary>
internal sealed class EspeakSynthesizer(EspeakWorkers workers) : ISpeechSynthesizer
{
    /// <summary>espeak-ng's own, for all voices that it makes itself.</summary>
    public const int Rate = 22_050;

    private const int WordsPerMinute = 165;

    public int SampleRate => Rate;

    public async IAsyncEnumerable<SpeechPart> SpeakAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        SpeechText.Check(request);
        var speech = await workers.SpeakAsync(Phrase(request), ct);
        yield return speech.Marks;
        foreach (var pcm in speech.Pcm)
        {
            ct.ThrowIfCancellationRequested();
            yield return new SpeechSamples(pcm);
        }
    }

    private static EspeakPhrase Phrase(SpeechRequest request) => new(
        request.Text, request.Language, request.Voice.Name,
        (int)Math.Round((request.Voice.WordsPerMinute ?? WordsPerMinute) * SpeechText.Pace(request)), Math.Clamp(request.Voice.Pitch, 0, 100));
}
