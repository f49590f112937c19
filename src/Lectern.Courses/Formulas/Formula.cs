using Lectern.Courses.Formulas.Speech;

namespace Lectern.Courses.Formulas;

/// <summary>A formula that was read: what to draw, what to say, and what was wrong with it.</summary>
/// <param name="Tex">The source, as written by the author.</param>
/// <param name="MathMl">Presentation MathML (MathML Core), well-formed XML without style attributes; the source in <c>code</c> when it could not be read.</param>
/// <param name="Spoken">English words.</param>
/// <param name="Problem">Null when everything was understood.</param>
public sealed record Formula(string Tex, string MathMl, string Spoken, FormulaProblem? Problem)
{
    internal TexNode? Tree { get; init; }

    /// <summary>One line of plain text with Unicode signs, as for search or a model's prompt: <c>E = mc²</c>.</summary>
    public string Plain { get; init; } = Tex;

    /// <summary>The formula as words of a language ("en", "de-AT"); a language without rules is spoken in English.</summary>
    public string SpokenIn(string language)
    {
        var rules = SpeechRules.For(language);
        return Tree is null || ReferenceEquals(rules, SpeechRules.English) ? Spoken : FormulaSpeaker.Speak(Tree, rules);
    }
}

/// <summary>Why a formula was not understood, in words for its author.</summary>
/// <param name="Message">A sentence.</param>
/// <param name="Position">Characters from the start of the source.</param>
public sealed record FormulaProblem(string Message, int Position);
