using Lectern.Ai.Contracts;
using Lectern.Voice.Speech;

namespace Lectern.Ai.Speech;

/// <summary>What every engine holds a phrase to.</summary>
internal static class SpeechText
{
    /// <summary>In UTF-16 code units; phrases are sentences, or parts of them.</summary>
    public const int MaxLength = 2_000;

    public static double Pace(SpeechRequest request) => double.IsNaN(request.Pace) ? 1 : Math.Clamp(request.Pace, 0.75, 1.5);

    /// <exception cref="ModelUnavailableException">The text is too long to be a phrase.</exception>
    public static void Check(SpeechRequest request)
    {
        if (request.Text.Length > MaxLength)
            throw new ModelUnavailableException(ModelFailure.Faulty, $"A phrase of {request.Text.Length} characters is too long to be spoken; {MaxLength} are allowed.") { IsOfThisQuestion = true };
    }
}
