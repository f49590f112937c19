using System.Text;
using Lectern.Courses.Formulas.Speech;

namespace Lectern.Courses.Formulas;

/// <summary>
/// Reads the part of TeX's mathematics that lessons need. Work is bounded by <see cref="MaximumLength"/> and
/// <see cref="MaximumDepth"/>, and no input throws: what cannot be read is shown as its source.
/// </summary>
public static class FormulaReader
{
    /// <summary>Longest source that is read, in characters.</summary>
    public const int MaximumLength = 4000;

    /// <summary>Deepest nesting of groups, fractions, roots and scripts.</summary>
    public const int MaximumDepth = 40;

    /// <param name="tex">The source without its dollar signs.</param>
    /// <param name="display">True for a formula on a line of its own.</param>
    public static Formula Read(string tex, bool display)
    {
        ArgumentNullException.ThrowIfNull(tex);
        var source = WithoutForbiddenCharacters(tex);
        if (source.Length > MaximumLength)
            return Unread(source, new FormulaProblem($"The formula is longer than {MaximumLength} characters.", MaximumLength));
        if (string.IsNullOrWhiteSpace(source))
            return Unread(source, new FormulaProblem("The formula is empty.", 0));

        var parser = new TexParser(source);
        var tree = parser.Parse();
        if (parser.Problem is { } problem) return Unread(source, problem);
        return new Formula(source, MathMlWriter.Write(tree, source, display), FormulaSpeaker.Speak(tree, SpeechRules.English), null)
        {
            Tree = tree,
            Plain = PlainFormulaWriter.Write(tree),
        };
    }

    private static Formula Unread(string source, FormulaProblem problem)
    {
        var shown = source.Length > MaximumLength ? source[..MaximumLength] + "…" : source;
        return new Formula(source, $"<code class=\"formula-source\">{Markup.Escape(shown)}</code>", shown.Trim(), problem) { Plain = shown.Trim() };
    }

    // XML has no way to write control characters or half a surrogate pair, not even escaped.
    private static string WithoutForbiddenCharacters(string text)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
        {
            var pair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            var allowed = pair || (System.Xml.XmlConvert.IsXmlChar(text[i]) && !char.IsSurrogate(text[i]));
            if (!allowed && clean is null) clean = new StringBuilder(text, 0, i, text.Length);
            if (clean is not null) clean.Append(allowed ? text[i] : '\uFFFD');
            if (!pair) continue;
            i++;
            clean?.Append(text[i]);
        }
        return clean?.ToString() ?? text;
    }
}
