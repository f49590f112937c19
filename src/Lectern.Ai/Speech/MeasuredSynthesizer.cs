using System.Runtime.CompilerServices;
using Lectern.Ai.Contracts;
using Lectern.Voice.Speech;

namespace Lectern.Ai.Speech;

/// <summary>Counts how much a voice speaks, how soon, and how often it fails.</summary>
internal sealed class MeasuredSynthesizer(ISpeechSynthesizer voice, AiMetrics metrics, TimeProvider time) : ISpeechSynthesizer
{
    public int SampleRate => voice.SampleRate;

    public async IAsyncEnumerable<SpeechPart> SpeakAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var bytes = 0L;
        await using var parts = voice.SpeakAsync(request, ct).GetAsyncEnumerator(ct);
        try
        {
            while (await NextAsync(parts))
            {
                if (parts.Current is SpeechSamples samples)
                {
                    if (bytes == 0)
                        metrics.FirstSound(time.GetElapsedTime(began));
                    bytes += samples.Pcm.Length;
                }
                yield return parts.Current;
            }
        }
        finally
        {
            metrics.Spoke(TimeSpan.FromSeconds(bytes / (double)sizeof(short) / SampleRate));
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<SpeechPart> parts)
    {
        try
        {
            return await parts.MoveNextAsync();
        }
        catch (ModelUnavailableException failure)
        {
            metrics.SpeechFailed(failure.Kind);
            throw;
        }
    }
}
