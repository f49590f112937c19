using System.Runtime.CompilerServices;
using Lectern.Costs.Contracts;
using Lectern.Voice.Hearing;
using Lectern.Voice.Speech;

namespace Lectern.Ai.Metering;

/// <summary>A voice that somebody pays for, by the character or by time. Silent while a budget has switched it off, which a conversation shows as a voice that is away.</summary>
internal sealed class PaidSynthesizer(ISpeechSynthesizer voice, SpeechOptions options, Payer payer, PaidCalls calls) : ISpeechSynthesizer
{
    // Slow speech has about eight characters a second: what a phrase can last at most, for leave to be asked.
    private const decimal CharactersPerSecond = 8m;

    private readonly string _provider = PaidEndpoint.ProviderOf(options);
    private readonly string? _price = PaidEndpoint.PriceOf(options, options.Price);

    public int SampleRate => voice.SampleRate;

    public async IAsyncEnumerable<SpeechPart> SpeakAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        if (_price is not null && !calls.Spending.StateOf(payer.SchoolId, payer.CourseId).AllowsVoice)
            throw PaidCalls.OverBudget();
        var isByTime = calls.Spending.HasPrice(payer.SchoolId, UsageKind.SpokenSeconds, _price);
        var kind = isByTime ? UsageKind.SpokenSeconds : UsageKind.SpokenCharacters;
        var most = isByTime ? request.Text.Length / CharactersPerSecond + 1 : request.Text.Length;
        using var call = await calls.BeginAsync(payer, _provider, calls.Spending.Estimate(payer.SchoolId, kind, most, _price), ct);
        var bytes = 0L;
        try
        {
            await foreach (var part in voice.SpeakAsync(request, ct))
            {
                bytes += part is SpeechSamples samples ? samples.Pcm.Length : 0;
                yield return part;
            }
        }
        finally
        {
            // A phrase that is stopped is billed whole by the character, for what was made by time.
            if (bytes > 0)
                call.Settle((kind, isByTime ? Math.Ceiling(bytes / (decimal)sizeof(short) / SampleRate) : request.Text.Length, _price));
        }
    }
}

/// <summary>A transcription that somebody pays for, by time.</summary>
internal sealed class PaidTranscriber(ITranscriber ears, TranscriptionOptions options, Payer payer, PaidCalls calls) : ITranscriber
{
    private readonly string _provider = PaidEndpoint.ProviderOf(options);
    private readonly string? _price = PaidEndpoint.PriceOf(options, options.Price);

    public async Task<string> TranscribeAsync(Recording recording, CancellationToken ct)
    {
        if (_price is not null && !calls.Spending.StateOf(payer.SchoolId, payer.CourseId).AllowsEars)
            throw PaidCalls.OverBudget();
        var seconds = (decimal)recording.Duration.TotalSeconds;
        using var call = await calls.BeginAsync(payer, _provider, calls.Spending.Estimate(payer.SchoolId, UsageKind.HeardSeconds, seconds, _price), ct);
        var text = await ears.TranscribeAsync(recording, ct);
        call.Settle((UsageKind.HeardSeconds, seconds, _price));
        return text;
    }
}
