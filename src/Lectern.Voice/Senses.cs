using Lectern.Voice.Hearing;
using Lectern.Voice.Speech;

namespace Lectern.Voice;

/// <summary>What a conversation speaks and hears with. Each may be missing; text always works.</summary>
/// <param name="Voice">Speaks to devices that play samples.</param>
/// <param name="Ears">Writes down what a microphone heard.</param>
/// <param name="Formula">Says a formula, TeX without dollar signs, in words.</param>
public sealed record Senses(ISpeechSynthesizer? Voice = null, ITranscriber? Ears = null, Func<string, string>? Formula = null);
