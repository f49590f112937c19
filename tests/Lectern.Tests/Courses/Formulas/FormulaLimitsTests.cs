using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Lectern.Courses.Formulas;

namespace Lectern.Tests.Courses.Formulas;

public sealed class FormulaLimitsTests
{
    private static readonly string[] Pieces =
    [
        "x", "7", ".", ",", "\\frac", "\\sqrt", "\\sqrt[", "{", "}", "{}", "^", "_", "'", "\\left", "\\right", "\\left(", "\\right)", "(", ")", "[", "]", "|", "\\{", "\\begin{cases}", "\\end{cases}",
        "\\begin{aligned}", "\\end{aligned}", "\\begin{", "\\begin", "\\end", "&", "\\\\", "\\", "\\text{", "\\text{a}", "\\mathrm{CO_2}", "\\mathrm{", "\\sum", "\\int", "\\lim", "\\to", "\\sin", "\\vec", "\\binom",
        "\\operatorname{", "\\xrightarrow", "\\xrightarrow[", "\\overset", "^\\circ", "\\$", "$", "\\,", "~", "%", "#", "<", ">", "\"", "&amp;", "é", "𝐯", "\uD800", "\u0001", "\\nonsense", " ", "\n", "cm", "\\limits", "f(", "\\mathbb", "-",
    ];

    [Theory]
    [InlineData("\\frac{1}{", "never closed", 8)]
    [InlineData("x}", "no opening brace", 1)]
    [InlineData("\\nonsense{x}", "\\nonsense is not known", 0)]
    [InlineData("\\left( x", "no \\right", 0)]
    [InlineData("x \\right)", "no \\left", 2)]
    [InlineData("\\left x \\right)", "a bracket is expected", 6)]
    [InlineData("x^2^3", "two superscripts", 3)]
    [InlineData("x_2_3", "two subscripts", 3)]
    [InlineData("x^", "missing after ^", 2)]
    [InlineData("\\frac{1}", "missing after \\frac{…}", 8)]
    [InlineData("a & b", "outside a table", 2)]
    [InlineData("a \\\\ b", "line break", 2)]
    [InlineData("\\begin{tikz} \\end{tikz}", "tikz is not known", 0)]
    [InlineData("\\begin{cases} 1", "has no \\end{cases}", 0)]
    [InlineData("\\begin{cases} 1 \\end{matrix}", "closed by another", 16)]
    [InlineData("\\text{a $b$}", "only words", 8)]
    [InlineData("5 $", "\\$", 2)]
    [InlineData("", "empty", 0)]
    [InlineData("x\\", "backslash", 1)]
    public void What_is_not_understood_is_told_with_its_place_and_shows_its_source(string tex, string message, int position)
    {
        var formula = FormulaReader.Read(tex, display: false);

        Assert.Contains(message, formula.Problem?.Message, StringComparison.Ordinal);
        Assert.Equal(position, formula.Problem?.Position);
        var code = XElement.Parse(formula.MathMl);
        Assert.Equal("code", code.Name.LocalName);
        Assert.Equal(tex, code.Value);
    }

    [Fact]
    public void Any_mixture_of_pieces_gives_well_formed_markup_and_never_throws()
    {
        var mixtures = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));
        Prop.ForAll(mixtures.ToArbitrary(), IsSound).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(40));
    }

    [Fact]
    public void Any_text_gives_well_formed_markup_and_never_throws() =>
        Prop.ForAll<string?>(text => IsSound(text ?? "")).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData("{"), InlineData("\\frac{"), InlineData("\\sqrt{"), InlineData("x^{"), InlineData("\\left("), InlineData("\\begin{cases}"), InlineData("\\sqrt["), InlineData("\\vec"), InlineData("\\frac"), InlineData("\\mathrm{")]
    public void Nesting_without_end_is_refused_and_not_followed(string opening) =>
        Assert.NotNull(FormulaReader.Read(string.Concat(Enumerable.Repeat(opening, 3900 / opening.Length)), display: false).Problem);

    [Fact]
    public void The_deepest_nesting_allowed_is_read_in_every_form()
    {
        var tex = string.Concat(Enumerable.Repeat("\\frac{1}{1+", 18)) + "x" + new string('}', 18);
        var formula = FormulaReader.Read(tex, display: true);

        Assert.Null(formula.Problem);
        Assert.NotEmpty(formula.SpokenIn("de"));
        Assert.Equal(18, XDocument.Parse(formula.MathMl).Descendants().Count(e => e.Name.LocalName == "mfrac"));
    }

    [Fact]
    public void A_formula_that_is_too_long_is_cut_in_what_is_shown()
    {
        var formula = FormulaReader.Read(new string('x', 1_000_000), display: false);

        Assert.Contains("longer than 4000", formula.Problem?.Message, StringComparison.Ordinal);
        Assert.True(formula.MathMl.Length < 5000);
        Assert.True(formula.Spoken.Length < 5000);
    }

    private static bool IsSound(string tex)
    {
        var formula = FormulaReader.Read(tex, display: tex.Length % 2 == 0);
        var root = XDocument.Parse(formula.MathMl).Root!; // Parse gives a root or throws.
        var isKnown = root.Name.LocalName is "math" or "code" && root.Name.LocalName == "code" == formula.Problem is not null;
        // What was spoken in English has to be speakable in every language.
        return isKnown && formula.SpokenIn("de") is not null && !root.DescendantsAndSelf().Attributes("style").Any() && HasRightChildren(root);
    }

    private static bool HasRightChildren(XElement root) => root.DescendantsAndSelf().All(e => e.Name.LocalName switch
    {
        "mfrac" or "msup" or "msub" or "mroot" or "mover" or "munder" => e.Elements().Count() == 2,
        "msubsup" or "munderover" => e.Elements().Count() == 3,
        "mi" or "mn" or "mo" or "mtext" => !e.HasElements,
        _ => true,
    });
}
