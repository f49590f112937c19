using Lectern.Voice;
using Lectern.Voice.Hearing;
using Lectern.Voice.Speech;

namespace Lectern.Tutoring.Live.Audio;

/// <summary>What a client wants to hear and say; docs/live-protocol.md, section 10.</summary>
/// <param name="Out"><c>pcm16</c>, <c>mulaw</c>, <c>own</c>, another word that is not known, or null for none.</param>
/// <param name="In">The same words.</param>
/// <param name="InRate">Samples a second.</param>
internal sealed record AudioWish(string? Out, string? In, int InRate, bool EchoCancellation)
{
    public static readonly AudioWish Nothing = new(Out: null, In: null, Recording.SampleRate, EchoCancellation: true);
}

/// <summary>What holds for one connection.</summary>
/// <param name="Refused">What was wanted and cannot be, in English for whoever writes the client; null when all can.</param>
internal sealed record AudioTerms(string? Out, string? In, bool EchoCancellation, int OutRate, string? Refused)
{
    public const string Pcm16 = "pcm16";
    public const string MuLaw = "mulaw";
    public const string Own = "own";

    public static readonly AudioTerms Nothing = new(Out: null, In: null, EchoCancellation: true, OutRate: 0, Refused: null);

    public bool TakesSound => Out is Pcm16 or MuLaw;

    public bool GivesSound => In is Pcm16 or MuLaw;

    public Device Device => new(Out switch { null => Speaker.None, Own => Speaker.Own, _ => Speaker.Samples }, GivesSound, EchoCancellation);

    /// <param name="mayRecognise">The school allows the client's own recognition of speech.</param>
    public static AudioTerms Agree(AudioWish wish, Senses senses, bool mayRecognise)
    {
        var whyNotOut = wish.Out switch
        {
            null or Own => null,
            Pcm16 or MuLaw => senses.Voice is null ? "\"out\": this school has no voice of its own." : null,
            _ => "\"out\" is none of pcm16, mulaw and own.",
        };
        var whyNotIn = wish.In switch
        {
            null => null,
            Own => mayRecognise ? null : "\"in\": this school does not allow the client's own recognition.",
            Pcm16 or MuLaw => senses.Ears is null ? "\"in\": this school turns no speech into text."
                : wish.InRate != Recording.SampleRate ? $"\"inRate\" is {wish.InRate}; only {Recording.SampleRate} is taken." : null,
            _ => "\"in\" is none of pcm16, mulaw and own.",
        };
        var isSound = whyNotOut is null && wish.Out is Pcm16 or MuLaw;
        return new AudioTerms(whyNotOut is null ? wish.Out : null, whyNotIn is null ? wish.In : null, wish.EchoCancellation, isSound ? senses.Voice!.SampleRate : 0, Join(whyNotOut, whyNotIn)); // refused above without a voice
    }

    private static string? Join(string? first, string? second) => first is null ? second : second is null ? first : $"{first} {second}";
}
