namespace Lectern.Courses.Formulas;

/// <summary>A formula's tree. One tree feeds the drawing (MathML), the speech and the plain text.</summary>
internal abstract record TexNode;

internal record Row(IReadOnlyList<TexNode> Items) : TexNode
{
    public static readonly Row Empty = new([]);
}

internal enum LetterStyle { Italic, Upright, Bold, DoubleStruck }

/// <summary>A variable, a Greek letter, a chemical element or an upright word.</summary>
internal sealed record Letter(string Text, LetterStyle Style) : TexNode;

/// <summary>Digits with an optional decimal point; groups of thousands are separated by a thin space.</summary>
internal sealed record Number(string Digits) : TexNode;

internal enum SymbolKind { Ordinary, Binary, Relation, Arrow, Open, Close, Bar, Punctuation, Sum, Integral }

/// <summary>A sign, named by its Unicode text so that a command and the typed character are the same thing.</summary>
internal sealed record Symbol(string Text, SymbolKind Kind) : TexNode;

/// <param name="Name">As written: sin, log, lim.</param>
/// <param name="TakesLimits">Its subscript stands below it in display: lim, max, gcd.</param>
internal sealed record FunctionName(string Name, bool TakesLimits) : TexNode;

internal sealed record Fraction(TexNode Numerator, TexNode Denominator, bool? DisplayStyle) : TexNode;

internal sealed record Binomial(TexNode Upper, TexNode Lower) : TexNode;

internal sealed record Root(TexNode Radicand, TexNode? Degree) : TexNode;

/// <summary>A base with what hangs on it. <see cref="Primes"/> counts the strokes in front of the superscript.</summary>
internal sealed record Script(TexNode Base, TexNode? Sub, TexNode? Sup, int Primes) : TexNode;

/// <summary>Delimiters that grow with what they hold; an empty string is an absent one (<c>\left.</c>).</summary>
internal sealed record Fenced(string Open, TexNode Body, string Close) : TexNode;

/// <summary>Words inside a formula.</summary>
internal sealed record Words(string Text) : TexNode;

/// <summary>What stood inside \mathrm: units, chemistry, names.</summary>
internal sealed record UprightGroup(TexNode Body) : TexNode;

internal enum AccentKind { Overline, Underline, Hat, Vector, Bar, Dot, DoubleDot, Tilde }

internal sealed record Accent(AccentKind Kind, TexNode Body) : TexNode;

/// <summary>Something written above or below an arrow or a sign.</summary>
internal sealed record Stacked(TexNode Base, TexNode? Over, TexNode? Under) : TexNode;

/// <summary>Widths in em.</summary>
internal sealed record Space(string Width) : TexNode;

internal enum TableKind { Aligned, Cases, Matrix }

/// <summary>Rows of cells; a fence that is an empty string is absent.</summary>
internal sealed record Table(TableKind Kind, string Open, string Close, IReadOnlyList<IReadOnlyList<TexNode>> Rows) : TexNode;
