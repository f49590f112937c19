using Lectern.Costs.Contracts;
using Lectern.Voice.Hearing;
using Lectern.Voice.Speech;

namespace Lectern.Ai.Contracts;

/// <summary>
/// The voice and the ears this installation has. Their calls end within the configured times, end soon when cancelled, may run at the same time,
/// and throw nothing but <see cref="ModelUnavailableException"/> and <see cref="OperationCanceledException"/>.
/// </summary>
public interface ISpeechEngines
{
    /// <summary>
    /// Who speaks, or null when nobody does: then the browser may. Ask for it when a conversation begins: a voice whose program does not start is taken
    /// back, and offered again later.
    /// </summary>
    ISpeechSynthesizer? Voice { get; }

    /// <summary>The voice is espeak-ng's, and so are the names of voices that it knows; an endpoint has names of its own.</summary>
    bool IsEspeak { get; }

    /// <summary>Who listens, or null when nobody does.</summary>
    ITranscriber? Ears { get; }

    /// <summary>The voice is one that costs.</summary>
    bool PaysVoice => false;

    /// <summary>The ears are ones that cost.</summary>
    bool PaysEars => false;

    /// <summary>The same engines, metered, as <see cref="ILanguageModels.PaidBy"/>; those that a budget has switched off are missing.</summary>
    ISpeechEngines PaidBy(Payer payer) => this;
}
