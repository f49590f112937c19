using System.Runtime.InteropServices;

namespace Lectern.Voice.Speech;

/// <summary>Whoever turns text into sound.</summary>
public interface ISpeechSynthesizer
{
    /// <summary>Samples a second of all that <see cref="SpeakAsync"/> gives: 22,050 or 24,000, for example.</summary>
    int SampleRate { get; }

    /// <summary>
    /// Speaks one phrase. Gives <see cref="SpeechMarks"/> before the samples they describe, if it knows any; else samples as they come.
    /// When <paramref name="ct"/> is cancelled it should end soon. What it throws makes the phrase one that is only shown.
    /// </summary>
    IAsyncEnumerable<SpeechPart> SpeakAsync(SpeechRequest request, CancellationToken ct);
}

/// <summary>One phrase to speak.</summary>
/// <param name="Text">Words and punctuation only: no Markdown, no formulas, no marks of sources.</param>
/// <param name="Language">A BCP 47 tag, such as <c>en</c> or <c>de-AT</c>.</param>
/// <param name="Pace">0.75 to 1.5, 1 = the voice's own.</param>
public sealed record SpeechRequest(string Text, string Language, double Pace, VoiceProfile Voice);

/// <summary>Whose voice.</summary>
/// <param name="Name">The engine's name for it; empty for its own choice in the language.</param>
/// <param name="Pitch">0 to 100, 50 = the voice's own. Not every engine can.</param>
/// <param name="WordsPerMinute">At pace 1; null for the engine's own. Not every engine can.</param>
public sealed record VoiceProfile(string Name = "", int Pitch = 50, int? WordsPerMinute = null);

/// <summary>A piece of speech. A closed set.</summary>
public abstract record SpeechPart
{
    private protected SpeechPart()
    {
    }
}

/// <summary>Sound.</summary>
/// <param name="Pcm">Signed 16-bit little-endian samples, mono, a whole number of them.</param>
public sealed record SpeechSamples(ReadOnlyMemory<byte> Pcm) : SpeechPart;

/// <summary>When what is heard, for the whole phrase; comes at most once and before any samples.</summary>
/// <param name="Words">In order of time.</param>
/// <param name="Visemes">In order of time; each holds until the next.</param>
/// <param name="Milliseconds">How long the phrase lasts.</param>
public sealed record SpeechMarks(IReadOnlyList<WordMark> Words, IReadOnlyList<VisemeMark> Visemes, int Milliseconds) : SpeechPart;

/// <summary>A word of the request's text begins.</summary>
/// <param name="Milliseconds">After the phrase's beginning.</param>
/// <param name="Start">Its place in the text, in UTF-16 code units.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WordMark(int Milliseconds, int Start, int Length);

/// <summary>The mouth takes a shape.</summary>
/// <param name="Milliseconds">After the phrase's beginning.</param>
/// <param name="Viseme">0 to 14 in the order of XR_META_face_tracking_visemes: sil PP FF TH DD kk CH SS nn RR aa E I O U.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct VisemeMark(int Milliseconds, int Viseme);
