using System.Runtime.CompilerServices;
using Lectern.Ai.Contracts;
using Lectern.Voice.Hearing;
using Lectern.Voice.Speech;
using Microsoft.Extensions.AI;

namespace Lectern.Bench.Live;

/// <summary>How long the fakes take; all zero measures Lectern alone.</summary>
internal sealed record Delays(int FirstTokenMs, int TokenMs, int VoiceMs, int EarsMs)
{
    public static readonly Delays None = new(0, 0, 0, 0);

    /// <summary>About what good services take (first token, between tokens, first sound, transcription).</summary>
    public static readonly Delays Realistic = new(350, 15, 80, 250);
}

/// <summary>Makes the fakes fail now and then.</summary>
/// <param name="percent">Of a hundred calls so many fail, evenly spread; 0: none.</param>
internal sealed class Faults(int percent)
{
    private int _calls;

    /// <returns>The number of this failure, from 0; null when the call shall work.</returns>
    public int? Next()
    {
        if (percent == 0)
            return null;
        var call = (long)Interlocked.Increment(ref _calls);
        return call * percent / 100 > (call - 1) * percent / 100 ? (int)((call - 1) * percent / 100) : null;
    }
}

/// <summary>A model that always says the same: about five seconds of speech.</summary>
/// <param name="faults">Every other one comes before the first word, the others in mid-answer.</param>
internal sealed class FakeModel(Delays delays, Faults faults) : ILanguageModels, IChatClient
{
    public const string Answer = "Because of the membrane, small molecules pass through on their own [1]. Larger ones are let through by proteins, which open and close.";
    private static readonly string[] Tokens = [.. Answer.Split(' ').Select((word, i) => i == 0 ? word : " " + word)];

    public IChatClient Teacher => this;

    public string TeacherName => "fake";

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (delays.FirstTokenMs > 0)
            await Task.Delay(delays.FirstTokenMs, cancellationToken);
        var last = faults.Next() switch { null => int.MaxValue, var fault when int.IsEvenInteger(fault.Value) => 0, _ => Tokens.Length / 2 };
        foreach (var (at, token) in Tokens.Index())
        {
            if (at == last)
                throw new HttpRequestException("The fake model fails, as it was told to.");
            if (delays.TokenMs > 0)
                await Task.Delay(delays.TokenMs, cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, token);
        }
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}

/// <summary>A voice of 40 ms a character that knows its words, and ears that always understand the same.</summary>
internal sealed class FakeSpeech(Delays delays, Faults faults) : ISpeechEngines, ISpeechSynthesizer, ITranscriber
{
    public const string Question = "What gets through the membrane?";
    public const int MsPerCharacter = 40;
    public const int SoundRate = 24_000;
    private static readonly byte[] Sound = new byte[24_000 * 2 / 5];

    public ISpeechSynthesizer Voice => this;

    public bool IsEspeak => false;

    public ITranscriber Ears => this;

    public int SampleRate => SoundRate;

    public async IAsyncEnumerable<SpeechPart> SpeakAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        if (delays.VoiceMs > 0)
            await Task.Delay(delays.VoiceMs, ct);
        if (faults.Next() is not null)
            throw new HttpRequestException("The fake voice fails, as it was told to.");
        var text = request.Text;
        var words = new List<WordMark>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != ' ' && (at == 0 || text[at - 1] == ' '))
                words.Add(new WordMark(at * MsPerCharacter, at, text.AsSpan(at).IndexOf(' ') is var end and > 0 ? end : text.Length - at));
        }
        yield return new SpeechMarks(words, [.. words.Select((word, i) => new VisemeMark(word.Milliseconds, 1 + i % 14))], text.Length * MsPerCharacter);
        for (var bytes = text.Length * MsPerCharacter * 48; bytes > 0; bytes -= Sound.Length)
            yield return new SpeechSamples(Sound.AsMemory(0, Math.Min(bytes, Sound.Length)));
    }

    public async Task<string> TranscribeAsync(Recording recording, CancellationToken ct)
    {
        if (delays.EarsMs > 0)
            await Task.Delay(delays.EarsMs, ct);
        return Question;
    }
}
