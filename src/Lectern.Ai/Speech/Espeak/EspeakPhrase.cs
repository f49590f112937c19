using Lectern.Voice.Speech;

namespace Lectern.Ai.Speech.Espeak;

/// <summary>What the helper is asked to speak.</summary>
/// <param name="Wished">Voice or variant by the helper's name; empty for the language's own.</param>
/// <param name="Rate">Words a minute.</param>
/// <param name="Pitch">0 to 100.</param>
internal sealed record EspeakPhrase(string Text, string Language, string Wished, int Rate, int Pitch);

/// <summary>What it spoke. It takes milliseconds, so it is received whole, and the worker is free before anybody listens.</summary>
/// <param name="Pcm">Pieces of at most a fifth of a second.</param>
internal sealed record EspeakSpeech(SpeechMarks Marks, IReadOnlyList<ReadOnlyMemory<byte>> Pcm);
